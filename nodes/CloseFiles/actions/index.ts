import type { INodeProperties } from 'n8n-workflow';
import { addAttachment as addEmailAttachment } from './email/addAttachment.operation';
import { createWithAttachment as createEmailWithAttachment } from './email/createWithAttachment.operation';
import { downloadAttachments as downloadEmailAttachments } from './email/downloadAttachments.operation';
import { sendDraft as sendEmailDraft } from './email/sendDraft.operation';
import { addAttachment as addEmailTemplateAttachment } from './emailTemplate/addAttachment.operation';
import { createWithAttachment as createEmailTemplateWithAttachment } from './emailTemplate/createWithAttachment.operation';
import { attachToLead } from './file/attachToLead.operation';
import { download } from './file/download.operation';
import { getMany } from './file/getMany.operation';
import { upload } from './file/upload.operation';
import { addAttachment as addNoteAttachment } from './note/addAttachment.operation';
import { createWithAttachment as createNoteWithAttachment } from './note/createWithAttachment.operation';
import { downloadAttachments as downloadNoteAttachments } from './note/downloadAttachments.operation';
import type { Operation } from './operation';
import { createWithAttachment as createSmsWithAttachment } from './sms/createWithAttachment.operation';
import { createWithAttachment as logWhatsAppMessageWithAttachment } from './whatsAppMessage/createWithAttachment.operation';
import { addAttachment as addOpportunityAttachment } from './opportunity/addAttachment.operation';
import { addAttachment as addSmsTemplateAttachment } from './smsTemplate/addAttachment.operation';
import { createWithAttachment as createSmsTemplateWithAttachment } from './smsTemplate/createWithAttachment.operation';

/**
 * Everything the node can do. A new operation is one line here, beside its own file and its output
 * schema (CONTRIBUTING.md).
 */
const resources: Record<string, { name: string; operations: Operation[] }> = {
	email: {
		name: 'Email',
		operations: [
			addEmailAttachment,
			createEmailWithAttachment,
			downloadEmailAttachments,
			sendEmailDraft,
		],
	},
	emailTemplate: {
		name: 'Email Template',
		operations: [addEmailTemplateAttachment, createEmailTemplateWithAttachment],
	},
	file: { name: 'File', operations: [attachToLead, download, getMany, upload] },
	note: {
		name: 'Note',
		operations: [addNoteAttachment, createNoteWithAttachment, downloadNoteAttachments],
	},
	opportunity: { name: 'Opportunity', operations: [addOpportunityAttachment] },
	sms: { name: 'SMS', operations: [createSmsWithAttachment] },
	smsTemplate: {
		name: 'SMS Template',
		operations: [addSmsTemplateAttachment, createSmsTemplateWithAttachment],
	},
	whatsAppMessage: { name: 'WhatsApp Message', operations: [logWhatsAppMessageWithAttachment] },
};

const resourceField: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	default: 'file',
	options: Object.entries(resources).map(([value, { name }]) => ({ name, value })),
};

const operationField: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	default: '',
	options: [],
};

const operationFields = Object.entries(resources).map(([resource, { operations }]) => ({
	...operationField,
	displayOptions: { show: { resource: [resource] } },
	default: operations[0].option.value,
	options: operations.map(({ option }) => option),
}));

/** All fields of the form, each shown for its own operation only. */
export const properties: INodeProperties[] = [
	resourceField,
	...operationFields,
	...Object.entries(resources).flatMap(([resource, { operations }]) =>
		operations.flatMap(({ option, fields }) =>
			fields.map((field) => shownFor(field, resource, option.value)),
		),
	),
];

function shownFor(field: INodeProperties, resource: string, operation: string): INodeProperties {
	const show = { ...field.displayOptions?.show, resource: [resource], operation: [operation] };
	return { ...field, displayOptions: { ...field.displayOptions, show } };
}

/** The operation that a workflow names; undefined for one that this version does not know. */
export function findOperation(resource: string, operation: string): Operation | undefined {
	if (!Object.hasOwn(resources, resource)) return undefined;
	return resources[resource].operations.find(({ option }) => option.value === operation);
}
