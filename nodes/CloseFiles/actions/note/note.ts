export const NOTE_PATH = '/activity/note/';

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
