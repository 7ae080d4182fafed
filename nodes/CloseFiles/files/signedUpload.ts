import type { IDataObject } from 'n8n-workflow';
import { CloseFilesError } from '../errors';
import { attempt } from '../transport/close';
import { isLoopback, type Connection } from '../transport/connection';
import { cancelled, explainClose } from '../transport/explain';
import { Mishap } from '../transport/mishap';
import { inSlot, policies, Tries } from '../transport/retries';
import { postForm } from '../transport/s3';
import { explainS3, readRefusal } from '../transport/s3Refusal';
import type { UploadedFile } from './attachment';
import { countContent } from './countedContent';
import type { FileSource } from './fileSource';
import { StreamedFile } from './streamedFile';

/** At S3: a minute for the connection and the answer, and a line of at least 100 kB a second. */
const BASE_TIMEOUT_MS = 60_000;
const SLOWEST_LINE_BYTES_PER_MS = 100;

/** "For at most 24 hours", counted from the signature, which is the safe side. */
const LIFETIME_MS = 24 * 60 * 60 * 1000;

/**
 * What Close answers to `POST /files/upload/`.
 *
 * Valid for one upload within 60 seconds. `fields` must reach S3 complete, in this order and
 * before the file; their names vary with the way Close signs, so only
 * `success_action_status` is looked at.
 *
 * @see https://developer.close.com/api/resources/files/create
 */
interface SignedPost {
	upload: { url: string; fields: Record<string, string> };
	/** What records refer to. Usable only after the upload succeeded. */
	download: { url: string };
}

/** How one attempt at sign-and-post ended. */
type Outcome =
	{ file: UploadedFile } | { unsigned: Mishap } | { unposted: Mishap } | { violation: string };

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
		const outcome = await inSlot(
			connection,
			async () => await signAndPost(connection, source, stop),
		);
		if ('file' in outcome) return outcome.file;
		if ('violation' in outcome) throw notAsPromised(source, outcome.violation);
		if (stop.aborted) throw cancelled();
		if ('unsigned' in outcome && !(await signTries.again(outcome.unsigned))) {
			throw explainClose(outcome.unsigned, `upload the file '${source.filename}'`);
		}
		if ('unposted' in outcome && !(await postTries.again(outcome.unposted))) {
			throw explainS3(outcome.unposted, source, postTries.made);
		}
	}
}

async function signAndPost(
	connection: Connection,
	source: FileSource,
	stop: AbortSignal,
): Promise<Outcome> {
	if (stop.aborted) return { unsigned: new Mishap('cancelled') };
	const signedAt = Date.now();
	const signed = await sign(connection, source);
	if (signed instanceof Mishap) return { unsigned: signed };

	const { fields } = signed.upload;
	const counted = countContent(source.open, source.size);
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) form.append(name, value);
	// S3 ignores whatever comes after the file.
	// Without a third argument: given a name, FormData would put a new File in place of this one.
	form.append('file', new StreamedFile(counted.content, source));

	const answer = await postForm(connection, {
		form,
		url: signed.upload.url,
		timeoutMs: connection.timeoutMs ?? BASE_TIMEOUT_MS + source.size / SLOWEST_LINE_BYTES_PER_MS,
		signal: stop,
	});
	counted.release();
	const violation = counted.violation();
	if (violation !== undefined) return { violation };
	if (answer instanceof Mishap) return { unposted: answer };
	if (!isSuccess(answer.status, fields)) return { unposted: readRefusal(answer, fields) };
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

async function sign(connection: Connection, source: FileSource): Promise<SignedPost | Mishap> {
	const answer = await attempt(connection, {
		method: 'POST',
		path: '/files/upload/',
		body: { filename: source.filename, content_type: source.contentType },
		purpose: 'sign an upload',
	});
	if (answer instanceof Mishap) return answer;
	return isSignedPost(answer, connection) ? answer : new Mishap('unreadable', { status: 200 });
}

/** Also refuses an S3 address on plain http, where anyone on the way could read the file. */
function isSignedPost(
	answer: IDataObject,
	{ baseUrl }: Connection,
): answer is IDataObject & SignedPost {
	const { upload: post, download } = answer as Partial<SignedPost>;
	if (typeof download?.url !== 'string' || typeof post?.url !== 'string') return false;
	if (typeof post.fields !== 'object' || post.fields === null) return false;
	if (!URL.canParse(post.url)) return false;
	const { protocol, hostname } = new URL(post.url);
	const sandboxed = isLoopback(hostname) && isLoopback(new URL(baseUrl).hostname);
	return protocol === 'https:' || (protocol === 'http:' && sandboxed);
}

/** 200 counts too; a redirect does not. */
function isSuccess(status: number, fields: Record<string, string>): boolean {
	const named = Object.entries(fields).find(
		([name]) => name.toLowerCase() === 'success_action_status',
	);
	return status === 200 || status === Number(named?.[1] ?? 204);
}

function notAsPromised({ filename }: FileSource, violation: string): CloseFilesError {
	return new CloseFilesError(
		`The file '${filename}' was not uploaded: ${violation}`,
		'Run the workflow from the node that brings the file, so that n8n stores it anew.',
		{ code: 'ContentNotAsPromised' },
		{ cause: 'configuration-invalid' },
	);
}
