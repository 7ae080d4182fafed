import { keptWithoutSize, withoutSize } from '../../files/attachment';
import { addAttachmentTo } from '../addAttachment';
import { recordKinds } from '../fields/recordKinds';
import { NOTE_KEYS, NOTE_LIMIT, NOTE_PATH } from './note';

/** @see https://developer.close.com/api/resources/activities/notes/update */
export const addAttachment = addAttachmentTo({
	kind: recordKinds.note,
	parameter: 'noteId',
	path: NOTE_PATH,
	keysOf: withoutSize,
	keep: keptWithoutSize,
	limit: NOTE_LIMIT,
	keys: NOTE_KEYS,
	action: 'Add attachment to note',
	description: 'Add files to a note, and keep those it has',
});
