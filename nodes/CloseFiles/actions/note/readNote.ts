import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { dateIn } from '../fields/dates';
import { leadField, readLead } from '../fields/lead';
import { recordIdField, recordIdIn } from '../fields/recordId';
import { recordKinds } from '../fields/recordKinds';
import { asRichText } from '../fields/richText';
import { choiceIn, collectionIn, textIn, withoutEmpty } from '../fields/values';

export const noteFields: INodeProperties[] = [
	leadField,
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
		placeholder: 'e.g. <p>Signed on Monday, see the contract.</p>',
		description: 'What the note says',
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
			description: 'When what the note is about took place',
		},
		{
			...recordIdField('contactId', recordKinds.contact),
			description: "The lead's contact that the note is about",
		},
		{
			displayName: 'Date Created',
			name: 'dateCreated',
			type: 'dateTime',
			default: '',
			description: 'When the note counts as created, for notes of the past',
		},
		{
			displayName: 'Pinned',
			name: 'pinned',
			type: 'boolean',
			default: false,
			description: 'Whether the note stays on top of the lead',
		},
		{
			displayName: 'Title',
			name: 'title',
			type: 'string',
			default: '',
			placeholder: 'e.g. Contract',
		},
		{
			...recordIdField('userId', recordKinds.user),
			description: 'The user of Close that the note belongs to',
		},
	],
};

/** @throws CloseFilesError for everything that can be known to be wrong before an upload. */
export function readNote(context: IExecuteFunctions, itemIndex: number): IDataObject {
	const parameter = (name: string) => context.getNodeParameter(name, itemIndex, '');
	const more = collectionIn(parameter('additionalFields'), 'Additional Fields');
	const date = (value: unknown, label: string) => dateIn(value, label, context.getTimezone());

	const bodyType = context.getNodeParameter('bodyType', itemIndex, 'html');
	const isHtml = choiceIn(bodyType, 'Body Type', ['html', 'text']) === 'html';
	const body = textIn(parameter('body'), 'Body');
	return withoutEmpty({
		lead_id: readLead(context, itemIndex),
		[isHtml ? 'note_html' : 'note']: isHtml && body !== '' ? asRichText(body) : body || undefined,
		title: textIn(more.title, 'Title').trim() || undefined,
		pinned: more.pinned === true || undefined,
		contact_id: recordIdIn(more.contactId, recordKinds.contact),
		user_id: recordIdIn(more.userId, recordKinds.user),
		date_created: date(more.dateCreated, 'Date Created'),
		activity_at: date(more.activityAt, 'Activity At'),
	});
}
