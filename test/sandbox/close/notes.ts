import { activityOf } from './activity';
import { thumbnailForm } from './attachments';
import {
	attachmentsOf,
	creationFields,
	dateTime,
	flag,
	plainAttachment,
	requiredText,
	text,
} from './fields';
import { activityParameters } from './lists';
import type { Note } from './records';
import type { RecordKind } from './recordKind';
import { settleRichText } from './richText';
import type { Schema } from './schema';

/** @see https://developer.close.com/api/resources/activities/notes/update */
const updateFields: Schema = {
	note: text,
	note_html: text,
	title: text,
	pinned: flag,
	contact_id: text,
	user_id: text,
	activity_at: dateTime,
	attachments: attachmentsOf(plainAttachment),
};

export const noteKind: RecordKind<Note> = {
	path: '/activity/note/',
	objectType: 'activity.note',
	updateFields,
	createFields: { ...updateFields, ...creationFields, lead_id: requiredText },
	attachmentForm: thumbnailForm,
	listParameters: activityParameters,
	records: ({ notes }) => notes,
	blank: (body, now, context) => ({
		...activityOf('Note', body, now, context),
		note: '',
		note_html: '',
		title: null,
		pinned: false,
		pinned_at: null,
	}),
	settle(next, body) {
		if (!next.pinned) next.pinned_at = null;
		else next.pinned_at ??= next.date_updated;
		return settleRichText(next, body);
	},
};
