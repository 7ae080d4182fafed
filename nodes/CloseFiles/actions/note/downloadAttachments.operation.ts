import { downloadAttachmentsOf } from '../downloadAttachments';
import { recordKinds } from '../fields/recordKinds';
import { NOTE_KEYS, NOTE_PATH } from './note';

/** @see https://developer.close.com/api/resources/activities/notes/get */
export const downloadAttachments = downloadAttachmentsOf({
	kind: recordKinds.note,
	parameter: 'noteId',
	path: NOTE_PATH,
	keys: NOTE_KEYS,
	action: 'Download attachments of note',
	description: 'Download the files of a note into the output item',
});
