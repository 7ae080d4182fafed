import type { INodeProperties } from 'n8n-workflow';
import { textField } from '../fields/content';
import { activityAtField } from '../fields/dates';
import { leadField } from '../fields/lead';
import { contactField, userField } from '../fields/people';
import { recordIdField } from '../fields/recordId';
import { recordKinds } from '../fields/recordKinds';
import { dateScheduledField, sendInField, statusField } from '../fields/sending';
import { localPhoneField } from './localPhone';

/** What an SMS calls the SMS template that it refers to. */
export const template = { ...recordKinds.smsTemplate, label: 'Template' };

export const smsFields: INodeProperties[] = [
	leadField,
	contactField('the SMS is with'),
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
			"The contact's phone number, with its country code, like +14155550101. Needed to send and to schedule.",
	},
	textField('What the SMS says. Leave it empty to let a template write it.'),
];

export const moreFields: INodeProperties[] = [
	activityAtField('When the SMS was sent or received, for logging past ones'),
	sendInField,
	recordIdField(
		'templateId',
		template,
		"The SMS template that writes the text where 'Text' is empty",
	),
	userField('SMS'),
];
