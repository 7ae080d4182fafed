import { CloseFilesError } from '../errors';
import type { Connection } from '../transport/connection';
import { cancelled, explainClose } from '../transport/explain';
import { Mishap } from '../transport/mishap';
import { inSlot, policies, Tries } from '../transport/retries';
import { postForm } from '../transport/s3';
import { explainS3, readRefusal } from '../transport/s3Refusal';
import type { UploadedFile } from './attachment';
import { countContent } from './countedContent';
import type { FileSource } from './fileSource';
import { isStored, sign } from './signedPost';
import { StreamedFile } from './streamedFile';

/** At S3: a minute for the connection and the answer, and a line of at least 100 kB a second. */
const BASE_TIMEOUT_MS = 60_000;
const SLOWEST_LINE_BYTES_PER_MS = 100;

/** "For at most 24 hours", counted from the signature, which is the safe side. */
export const LIFETIME_MS = 24 * 60 * 60 * 1000;

/** How one attempt at sign-and-post ended. */
type Outcome =
	| { file: UploadedFile }
	| { unsigned: Mishap }
	| { unposted: Mishap }
	| { unread: Mishap }
	| { violation: string };

/**
 * Uploads one file and returns the reference that Close's records accept.
 *
 * Every attempt has its own signature and its own stream: neither survives a broken one. A file
 * that an attempt left behind is harmless, Close forgets it within 24 hours. Signature and post
 * share one request slot, so that no wait comes between them.
 *
 * @param stop ends the upload, in mid-body too.
 * @throws CloseFilesError when Close or S3 refuses, or the content is not what it is said to be.
 */
export async function upload(
	connection: Connection,
	source: FileSource,
	stop: AbortSignal,
): Promise<UploadedFile> {
	const signTries = new Tries(connection, policies.repeatable);
	const postTries = new Tries(connection, policies.upload);
	for (;;) {
		const outcome = await inSlot(connection, signTries, async (endTurn) => {
			return await signAndPost(connection, source, { stop, endTurn });
		});
		if ('file' in outcome) return outcome.file;
		if ('violation' in outcome) throw notAsPromised(source, outcome.violation);
		if (stop.aborted) throw cancelled();
		if ('unsigned' in outcome && !(await signTries.again(outcome.unsigned))) {
			throw explainClose(outcome.unsigned, `upload the file '${source.filename}'`);
		}
		if ('unposted' in outcome && !(await postTries.again(outcome.unposted))) {
			throw explainS3(outcome.unposted, source, postTries.made);
		}
		if ('unread' in outcome && !(await postTries.again(outcome.unread))) {
			throw notInTime(source, postTries.made);
		}
	}
}

async function signAndPost(
	connection: Connection,
	source: FileSource,
	{ stop, endTurn }: { stop: AbortSignal; endTurn: () => void },
): Promise<Outcome> {
	if (stop.aborted) return { unsigned: new Mishap('cancelled') };
	const signedAt = Date.now();
	const signed = await sign(connection, source);
	// S3 has no part in Close's limit, and a large file takes its time.
	endTurn();
	if (signed instanceof Mishap) return { unsigned: signed };

	const { fields } = signed.upload;
	const counted = countContent(source.open, source.size);
	const answer = await postForm(connection, {
		form: formOf(fields, new StreamedFile(counted.content, source)),
		url: signed.upload.url,
		timeoutMs: connection.timeoutMs ?? BASE_TIMEOUT_MS + source.size / SLOWEST_LINE_BYTES_PER_MS,
		signal: stop,
	});
	const isAwaited = counted.isAwaited();
	counted.release();
	const violation = counted.violation();
	if (violation !== undefined) return { violation };
	if (answer instanceof Mishap) {
		return answer.kind === 'timeout' && isAwaited ? { unread: answer } : { unposted: answer };
	}
	if (!isStored(answer.status, fields)) return { unposted: readRefusal(answer, fields) };
	if (counted.passed() !== source.size) {
		return { violation: `S3 took it after ${counted.passed()} of ${source.size} bytes` };
	}
	return {
		file: {
			url: signed.download.url,
			filename: source.filename,
			contentType: source.contentType,
			size: source.size,
			checksum: counted.checksum(),
			expiresAt: new Date(signedAt + LIFETIME_MS).toISOString(),
		},
	};
}

function notAsPromised({ filename }: FileSource, violation: string): CloseFilesError {
	return new CloseFilesError(
		`The file '${filename}' was not uploaded: ${violation}`,
		'Run the workflow from the node that brings the file, so that n8n stores it anew.',
		{ code: 'ContentNotAsPromised' },
		{ cause: 'configuration-invalid' },
	);
}

function formOf(fields: Record<string, string>, file: StreamedFile): FormData {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) form.append(name, value);
	// S3 ignores whatever comes after the file.
	// Without a third argument: given a name, FormData would put a new File in place of this one.
	form.append('file', file);
	return form;
}

/** n8n's store may be a disk, a database or a bucket: it can be as slow as any network. */
function notInTime({ filename, size }: FileSource, tries: number): CloseFilesError {
	return new CloseFilesError(
		`The file '${filename}' (${size} bytes) was not uploaded: n8n's storage did not give it in time, ${tries} ${tries === 1 ? 'time' : 'times'}`,
		"Look whether n8n's binary data storage is slow or not to be reached. If it only takes its time, raise 'Timeout (Seconds)' in the options.",
		{ code: 'ContentNotInTime' },
		{ cause: 'temporarily-unavailable' },
	);
}
