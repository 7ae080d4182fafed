import type { INodeProperties } from 'n8n-workflow';
import { activityAtField } from '../fields/dates';
import { leadField } from '../fields/lead';
import { contactField, userField } from '../fields/people';
import { recordIdField } from '../fields/recordId';
import { recordKinds } from '../fields/recordKinds';

/** What a WhatsApp message calls the one that it answers. */
export const answered = { ...recordKinds.whatsAppMessage, label: 'Response To' };

export const whatsAppMessageFields: INodeProperties[] = [
	leadField,
	{ ...contactField('the message is with'), required: true },
	{
		displayName: 'External WhatsApp Message ID',
		name: 'externalWhatsappMessageId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. wamid.HBgLMTQxNTU1NTAxMDE',
		description: 'The ID that the message has in WhatsApp, by which Close knows it',
	},
	{
		displayName: 'Direction',
		name: 'direction',
		type: 'options',
		default: 'incoming',
		options: [
			{ name: 'Incoming', value: 'incoming', description: 'The contact wrote it' },
			{ name: 'Outgoing', value: 'outgoing', description: 'It went to the contact' },
		],
		description: 'Who wrote the message',
	},
	{
		displayName: 'Local Phone',
		name: 'localPhone',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. +14155550190',
		description: 'Your own number in WhatsApp, with its country code, like +14155550190',
	},
	{
		displayName: 'Remote Phone',
		name: 'remotePhone',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. +14155550101',
		description: "The contact's number in WhatsApp, with its country code, like +14155550101",
	},
	{
		displayName: 'Message',
		name: 'message',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		placeholder: 'e.g. Here is the *plan* of the site.',
		description: "What the message says, in WhatsApp's Markdown. Leave it empty for a file alone.",
	},
	activityAtField('When the message was sent or received; now, if left empty'),
];

export const moreFields: INodeProperties[] = [
	{
		displayName: 'Integration Link',
		name: 'integrationLink',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://inbox.example.com/messages/17',
		description: 'The address of the message in the app that it comes from; Close links to it',
	},
	recordIdField('responseToId', answered, 'The WhatsApp message in Close that this one answers'),
	userField('message'),
];
