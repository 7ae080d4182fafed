import type { INodeProperties } from 'n8n-workflow';
import { recordIdField, type RecordKind } from '../fields/recordId';

/** The records that an email can refer to beside its lead, by the name of their field. */
export const references = {
	contactId: { label: 'Contact', noun: 'a contact', prefix: 'cont_', hasAddress: true },
	emailAccountId: { label: 'Email Account', noun: 'an email account', prefix: 'emailacct_' },
	inReplyToId: { label: 'In Reply To', noun: 'an email', prefix: 'acti_', hasAddress: true },
	templateId: { label: 'Template', noun: 'an email template', prefix: 'tmpl_', hasAddress: true },
	userId: { label: 'User', noun: 'a user', prefix: 'user_' },
} satisfies Record<string, RecordKind>;

const addressesHint =
	'Separate several addresses with commas. Ann Lee &lt;ann@example.com&gt; works too.';

export const statusField: INodeProperties = {
	displayName: 'Status',
	name: 'status',
	type: 'options',
	default: 'draft',
	options: [
		{ name: 'Draft', value: 'draft', description: 'Save it in Close; nothing is sent' },
		{
			name: 'Log as Received',
			value: 'inbox',
			description: 'Record an email that was received elsewhere; nothing is sent',
		},
		{
			name: 'Log as Sent',
			value: 'sent',
			description: 'Record an email that was sent elsewhere; nothing is sent',
		},
		{ name: 'Schedule', value: 'scheduled', description: 'Send it at the date you choose' },
		{ name: 'Send Now', value: 'outbox', description: 'Send it at once from your email account' },
	],
};

export const dateScheduledField: INodeProperties = {
	displayName: 'Date Scheduled',
	name: 'dateScheduled',
	type: 'dateTime',
	default: '',
	required: true,
	displayOptions: { show: { status: ['scheduled'] } },
	description: "When Close sends it. Without an offset it is in the workflow's time zone.",
};

export const senderField: INodeProperties = {
	displayName: 'Sender',
	name: 'sender',
	type: 'resourceLocator',
	default: { mode: 'address', value: '' },
	description:
		'An address of an email account that is connected in Close. Needed to send, to schedule and to log a received email.',
	modes: [
		{
			displayName: 'By Address',
			name: 'address',
			type: 'string',
			placeholder: 'e.g. Ann Lee <ann@example.com>',
		},
	],
};

/** Recipients and content. */
export const messageFields: INodeProperties[] = [
	{
		displayName: 'To',
		name: 'to',
		type: 'string',
		default: '',
		placeholder: 'e.g. bruce@wayne.com, Clark Kent <clark@dailyplanet.com>',
		description: addressesHint,
	},
	{
		displayName: 'Subject',
		name: 'subject',
		type: 'string',
		default: '',
		placeholder: 'e.g. Your offer',
	},
	{
		displayName: 'Body Type',
		name: 'bodyType',
		type: 'options',
		default: 'html',
		options: [
			{ name: 'HTML', value: 'html' },
			{ name: 'Text', value: 'text' },
		],
	},
	{
		displayName: 'Body',
		name: 'body',
		type: 'string',
		typeOptions: { rows: 5 },
		default: '',
		placeholder: 'e.g. <p>Please find our offer attached.</p>',
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
			description: 'When the email was sent or received, for logging past emails',
		},
		{
			displayName: 'BCC',
			name: 'bcc',
			type: 'string',
			default: '',
			placeholder: 'e.g. archive@example.com',
			description: addressesHint,
		},
		{
			displayName: 'CC',
			name: 'cc',
			type: 'string',
			default: '',
			placeholder: 'e.g. lois@dailyplanet.com',
			description: addressesHint,
		},
		{
			...recordIdField('contactId', references.contactId),
			description: "The lead's contact that the email is with",
		},
		{
			displayName: 'Date Created',
			name: 'dateCreated',
			type: 'dateTime',
			default: '',
			description: 'When the email counts as created, for logging past emails',
		},
		{
			...recordIdField('emailAccountId', references.emailAccountId),
			description: 'The connected email account to send with',
		},
		{
			displayName: 'Follow-Up Date',
			name: 'followupDate',
			type: 'dateTime',
			default: '',
			description: 'Close creates a task for this date if no reply has come',
		},
		{
			...recordIdField('inReplyToId', references.inReplyToId),
			description: 'The email in Close that this one answers; it joins its thread',
		},
		{
			displayName: 'Inline Fields',
			name: 'inlineFields',
			type: 'string',
			default: '',
			placeholder: 'e.g. logo, image_*',
			description:
				'Input fields whose files are shown inside the HTML body, where &lt;img src="cid:logo"&gt; stands for the file of the field "logo"',
		},
		{
			displayName: 'Send In (Seconds)',
			name: 'sendIn',
			type: 'number',
			default: 30,
			typeOptions: { minValue: 1, maxValue: 59 },
			description: 'Wait before sending, so that it can be undone in Close. For Send Now only.',
		},
		{
			...recordIdField('templateId', references.templateId),
			description: 'The email template that fills what is left empty here',
		},
		{
			...recordIdField('userId', references.userId),
			description: 'The user of Close that the email belongs to',
		},
	],
};

export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};
