/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import type { IncomingMessage, ServerResponse } from 'node:http';

import { insteadAnswer, pacedBody, sendAnswer, spoilRequest, type Answer } from '../answer';
import type { Effect, Faults } from '../faults';
import type { Grants } from '../oauth/grants';
import { logged, type LoggedRequest } from '../requestLog';
import { notFound, Refusal, refusedFields } from './errors';
import { downloadLocation } from './attachments';
import { pickFields } from './lists';
import { rateLimitHeaders, type RateLimits } from './rateLimits';
import { routes, type CloseContext, type Route } from './routes';

export interface CloseServerContext extends CloseContext {
	faults: Faults;
	requests: LoggedRequest[];
	/** OAuth's access tokens. */
	grants: Grants;
	rateLimits?: RateLimits;
}

const API = '/api/v1';
const DOWNLOADS = ['/go/file/', '/go/sms/'];

/** The body of a 429 is not documented any more: its headers say all. */
const TOO_MANY = { error: 'API call count exceeded for this period' };

/** Answers the paths of api.close.com: `/api/v1/…`, `/go/file/…` and `/go/sms/…`. */
export function closeHandler(context: CloseServerContext) {
	return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const { clock, faults, requests } = context;
		const url = new URL(request.url ?? '/', 'http://close');
		const found = findRoute(request.method ?? '', url.pathname);
		const call = `${request.method ?? ''} ${found?.route.path ?? unroutedCall(url.pathname)}`;
		const entry = logged('close', call, request, clock.now());
		requests.push(entry);
		const effect = faults.take(call);
		if (effect !== undefined) entry.fault = JSON.stringify(effect);
		// Read first: what a client sent whole takes effect even when it does not wait for the answer.
		const text = await readText(request, effect);
		if (text !== '') entry.body = parseJson(text) ?? text;
		if (await spoilRequest(effect, request)) return;

		const handle = () => answerTo(request, url, found, { text, effect }, context);
		const standing = isAuthorized(request, context)
			? context.rateLimits?.take(request.headers.authorization ?? '')
			: undefined;
		const refusal = standing?.isRefused ? json(429, TOO_MANY) : undefined;
		const answer = insteadAnswer(effect) ?? refusal ?? answerOrRefusal(handle);
		const headers = {
			Date: new Date(clock.now()).toUTCString(),
			RateLimit: `limit=100, remaining=${answer.status === 429 ? 0 : 99}, reset=1`,
			...(standing && rateLimitHeaders(standing)),
			...answer.headers,
		};
		if (await sendAnswer(request, response, { ...answer, headers }, effect)) {
			entry.status = answer.status;
		}
	};
}

interface FoundRoute {
	route: Route;
	params: Record<string, string>;
}

function findRoute(method: string, pathname: string): FoundRoute | undefined {
	for (const route of routes) {
		const params = method === route.method ? match(route, pathname) : undefined;
		if (params !== undefined) return { route, params };
	}
	return undefined;
}

function match(route: Route, pathname: string): Record<string, string> | undefined {
	const pattern = `${API}${route.path}`.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)');
	const found = new RegExp(`^${pattern}$`).exec(pathname);
	return found === null ? undefined : { ...found.groups };
}

function unroutedCall(pathname: string): string {
	return downloadOf(pathname) ?? pathname.replace(API, '');
}

/** The beginning that all downloads of a sort have, and by which the log calls them. */
function downloadOf(pathname: string): string | undefined {
	return DOWNLOADS.find((beginning) => pathname.startsWith(beginning));
}

/** The one place where a refusal becomes an answer. */
function answerOrRefusal(handle: () => Answer): Answer {
	try {
		return handle();
	} catch (error) {
		if (error instanceof Refusal) return json(error.status, error.body);
		return json(500, { error: error instanceof Error ? error.stack : String(error) });
	}
}

function answerTo(
	request: IncomingMessage,
	url: URL,
	found: FoundRoute | undefined,
	{ text, effect }: { text: string; effect?: Effect },
	context: CloseServerContext,
): Answer {
	if (!isAuthorized(request, context)) throw new Refusal(401, { error: 'Unauthorized' });
	if (request.method === 'GET' && downloadOf(url.pathname) !== undefined) {
		const headers = { Location: downloadLocation(url.pathname, context) };
		return { status: 302, headers, body: '' };
	}
	if (found === undefined) {
		const isPath = routes.some((route) => match(route, url.pathname) !== undefined);
		throw isPath ? new Refusal(405, { error: 'Method Not Allowed' }) : notFound();
	}

	const { route, params } = found;
	const query = url.searchParams;
	for (const name of query.keys()) {
		if (name !== '_fields' && !(route.parameters ?? []).includes(name)) {
			throw refusedFields({ [name]: 'Extra inputs are not permitted' });
		}
	}
	const body = route.method === 'GET' ? {} : readObject(request, text);
	const answer = route.handle({ params, query, body, effect }, context);
	return json(route.status ?? 200, pickFields(answer, query.get('_fields')));
}

/** An API key as user name with an empty password, or an access token of OAuth. */
function isAuthorized(
	{ headers }: IncomingMessage,
	{ options, grants }: CloseServerContext,
): boolean {
	const keys = [options.apiKey, ...options.moreApiKeys];
	const basic = keys.map((key) => `Basic ${Buffer.from(`${key}:`).toString('base64')}`);
	return basic.includes(headers.authorization ?? '') || grants.accepts(headers.authorization);
}

function readObject(request: IncomingMessage, text: string): Record<string, unknown> {
	const type = request.headers['content-type'] ?? '';
	if (!type.startsWith('application/json')) {
		throw new Refusal(415, { error: 'Unsupported Media Type' });
	}
	const body = parseJson(text);
	if (typeof body !== 'object' || body === null || Array.isArray(body)) {
		throw new Refusal(400, { error: 'The request contains invalid JSON.' });
	}
	return body as Record<string, unknown>;
}

export async function readText(request: IncomingMessage, effect?: Effect): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of pacedBody(request, effect)) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString();
}

export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

export function json(status: number, body: object): Answer {
	const headers = { 'Content-Type': 'application/json' };
	return { status, headers, body: JSON.stringify(body) };
}
