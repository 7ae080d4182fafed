import type { IDataObject } from 'n8n-workflow';
import { attempt } from '../transport/close';
import { isLoopback, type Connection } from '../transport/connection';
import { Mishap } from '../transport/mishap';
import type { FileSource } from './fileSource';

/**
 * What Close answers to `POST /files/upload/`.
 *
 * Valid for one upload within 60 seconds. `fields` must reach S3 complete, in this order and
 * before the file; their names vary with the way Close signs, so only
 * `success_action_status` is looked at.
 *
 * @see https://developer.close.com/api/resources/files/create
 */
export interface SignedPost {
	upload: { url: string; fields: Record<string, string> };
	/** What records refer to. Usable only after the upload succeeded. */
	download: { url: string };
}

/** One attempt at having Close sign the upload of a file. */
export async function sign(
	connection: Connection,
	{ filename, contentType }: FileSource,
): Promise<SignedPost | Mishap> {
	const answer = await attempt(connection, {
		method: 'POST',
		path: '/files/upload/',
		body: { filename, content_type: contentType },
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

/** Whether S3 has the file: the status that Close asked for, or 200. A redirect is a refusal. */
export function isStored(status: number, fields: SignedPost['upload']['fields']): boolean {
	const named = Object.entries(fields).find(
		([name]) => name.toLowerCase() === 'success_action_status',
	);
	return status === 200 || status === Number(named?.[1] ?? 204);
}
