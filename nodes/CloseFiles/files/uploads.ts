import { CloseFilesError } from '../errors';
import { sharing, type Run } from '../run';
import { identityOf, toJson, type UploadedFile } from './attachment';
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

/** The upload of a file, shared by all items of the run that ask for it under one name and type. */
async function uploadOnce(run: Run, itemIndex: number, source: FileSource): Promise<UploadedFile> {
	const { memory, connection, stop } = run;
	const key = uploadKey(run, itemIndex, source);
	if (!memory.uploaders.has(key)) memory.uploaders.set(key, itemIndex);
	return await sharing(run, key, async () => await upload(connection, source, stop));
}

/** Tells the files of an item apart: by their uploads as far as these are done, else by their content. */
export function identitiesOf(run: Run, itemIndex: number, sources: FileSource[]): string[] {
	return sources.map((source) => {
		const file = run.memory.shared.get(uploadKey(run, itemIndex, source));
		return file === undefined ? source.identity() : identityOf(file as UploadedFile);
	});
}

/** Of a file that is shared no longer, each item has an upload of its own. */
function uploadKey({ memory }: Run, itemIndex: number, source: FileSource): string {
	const key = sharedKey(source);
	return memory.unshared.has(key) ? ownKey(key, itemIndex) : key;
}

const sharedKey = (source: FileSource): string => `upload\n${source.identity()}`;

const ownKey = (key: string, itemIndex: number): string => `${key}\n${itemIndex}`;

/**
 * Has the files of an item that were uploaded for another one uploaded anew from now on, in the
 * rest of the run too. Answers whether there were any.
 */
export function stopSharing({ memory }: Run, itemIndex: number, sources: FileSource[]): boolean {
	const borrowed = sources
		.map(sharedKey)
		.filter((key) => memory.uploaders.get(key) !== itemIndex)
		.filter((key) => !memory.shared.has(ownKey(key, itemIndex)));
	for (const key of borrowed) memory.unshared.add(key);
	return borrowed.length > 0;
}
