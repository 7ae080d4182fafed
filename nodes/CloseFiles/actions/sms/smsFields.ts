import type { INodeProperties } from 'n8n-workflow';
import { leadField } from '../fields/lead';
import { recordIdField } from '../fields/recordId';
import { recordKinds } from '../fields/recordKinds';
import { dateScheduledField, sendInField, statusField } from '../fields/sending';
import { localPhoneField } from './localPhone';

/** The records that an SMS can refer to beside its lead, by the name of their field. */
export const references = {
	contactId: recordKinds.contact,
	templateId: { ...recordKinds.smsTemplate, label: 'Template' },
	userId: recordKinds.user,
};

export const smsFields: INodeProperties[] = [
	leadField,
	{
		...recordIdField('contactId', references.contactId),
		description: "The lead's contact that the SMS is with",
	},
	statusField('an SMS'),
	dateScheduledField,
	localPhoneField,
	{
		displayName: 'Remote Phone',
		name: 'remotePhone',
		type: 'string',
		default: '',
		placeholder: 'e.g. +14155550101',
		description:
			"The contact's phone number, with its country code. Needed to send and to schedule.",
	},
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		placeholder: 'e.g. Here is the plan of the site.',
		description: 'Leave it empty to let a template write it',
	},
];

export const additionalFieldsField: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: [
		{
			displayName: 'Activity At',
			name: 'activityAt',
			type: 'dateTime',
			default: '',
			description: 'When the SMS was sent or received, for logging past ones',
		},
		sendInField,
		{
			...recordIdField('templateId', references.templateId),
			description: "The SMS template that writes the text where 'Text' is empty",
		},
		{
			...recordIdField('userId', references.userId),
			description: 'The user of Close that the SMS belongs to',
		},
	],
};
