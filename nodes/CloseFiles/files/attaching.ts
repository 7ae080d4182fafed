import { CloseFilesError } from '../errors';
import type { Run } from '../run';
import { toJson, type Attachment } from './attachment';
import type { FileSource } from './fileSource';
import { stopSharing, uploadAll } from './uploads';

/** The files of an item: those that are to be uploaded, and those that are already. */
export interface ItemFiles {
	sources: FileSource[];
	uploaded: Attachment[];
}

/**
 * Uploads the files of an item and has a record written with them, in their order.
 *
 * Nothing in Close's documentation forbids to use one upload in several records, and nothing
 * promises it: should Close refuse a shared file, it is uploaded anew and the record written once
 * more, which is safe because a refusal created nothing.
 *
 * @throws what `write` throws, with the files that are uploaded and of use until they expire.
 */
export async function attachFiles<T>(
	run: Run,
	itemIndex: number,
	{ sources, uploaded }: ItemFiles,
	write: (attachments: Attachment[]) => Promise<T>,
): Promise<T> {
	for (;;) {
		const files = await uploadAll(run, itemIndex, sources);
		const own = files.map((file, index) => ({ ...file, contentId: sources[index].contentId }));
		const outcome = await write([...own, ...uploaded]).then(
			(record) => ({ record }),
			(error: unknown) => ({ error }),
		);
		if ('record' in outcome) return outcome.record;

		const { error } = outcome;
		if (!(error instanceof CloseFilesError)) throw error;
		const refusesFiles = error.details.fields?.includes('attachments') === true;
		if (refusesFiles && stopSharing(run, itemIndex, sources)) continue;
		throw files.length === 0 ? error : error.with({ uploaded: files.map(toJson) });
	}
}
