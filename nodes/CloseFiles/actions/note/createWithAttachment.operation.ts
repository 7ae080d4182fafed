import type { IDataObject } from 'n8n-workflow';
import { holdsExactly, identityOf, withoutSize, type Attachment } from '../../files/attachment';
import { refuseTooMany } from '../../files/attachmentLimit';
import { createWithFiles } from '../../records/createWithFiles';
import type { Creation } from '../../records/creation';
import { amongActivities } from '../../records/finding';
import type { OutputItem, Run } from '../../run';
import { additionalFieldsField } from '../fields/additionalFields';
import { attachFields, fileOptions, moreUploadedFilesOption } from '../fields/files';
import { optionsField } from '../fields/options';
import { readFilesToAttach } from '../fields/readFiles';
import { simplifiedIfWanted, simplifyField } from '../fields/simplify';
import type { Operation } from '../operation';
import { NOTE_KEYS, NOTE_LIMIT, NOTE_PATH } from './note';
import { moreFields, noteFields, readNote } from './readNote';

async function execute(run: Run, itemIndex: number): Promise<OutputItem[]> {
	const { context } = run;
	const note = readNote(context, itemIndex);
	const files = await readFilesToAttach(run, itemIndex);
	refuseTooMany('note', files, NOTE_LIMIT);

	const record = await createWithFiles(run, itemIndex, files, (attachments) =>
		creationOf(note, attachments),
	);

	return [{ json: simplifiedIfWanted(context, itemIndex, record, NOTE_KEYS) }];
}

function creationOf(note: IDataObject, attachments: Attachment[]): Creation {
	return {
		noun: 'note',
		path: NOTE_PATH,
		body: { ...note, attachments: attachments.map(withoutSize) },
		...amongActivities(NOTE_PATH, note),
		isMeant: (record) =>
			holdsExactly(record, attachments) &&
			(note.title === undefined || record.title === note.title),
		likeness: ['note', note.lead_id, ...attachments.map(identityOf)].join('\n'),
	};
}

/** @see https://developer.close.com/api/resources/activities/notes/create */
export const createWithAttachment: Operation = {
	option: {
		name: 'Create Note With Attachment',
		value: 'createWithAttachment',
		action: 'Create note with attachment',
		description: 'Write a note on a lead with files attached',
	},
	fields: [
		...noteFields,
		...attachFields,
		simplifyField,
		additionalFieldsField(moreFields),
		optionsField([...fileOptions, moreUploadedFilesOption]),
	],
	execute,
};
