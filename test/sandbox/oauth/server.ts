/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import type { IncomingMessage, ServerResponse } from 'node:http';

import { insteadAnswer, sendAnswer, spoilRequest, type Answer } from '../answer';
import type { Clock } from '../clock';
import { json, readText } from '../close/server';
import type { Faults } from '../faults';
import { logged, type LoggedRequest } from '../requestLog';
import type { Grants } from './grants';

interface OAuthContext {
	grants: Grants;
	clock: Clock;
	faults: Faults;
	requests: LoggedRequest[];
}

/** What the endpoints look at. */
interface OAuthRequest {
	query: URLSearchParams;
	form: URLSearchParams;
	headers: IncomingMessage['headers'];
}

/**
 * Close's authorization server: `/oauth2/authorize/`, `/oauth2/token/`, `/oauth2/revoke/`. The first
 * is on app.close.com, where a user approves; here it approves at once.
 *
 * @see https://developer.close.com/api/overview/oauth-authentication
 * @see https://www.rfc-editor.org/rfc/rfc6749
 */
export function oAuthHandler(context: OAuthContext) {
	return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const { clock, faults, requests, grants } = context;
		const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://close');
		const call = `${request.method ?? ''} ${pathname}`;
		const entry = logged('close', call, request, clock.now());
		requests.push(entry);
		const effect = faults.take(call);
		if (effect !== undefined) entry.fault = JSON.stringify(effect);
		const text = await readText(request, effect);
		const form = new URLSearchParams(text);
		if (text !== '') entry.body = Object.fromEntries(form);
		if (await spoilRequest(effect, request)) return;

		const { headers } = request;
		const answer = insteadAnswer(effect) ?? answerTo(call, { query, form, headers }, grants);
		if (await sendAnswer(request, response, answer, effect)) entry.status = answer.status;
	};
}

function answerTo(call: string, request: OAuthRequest, grants: Grants): Answer {
	switch (call) {
		case 'GET /oauth2/authorize/':
			return authorization(request, grants);
		case 'POST /oauth2/token/':
			return refusedClient(request, grants) ?? tokens(request, grants);
		case 'POST /oauth2/revoke/':
			return refusedClient(request, grants) ?? revocation(request, grants);
		default:
			return json(404, { error: 'The requested URL was not found on the server.' });
	}
}

/** Sends the browser back with a code, or says why not, as RFC 6749 (4.1.2.1) and RFC 7636 have it. */
function authorization({ query }: OAuthRequest, grants: Grants): Answer {
	const redirectUri = query.get('redirect_uri') ?? '';
	if (query.get('client_id') !== grants.client.id) return refused(400, 'invalid_client');
	if (!mayRedirectTo(redirectUri)) return refused(400, 'invalid_request', 'redirect_uri');

	const target = new URL(redirectUri);
	const challenge = query.get('code_challenge') ?? '';
	const isS256 = query.get('code_challenge_method') === 'S256' && /^[\w-]{43}$/.test(challenge);
	if (query.get('response_type') !== 'code') {
		target.searchParams.set('error', 'unsupported_response_type');
	} else if (!isS256) {
		target.searchParams.set('error', 'invalid_request');
	} else {
		target.searchParams.set('code', grants.authorize({ redirectUri, challenge }));
	}
	const state = query.get('state');
	if (state !== null) target.searchParams.set('state', state);
	return { status: 302, headers: { Location: target.href }, body: '' };
}

/** Close takes https only; here also plain http to this machine, where n8n runs in tests. */
function mayRedirectTo(redirectUri: string): boolean {
	if (!URL.canParse(redirectUri)) return false;
	const url = new URL(redirectUri);
	return url.protocol === 'https:' || ['127.0.0.1', 'localhost'].includes(url.hostname);
}

/** The client's secret comes in the body or by HTTP Basic, and not in both (RFC 6749, 2.3). */
function refusedClient({ form, headers }: OAuthRequest, { client }: Grants): Answer | undefined {
	if (headers['content-type']?.split(';')[0] !== 'application/x-www-form-urlencoded') {
		return refused(400, 'invalid_request', 'content-type');
	}
	const inBody = form.has('client_secret');
	const inHeader = headers.authorization !== undefined;
	if (inBody && inHeader) return refused(400, 'invalid_request', 'client_secret');

	const given = inHeader
		? headers.authorization
		: basic(form.get('client_id') ?? '', form.get('client_secret') ?? '');
	return given === basic(client.id, client.secret) ? undefined : refused(401, 'invalid_client');
}

function tokens({ form }: OAuthRequest, grants: Grants): Answer {
	const field = (name: string) => form.get(name) ?? '';
	switch (form.get('grant_type')) {
		case 'authorization_code': {
			const reply = grants.redeem({
				code: field('code'),
				redirectUri: field('redirect_uri'),
				verifier: field('code_verifier'),
			});
			return reply === undefined ? refused(400, 'invalid_grant') : json(200, reply);
		}
		case 'refresh_token': {
			const reply = grants.refresh(field('refresh_token'));
			return reply === undefined ? refused(400, 'invalid_grant') : json(200, reply);
		}
		default:
			return refused(400, 'unsupported_grant_type');
	}
}

/** Succeeds for tokens that do not exist too (RFC 7009, 2.2). */
function revocation({ form }: OAuthRequest, grants: Grants): Answer {
	grants.revoke(form.get('token') ?? '');
	return json(200, {});
}

function refused(status: number, error: string, about?: string): Answer {
	return json(status, { error, ...(about && { error_description: `Invalid ${about}` }) });
}

function basic(id: string, secret: string): string {
	return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
}
