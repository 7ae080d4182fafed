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
export async function uploadAll(run: Run, sources: FileSource[]): Promise<UploadedFile[]> {
	const outcomes = await Promise.allSettled(
		sources.map(async (source) => await uploadOnce(run, source)),
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
async function uploadOnce(run: Run, source: FileSource): Promise<UploadedFile> {
	const identity = source.identity();
	const finished = run.memory.uploads.get(identity) as UploadedFile | undefined;
	if (finished !== undefined) return finished;

	const underWay = run.uploads.get(identity) ?? upload(run.connection, source, run.stop);
	run.uploads.set(identity, underWay);
	const file = (await underWay) as UploadedFile;
	run.memory.uploads.set(identity, file);
	return file;
}
