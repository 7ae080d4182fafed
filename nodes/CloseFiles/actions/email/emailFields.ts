import type { INodeProperties } from 'n8n-workflow';
import { bodyField, bodyTypeField, subjectField } from '../fields/content';
import { activityAtField, dateCreatedField, dateField } from '../fields/dates';
import { contactField, userField } from '../fields/people';
import { recordIdField } from '../fields/recordId';
import { recordKinds } from '../fields/recordKinds';
import { sendInField } from '../fields/sending';

/** The records that an email refers to under a label of their own, by the name of their field. */
export const references = {
	inReplyToId: { ...recordKinds.email, label: 'In Reply To' },
	templateId: { ...recordKinds.emailTemplate, label: 'Template' },
};

const addresses = (whose: string): string =>
	`The email addresses of those who get ${whose}, separated by commas`;

/** Recipients and content. */
export const messageFields: INodeProperties[] = [
	{
		displayName: 'To',
		name: 'to',
		type: 'string',
		default: '',
		placeholder: 'e.g. ann@example.com, Bob <bob@example.com>',
		description: addresses('it'),
	},
	subjectField('What the email is about. Leave it empty to let a template write it.'),
	bodyTypeField,
	bodyField(
		'e.g. <p>Please find our offer attached.</p>',
		"What the email says, as 'Body Type' tells. Leave it empty to let a template write it.",
	),
];

export const moreFields: INodeProperties[] = [
	activityAtField('When the email was sent or received, for logging past emails'),
	{
		displayName: 'BCC',
		name: 'bcc',
		type: 'string',
		default: '',
		placeholder: 'e.g. archive@example.com',
		description: addresses('a copy that the others do not see'),
	},
	{
		displayName: 'CC',
		name: 'cc',
		type: 'string',
		default: '',
		placeholder: 'e.g. carol@example.com',
		description: addresses('a copy'),
	},
	contactField('the email is with'),
	dateCreatedField('When the email counts as created, for logging past emails'),
	recordIdField(
		'emailAccountId',
		recordKinds.emailAccount,
		'The connected email account to send with',
	),
	dateField(
		'Follow-Up Date',
		'followupDate',
		'Close creates a task for this date if no reply has come',
	),
	recordIdField(
		'inReplyToId',
		references.inReplyToId,
		'The email in Close that this one answers; it joins its thread',
	),
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
	recordIdField(
		'templateId',
		references.templateId,
		'The email template that fills what is left empty here',
	),
	userField('email'),
];
