import type { INodeProperties } from 'n8n-workflow';
import { recordIdField } from '../fields/recordId';
import { recordKinds } from '../fields/recordKinds';
import { sendInField } from '../fields/sending';

/** The records that an email can refer to beside its lead, by the name of their field. */
export const references = {
	contactId: recordKinds.contact,
	emailAccountId: recordKinds.emailAccount,
	inReplyToId: { ...recordKinds.email, label: 'In Reply To' },
	templateId: { ...recordKinds.emailTemplate, label: 'Template' },
	userId: recordKinds.user,
};

const addressesHint =
	'Separate several addresses with commas. Ann Lee &lt;ann@example.com&gt; works too.';

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
		sendInField,
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
