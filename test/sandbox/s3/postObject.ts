/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';

import type { Answer } from '../answer';
import type { LoggedRequest } from '../requestLog';
import { isViolation, violation, xmlDocument, type Violation } from './errors';
import { readForm, type FormFields } from './form';
import { policyViolation, readPolicy, sizeViolation } from './policy';
import { signatureViolation, type S3Credential } from './signature';
import type { Incoming, Store, StoredObject } from './store';

export interface PostContext {
	store: Store;
	credentials: S3Credential[];
	/** Milliseconds since the epoch. */
	now(): number;
	bucket: string;
	/** What the bucket's keys follow in a URL, without a slash at the end. */
	base: string;
	entry: LoggedRequest;
}

/**
 * POST Object: takes a form with a signed policy and stores its file, or says why not.
 *
 * `body` is the request's body, possibly slowed down. A form that breaks off stores nothing.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
 */
export async function postObject(
	request: IncomingMessage,
	body: Readable,
	context: PostContext,
): Promise<Answer | Violation> {
	const refusal = headViolation(request, context);
	if (refusal !== undefined) return refusal;

	const { store, entry, now, bucket } = context;
	const log = { fields: [], partsAfterFile: 0 };
	entry.form = log;
	let upload: { fields: FormFields; key: string; incoming: Incoming } | undefined;
	request.once('close', () => {
		if (!request.complete) upload?.incoming.abort();
	});

	const headers = { ...request.headers, 'content-type': request.headers['content-type'] ?? '' };
	const found = await readForm(body, headers, log, {
		fileBegins(fields, filename) {
			const policy = judge(fields, filename, context);
			if (isViolation(policy)) return policy;
			const incoming = store.receive();
			upload = { fields, key: expandedKey(fields, filename), incoming };
			return {
				refuses: (size, ended) => sizeViolation(policy, size, ended),
				write: (chunk) => incoming.write(chunk),
				whenReady: (resume) => incoming.whenReady(resume),
			};
		},
	});
	if (found !== undefined || upload === undefined) {
		upload?.incoming.abort();
		return found ?? violation('InternalError');
	}

	const { fields, key, incoming } = upload;
	const { path, md5 } = await incoming.end();
	const file = entry.form.file;
	if (file !== undefined) file.md5 = md5;
	const object: StoredObject = {
		bucket,
		key,
		path,
		md5,
		size: file?.size ?? 0,
		contentType: fields.get('content-type') || 'binary/octet-stream',
		contentDisposition: fields.get('content-disposition') || undefined,
		metadata: metadata(fields),
		storedAt: now(),
	};
	store.commit(object);
	return successAnswer(fields, object, context.base);
}

/** What can be refused without reading the body. */
function headViolation(request: IncomingMessage, context: PostContext): Violation | undefined {
	const { headers } = request;
	if (headers['content-length'] === undefined) return violation('MissingContentLength');
	if (headers.authorization !== undefined) return oneAuthOnly(headers.authorization);
	if (!/^multipart\/form-data;.*boundary=/i.test(headers['content-type'] ?? '')) {
		return violation('PreconditionFailed', undefined, {
			Condition: 'Bucket POST must be of the enclosure-type multipart/form-data',
		});
	}
	if (!context.store.hasBucket(context.bucket)) {
		return violation('NoSuchBucket', undefined, { BucketName: context.bucket });
	}
	return undefined;
}

export function oneAuthOnly(value: string): Violation {
	return violation(
		'InvalidArgument',
		'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
		{ ArgumentName: 'Authorization', ArgumentValue: value.split(' ')[0] },
	);
}

/** Of a key, in bytes of UTF-8. */
const MAX_KEY_BYTES = 1024;

/** The policy that the fields meet, or why they do not. */
function judge(fields: FormFields, filename: string, { credentials, bucket, now }: PostContext) {
	if (fields.get('key') === '') {
		return violation(
			'InvalidArgument',
			"Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the fields.",
			{ ArgumentName: 'key', ArgumentValue: '' },
		);
	}
	const unsigned = signatureViolation(fields, credentials);
	if (unsigned !== undefined) return unsigned;
	const policy = readPolicy(fields.get('policy'));
	if (isViolation(policy)) return policy;
	const key = expandedKey(fields, filename);
	const refusal = policyViolation(policy, fields.with('key', key), bucket, now());
	if (refusal !== undefined) return refusal;
	const size = Buffer.byteLength(key);
	if (size <= MAX_KEY_BYTES) return policy;
	const details = { Size: String(size), MaxSizeAllowed: String(MAX_KEY_BYTES) };
	return violation('KeyTooLongError', undefined, details);
}

/** S3 replaces `${filename}` by the name of the file that the client gave, without its path. */
function expandedKey(fields: FormFields, filename: string): string {
	const name = filename.slice(Math.max(filename.lastIndexOf('/'), filename.lastIndexOf('\\')) + 1);
	return fields.get('key').replaceAll('${filename}', () => name);
}

function metadata(fields: FormFields): Record<string, string> {
	const prefix = 'x-amz-meta-';
	const names = fields.names().filter((name) => name.startsWith(prefix));
	return Object.fromEntries(names.map((name) => [name.slice(prefix.length), fields.get(name)]));
}

function successAnswer(fields: FormFields, object: StoredObject, base: string): Answer {
	const { bucket, key, md5 } = object;
	const location = `${base}/${key.split('/').map(encodeURIComponent).join('/')}`;
	const headers: Record<string, string> = { ETag: `"${md5}"`, Location: location };

	const redirect = fields.get('success_action_redirect') || fields.get('redirect');
	if (URL.canParse(redirect)) {
		const target = new URL(redirect);
		target.searchParams.append('bucket', bucket);
		target.searchParams.append('key', key);
		target.searchParams.append('etag', `"${md5}"`);
		return { status: 303, headers: { ...headers, Location: target.href }, body: '' };
	}
	const status = fields.get('success_action_status');
	if (status !== '201') return { status: status === '200' ? 200 : 204, headers, body: '' };
	return {
		status: 201,
		headers: { ...headers, 'Content-Type': 'application/xml' },
		body: xmlDocument('PostResponse', {
			Location: location,
			Bucket: bucket,
			Key: key,
			ETag: `"${md5}"`,
		}),
	};
}
