import { CloseFilesError } from '../errors';
import type { Run } from '../run';
import { toJson, type UploadedFile } from './attachment';
import type { FileSource } from './fileSource';
import { upload } from './signedUpload';

/**
 * Uploads the files of an item in parallel, each content once in a run, and keeps their order.
 *
 * @throws CloseFilesError when one of them cannot be uploaded; it lists those that are.
 */
export async function uploadAll(
	run: Run,
	itemIndex: number,
	sources: FileSource[],
): Promise<UploadedFile[]> {
	const outcomes = await Promise.allSettled(
		sources.map(async (source) => await uploadOnce(run, itemIndex, source)),
	);
	const refused = outcomes.find((outcome) => outcome.status === 'rejected');
	const uploaded = outcomes.flatMap((outcome) =>
		outcome.status === 'fulfilled' ? [outcome.value] : [],
	);
	if (refused === undefined) return uploaded;
	if (!(refused.reason instanceof CloseFilesError)) throw refused.reason;
	throw refused.reason.with({ uploaded: uploaded.map(toJson) });
}

/**
 * The upload of a file, shared by all items of the run that ask for the same content under the
 * same name and type. Where it came to nothing, it did so for each of them; n8n's Retry On Fail
 * begins anew with those, and keeps the finished ones.
 */
async function uploadOnce(run: Run, itemIndex: number, source: FileSource): Promise<UploadedFile> {
	const { memory } = run;
	const identity = source.identity();
	const key = memory.unshared.has(identity) ? `${identity}\n${itemIndex}` : identity;
	if (!memory.uploaders.has(key)) memory.uploaders.set(key, itemIndex);
	const finished = memory.uploads.get(key) as UploadedFile | undefined;
	if (finished !== undefined) return finished;

	const underWay = run.uploads.get(key) ?? upload(run.connection, source, run.stop);
	run.uploads.set(key, underWay);
	const file = (await underWay) as UploadedFile;
	memory.uploads.set(key, file);
	return file;
}

/**
 * Has the files of an item that were uploaded for another one uploaded anew from now on, in the
 * rest of the run too. Answers whether there were any.
 */
export function stopSharing({ memory }: Run, itemIndex: number, sources: FileSource[]): boolean {
	const borrowed = sources
		.map((source) => source.identity())
		.filter((identity) => memory.uploaders.get(identity) !== itemIndex)
		.filter((identity) => !memory.uploads.has(`${identity}\n${itemIndex}`));
	for (const identity of borrowed) memory.unshared.add(identity);
	return borrowed.length > 0;
}
