import { CloseFilesError } from '../errors';
import { attachFiles, type ItemFiles } from '../files/attaching';
import type { Attachment } from '../files/attachment';
import type { Run } from '../run';
import { closeRequest } from '../transport/close';
import { createOnce, type CloseRecord, type Creation } from './creation';

/**
 * Uploads the files of an item and creates the record that holds them, once and only once.
 *
 * @throws CloseFilesError when a file cannot be uploaded (nothing is created then), when Close
 * refuses, and when Close saved the record with fewer files than given.
 */
export async function createWithFiles(
	run: Run,
	itemIndex: number,
	files: ItemFiles,
	creationOf: (attachments: Attachment[]) => Creation,
): Promise<CloseRecord> {
	return await attachFiles(run, itemIndex, files, async (attachments) => {
		const creation = creationOf(attachments);
		const record = await asHeld(run, creation, await createOnce(run, itemIndex, creation));
		refuseIfIncomplete(record, creation.noun, attachments.length);
		return record;
	});
}

/** The record with its attachments shown. */
async function asHeld(
	{ connection }: Run,
	{ noun, path, readQuery: query }: Creation,
	created: CloseRecord,
): Promise<CloseRecord> {
	if (query === undefined) return created;
	const one = `${path}${encodeURIComponent(created.id)}/` as const;
	const request = { method: 'GET', path: one, query, purpose: `read the ${noun}` } as const;
	return (await closeRequest(connection, request)) as CloseRecord;
}

/** A file that Close dropped must not go unnoticed, least of all in what is to be sent. */
function refuseIfIncomplete(record: CloseRecord, noun: string, given: number): void {
	const held = Array.isArray(record.attachments) ? record.attachments.length : 0;
	if (held >= given) return;
	throw new CloseFilesError(
		`Close saved the ${noun} with ${held} of its ${given} attachments`,
		'Open it in Close and add what is missing, or delete it and run the workflow again for this item.',
		{ code: 'AttachmentsMissing', created: [{ id: record.id }] },
	);
}
