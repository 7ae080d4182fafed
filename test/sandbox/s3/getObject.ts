import type { Answer } from '../answer';
import { violation, type Violation } from './errors';
import { oneAuthOnly } from './postObject';
import { signatureV2, type S3Credential } from './signature';
import type { Store } from './store';

interface GetRequest {
	bucket: string;
	key: string;
	query: URLSearchParams;
	authorization?: string;
	/** The Authorization header names a known key. */
	isSigned: boolean;
}

/**
 * Path and query of a signed GET, by SigV2. `expiresAt` in ms since the epoch.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/RESTAuthentication.html
 */
export function signedGet(
	bucket: string,
	key: string,
	credential: S3Credential,
	expiresAt: number,
): string {
	const path = `/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;
	const expires = String(Math.floor(expiresAt / 1000));
	const query = new URLSearchParams({
		AWSAccessKeyId: credential.accessKeyId,
		Expires: expires,
		Signature: signatureV2(`GET\n\n\n${expires}\n${path}`, credential.secretAccessKey),
	});
	return `${path}?${query.toString()}`;
}

/** The object's bytes and headers, for a signed link or a header that names a known key. */
export function getObject(
	context: { store: Store; credentials: S3Credential[]; now: number },
	{ bucket, key, query, authorization, isSigned }: GetRequest,
): Answer | Violation {
	if (query.has('Signature')) {
		if (authorization !== undefined) return oneAuthOnly(authorization);
		const refusal = linkViolation(context, bucket, key, query);
		if (refusal !== undefined) return refusal;
	} else if (!isSigned) {
		return violation('AccessDenied');
	}
	if (!context.store.hasBucket(bucket)) return violation('NoSuchBucket');
	const object = context.store.get(bucket, key);
	if (object === undefined || object.path === '') return violation('NoSuchKey');

	const headers: Record<string, string> = {
		'Content-Type': object.contentType,
		ETag: `"${object.md5}"`,
		'Last-Modified': new Date(object.storedAt).toUTCString(),
	};
	if (object.contentDisposition !== undefined) {
		headers['Content-Disposition'] = asHeader(object.contentDisposition);
	}
	for (const [name, value] of Object.entries(object.metadata)) {
		headers[`x-amz-meta-${name}`] = asHeader(value);
	}
	return { status: 200, headers, body: { path: object.path, size: object.size } };
}

function linkViolation(
	{ credentials, now }: { credentials: S3Credential[]; now: number },
	bucket: string,
	key: string,
	query: URLSearchParams,
): Violation | undefined {
	const accessKeyId = query.get('AWSAccessKeyId');
	const credential = credentials.find((known) => known.accessKeyId === accessKeyId);
	if (credential === undefined) return violation('InvalidAccessKeyId');
	const expiresAt = Number(query.get('Expires')) * 1000;
	const expected = new URL(signedGet(bucket, key, credential, expiresAt), 'http://s3');
	if (expected.searchParams.get('Signature') !== query.get('Signature')) {
		return violation('SignatureDoesNotMatch');
	}
	return expiresAt <= now ? violation('AccessDenied', 'Request has expired') : undefined;
}

/** Header values are bytes: UTF-8 goes out as it came in, control characters do not. */
function asHeader(value: string): string {
	const isSafe = (byte: number) => byte >= 0x20 && byte !== 0x7f;
	return Buffer.from(Buffer.from(value).filter(isSafe)).toString('latin1');
}
