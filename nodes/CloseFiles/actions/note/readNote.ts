import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { readAdditionalFields } from '../fields/additionalFields';
import { bodyField, bodyTypeField, readBodyType } from '../fields/content';
import { activityAtField, dateCreatedField, dateIn } from '../fields/dates';
import { leadField, readLead } from '../fields/lead';
import { contactField, userField } from '../fields/people';
import { recordIdIn } from '../fields/recordId';
import { recordKinds } from '../fields/recordKinds';
import { asRichText } from '../fields/richText';
import { textIn, withoutEmpty } from '../fields/values';

export const noteFields: INodeProperties[] = [
	leadField,
	bodyTypeField,
	bodyField(
		'e.g. <p>Signed on Monday, see the contract.</p>',
		"What the note says, as 'Body Type' tells",
	),
];

export const moreFields: INodeProperties[] = [
	activityAtField('When what the note is about took place'),
	contactField('the note is about'),
	dateCreatedField('When the note counts as created, for notes of the past'),
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
		description: 'The heading of the note',
	},
	userField('note'),
];

/** @throws CloseFilesError for everything that can be known to be wrong before an upload. */
export function readNote(context: IExecuteFunctions, itemIndex: number): IDataObject {
	const more = readAdditionalFields(context, itemIndex);
	const date = (value: unknown, label: string) => dateIn(value, label, context.getTimezone());

	const isHtml = readBodyType(context, itemIndex) === 'html';
	const body = textIn(context.getNodeParameter('body', itemIndex, ''), 'Body');
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
