/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests never ship */
import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Transform, type Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Effect } from './faults';

/** An answer before it is sent, so that faults can spoil it. */
export interface Answer {
	status: number;
	headers: Record<string, string>;
	/** Text, or a file on disk of `size` bytes. */
	body: string | { path: string; size: number };
}

/** How long an early refusal keeps reading, so that the client gets to read the answer. */
const DRAIN_MS = 2000;

const HTML_PAGE = '<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>';

/**
 * Carries out what an effect does before the request is handled.
 *
 * `true` when the request is not to be handled: it was reset or stays without an answer.
 */
export async function spoilRequest(
	effect: Effect | undefined,
	request: IncomingMessage,
): Promise<boolean> {
	if (effect === undefined) return false;
	if ('delayMs' in effect) await sleep(effect.delayMs);
	if ('reset' in effect && effect.reset === 'before') {
		request.socket.resetAndDestroy();
		return true;
	}
	return 'timeout' in effect && effect.timeout === true;
}

/** The answer that an effect gives instead of handling the request. */
export function insteadAnswer(effect: Effect | undefined): Answer | undefined {
	if (effect === undefined) return undefined;
	if ('redirect' in effect)
		return { status: 307, headers: { Location: effect.redirect }, body: '' };
	if (!('status' in effect)) return undefined;
	const { status, headers = {}, body = {} } = effect;
	const isText = typeof body === 'string';
	return {
		status,
		headers: { 'Content-Type': isText ? 'text/plain' : 'application/json', ...headers },
		body: isText ? body : JSON.stringify(body),
	};
}

/** Sends an answer, spoiled by the effect. `false` when the client gets none. */
export async function sendAnswer(
	request: IncomingMessage,
	response: ServerResponse,
	answer: Answer,
	effect: Effect | undefined,
): Promise<boolean> {
	if (request.socket.destroyed) return false;
	if (effect !== undefined && 'timeout' in effect) return false;
	if (effect !== undefined && 'reset' in effect) {
		request.socket.resetAndDestroy();
		return false;
	}

	const { status, headers, body } = spoilBody(answer, effect);
	for (const [name, value] of Object.entries(headers)) {
		if (value !== '') response.setHeader(name, value);
	}
	if (typeof body !== 'string') {
		response.writeHead(status, { 'Content-Length': body.size });
		createReadStream(body.path, { highWaterMark: 1 << 20 }).pipe(response);
		return true;
	}

	// 204 and 304 have no body and no length (RFC 9110, 8.6).
	if (status !== 204) response.setHeader('Content-Length', Buffer.byteLength(body));
	if (effect !== undefined && 'body' in effect && effect.body === 'truncated') {
		response.writeHead(status);
		response.write(body.slice(0, body.length / 2), () => request.socket.destroy());
		return true;
	}
	if (request.complete || request.headers['content-length'] === undefined) {
		response.writeHead(status).end(body);
		return true;
	}

	// The client still writes. Ending now would reset the connection under the answer, so the
	// answer goes out, the rest of the request is read, and only then the connection ends.
	response.writeHead(status, { Connection: 'close' });
	response.write(body);
	await drained(request);
	response.end();
	return true;
}

function spoilBody(answer: Answer, effect: Effect | undefined): Answer {
	if (effect !== undefined && 'statusAfter' in effect) {
		return {
			status: effect.statusAfter,
			headers: { 'Content-Type': 'text/html' },
			body: HTML_PAGE,
		};
	}
	if (effect === undefined || !('body' in effect)) return answer;
	// Only the kind "instead of the handling" has a body that is no keyword; it is spoiled already.
	if ('status' in effect) return answer;
	if (effect.body === 'html') {
		return {
			...answer,
			headers: { ...answer.headers, 'Content-Type': 'text/html' },
			body: HTML_PAGE,
		};
	}
	if (effect.body === 'empty') return { ...answer, body: '' };
	if (effect.body === 'wrongContentType') {
		return {
			...answer,
			headers: { ...answer.headers, 'Content-Type': 'text/html; charset=utf-8' },
		};
	}
	return answer;
}

/** Resolves when the request's body has ended, its connection has closed, or 2 s have passed. */
async function drained(request: IncomingMessage): Promise<void> {
	const stop = new AbortController();
	const over = new Promise<void>((resolve) => {
		request.once('end', resolve).once('close', resolve).once('error', resolve);
	});
	request.unpipe();
	request.resume();
	await Promise.race([over, sleep(DRAIN_MS, undefined, { signal: stop.signal }).catch(() => {})]);
	stop.abort();
}

/** The request's body; with the effect `slowReadBytesPerSecond`, read at that pace on average. */
export function pacedBody(request: IncomingMessage, effect: Effect | undefined): Readable {
	if (effect === undefined || !('slowReadBytesPerSecond' in effect)) return request;
	const { slowReadBytesPerSecond } = effect;
	const begun = performance.now();
	let read = 0;
	const paced = new Transform({
		transform(chunk: Buffer, _encoding, done) {
			read += chunk.length;
			const aheadMs = (read / slowReadBytesPerSecond) * 1000 - (performance.now() - begun);
			// Timers are good to about 1 ms; shorter waits add up until they are worth one.
			if (aheadMs < 2) done(null, chunk);
			else setTimeout(() => done(null, chunk), aheadMs);
		},
	});
	request.once('error', (error) => paced.destroy(error));
	request.once('close', () => {
		if (!request.complete) paced.destroy();
	});
	return request.pipe(paced);
}
