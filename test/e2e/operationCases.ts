import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { close } from '../conformance/client';
import type { FileRecord, Lead, Sandbox } from '../sandbox/server';
import { otherFile, recordHolding, targets, type Target } from '../support/additions';
import { locator } from '../support/builders';

/** What is in Close before the workflows run: another client made it, with one text file each. */
export interface Held {
	lead: Lead;
	/** By the resource's name. */
	records: Record<string, FileRecord>;
	leadFileName: string;
	/** The text that is the content of every file held. */
	content: string;
}

/** One operation of the node, as a workflow has it. */
export interface OperationCase {
	/** As in `email/addAttachment`. */
	name: string;
	/** Where its result is looked for: a record's newest attachment, the bytes it gave, or elsewhere. */
	result: 'attachment' | 'bytes' | 'upload' | 'leadFile' | 'list' | 'delivery';
	parameters(held: Held): INodeParameters;
}

const HELD = 'Held.txt';

/** Makes what the operations add to, send and download. */
export async function hold(sandbox: Sandbox): Promise<Held> {
	const [lead] = sandbox.account.leads;
	const records: Record<string, FileRecord> = {};
	for (const target of targets) records[target.resource] = await recordFor(sandbox, target);
	// A draft that is sent can no longer be added to.
	records.draft = await recordFor(sandbox, targets[0]);
	const { url, filename, content_type } = await otherFile(sandbox, targets[1], HELD);
	await close(sandbox, `POST /lead/${lead.id}/files/`, { url, filename, content_type });
	return { lead, records, leadFileName: HELD, content: HELD };
}

async function recordFor(sandbox: Sandbox, target: Target): Promise<FileRecord> {
	const draft = { to: ['gina@bluth.example'], subject: 'Offer', sender: 'nora@sandbox.example' };
	return await recordHolding(sandbox, target, [HELD], target.resource === 'email' ? draft : {});
}

const adding = (resource: string): OperationCase => ({
	name: `${resource}/addAttachment`,
	result: 'attachment',
	parameters: ({ records }) => ({ [`${resource}Id`]: locator(records[resource].id) }),
});

const creating = (resource: string, fields: (lead: Lead) => IDataObject): OperationCase => ({
	name: `${resource}/createWithAttachment`,
	result: 'attachment',
	parameters: ({ lead }) => fields(lead) as INodeParameters,
});

const downloading = (resource: string): OperationCase => ({
	name: `${resource}/downloadAttachments`,
	result: 'bytes',
	parameters: ({ records }) => ({
		[`${resource}Id`]: locator(records[resource].id),
		attachmentsPrefix: 'data',
	}),
});

const onLead = ({ id }: Lead) => ({ leadId: locator(id) });

export const operationCases: OperationCase[] = [
	// Downloads first: the records still hold one file only.
	downloading('email'),
	downloading('note'),
	{
		name: 'file/download',
		result: 'bytes',
		parameters: ({ records }) => ({ fileUrl: records.note.attachments[0].url }),
	},
	{ name: 'file/getMany', result: 'list', parameters: ({ lead }) => onLead(lead) },
	{ name: 'file/upload', result: 'upload', parameters: () => ({}) },
	{ name: 'file/attachToLead', result: 'leadFile', parameters: ({ lead }) => onLead(lead) },
	...targets.map(({ resource }) => adding(resource)),
	creating('email', (lead) => ({
		...onLead(lead),
		to: 'gina@bluth.example',
		subject: 'Your offer',
		body: '<p>Please find it attached.</p>',
	})),
	creating('note', onLead),
	creating('emailTemplate', () => ({ name: 'Offer' })),
	creating('smsTemplate', () => ({ name: 'Offer' })),
	creating('sms', (lead) => ({
		...onLead(lead),
		contactId: locator(lead.contacts[0].id),
		localPhone: locator('+14155550190', 'number'),
		remotePhone: '+14155550101',
		text: 'Here it is',
	})),
	creating('whatsAppMessage', (lead) => ({
		...onLead(lead),
		contactId: locator(lead.contacts[0].id),
		externalWhatsappMessageId: 'wamid.1',
		localPhone: '+14155550190',
		remotePhone: '+14155550101',
		message: 'Here is the *plan*.',
	})),
	{
		name: 'email/sendDraft',
		result: 'delivery',
		parameters: ({ records }) => ({ emailId: locator(records.draft.id) }),
	},
];
