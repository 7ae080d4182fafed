/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isIP } from 'node:net';

import { insteadAnswer, pacedBody, sendAnswer, spoilRequest, type Answer } from '../answer';
import type { Clock } from '../clock';
import type { Effect, Faults } from '../faults';
import { logged, type LoggedRequest } from '../requestLog';
import { isViolation, refusalAnswer, violation, type Violation } from './errors';
import { getObject } from './getObject';
import { postObject } from './postObject';
import type { S3Credential } from './signature';
import type { Store } from './store';

export interface S3Context {
	store: Store;
	credentials: S3Credential[];
	clock: Clock;
	faults: Faults;
	requests: LoggedRequest[];
}

/** Answers S3's POST, GET and HEAD Object, and PUT Bucket. */
export function s3Handler(context: S3Context) {
	return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const { clock, faults, requests } = context;
		const call = `${request.method ?? ''} s3`;
		const entry = logged('s3', call, request, clock.now());
		requests.push(entry);
		const effect = faults.take(call);
		if (effect !== undefined) entry.fault = JSON.stringify(effect);
		if (await spoilRequest(effect, request)) return;

		const requestId = randomBytes(8).toString('hex').toUpperCase();
		const result = injected(effect) ?? (await handle(request, entry, effect, context));
		const answer = isViolation(result) ? refusalAnswer(result, requestId) : result;
		const headers = {
			Date: new Date(clock.now()).toUTCString(),
			'x-amz-request-id': requestId,
			Server: 'AmazonS3',
			...answer.headers,
		};
		if (await sendAnswer(request, response, { ...answer, headers }, effect)) {
			entry.status = answer.status;
		}
	};
}

function injected(effect: Effect | undefined): Answer | Violation | undefined {
	if (effect !== undefined && 's3Error' in effect) return violation(effect.s3Error);
	return insteadAnswer(effect);
}

async function handle(
	request: IncomingMessage,
	entry: LoggedRequest,
	effect: Effect | undefined,
	context: S3Context,
): Promise<Answer | Violation> {
	const { store, credentials, clock } = context;
	const { bucket, key, query, base } = address(request);
	const method = request.method ?? '';

	if (method === 'POST' && key === '') {
		const body = pacedBody(request, effect);
		const now = () => clock.now();
		return await postObject(request, body, { store, credentials, now, bucket, base, entry });
	}
	if (method === 'PUT' && key === '') {
		if (!isKnownKey(request, credentials)) return violation('AccessDenied');
		if (!store.createBucket(bucket)) return violation('BucketAlreadyOwnedByYou');
		return { status: 200, headers: { Location: `/${bucket}` }, body: '' };
	}
	if ((method === 'GET' || method === 'HEAD') && key !== '') {
		const { authorization } = request.headers;
		const isSigned = isKnownKey(request, credentials);
		return getObject(
			{ store, credentials, now: clock.now() },
			{ bucket, key, query, authorization, isSigned },
		);
	}
	return violation('MethodNotAllowed');
}

/** Signatures in headers are not computed here: only the conformance run uses them. */
function isKnownKey(request: IncomingMessage, credentials: S3Credential[]): boolean {
	const sent = /^AWS4-HMAC-SHA256 Credential=([^/]+)\//.exec(request.headers.authorization ?? '');
	return credentials.some(({ accessKeyId }) => accessKeyId === sent?.[1]);
}

/**
 * `http://HOST/BUCKET/KEY`, or `http://BUCKET.HOST/KEY` when the host is a name with a dot.
 * `base` is what the bucket's keys follow in a URL.
 */
function address(request: IncomingMessage) {
	const { searchParams: query, pathname } = new URL(request.url ?? '/', 'http://s3');
	const { host = '' } = request.headers;
	const [hostname] = host.split(':');
	const path = decodeURIComponent(pathname.slice(1));
	if (hostname.includes('.') && isIP(hostname) === 0) {
		return { bucket: hostname.split('.')[0], key: path, query, base: `http://${host}` };
	}
	const [bucket, ...key] = path.split('/');
	return { bucket, key: key.join('/'), query, base: `http://${host}/${bucket}` };
}
