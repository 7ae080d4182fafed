import type { AttachmentLimit } from '../../files/attachmentLimit';

export const NOTE_PATH = '/activity/note/';

/** @see https://developer.close.com/api/resources/activities/notes/create */
export const NOTE_LIMIT: AttachmentLimit = { most: 1_000, taker: 'a note' };

/** What most workflows need of a note. */
export const NOTE_KEYS = [
	'id',
	'lead_id',
	'contact_id',
	'title',
	'note',
	'note_html',
	'date_created',
	'attachments',
];
