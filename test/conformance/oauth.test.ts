import { createHash } from 'node:crypto';

import { startSandbox } from '../sandbox/server';
import { basic, eachWith, send, type Reply } from './client';

const sandbox = eachWith(async () => await startSandbox());

const REDIRECT = 'https://n8n.example/rest/oauth2-credential/callback';
const VERIFIER = 'a'.repeat(43);
const challenge = createHash('sha256').update(VERIFIER).digest('base64url');

/** What the browser gets at the page that approves. */
async function authorize(changes: Record<string, string> = {}): Promise<Reply> {
	const query = new URLSearchParams({
		client_id: sandbox().oauth.app.clientId,
		redirect_uri: REDIRECT,
		response_type: 'code',
		state: 'state 1',
		code_challenge: challenge,
		code_challenge_method: 'S256',
		...changes,
	});
	return await send(`${sandbox().oauth.app.authUrl}?${query.toString()}`);
}

const answered = ({ headers }: Reply, name: string) =>
	new URL(headers.get('location') ?? '').searchParams.get(name);

async function token(fields: Record<string, string>, init: RequestInit = {}): Promise<Reply> {
	const { clientId, clientSecret, accessTokenUrl } = sandbox().oauth.app;
	const body = new URLSearchParams({
		client_id: clientId,
		client_secret: clientSecret,
		...fields,
	});
	return await send(accessTokenUrl, { method: 'POST', body, ...init });
}

const redemption = (code: string | null) => ({
	grant_type: 'authorization_code',
	code: code ?? '',
	redirect_uri: REDIRECT,
	code_verifier: VERIFIER,
});

const refreshing = (refresh: string) => ({ grant_type: 'refresh_token', refresh_token: refresh });

const me = async (accessToken: string) =>
	(await send(`${sandbox().baseUrl}/me/`, { headers: { authorization: `Bearer ${accessToken}` } }))
		.status;

describe('the sandbox as authorization server', () => {
	it('leads back with a code and the state, and gives tokens for the code', async () => {
		const approved = await authorize();
		const { status, json } = await token(redemption(answered(approved, 'code')));

		expect([approved.status, answered(approved, 'state'), status]).toEqual([302, 'state 1', 200]);
		expect(json).toEqual({
			access_token: expect.any(String),
			token_type: 'Bearer',
			expires_in: 3600,
			refresh_token: expect.any(String),
			scope: 'all.full_access offline_access',
			organization_id: sandbox().account.organizationId,
			user_id: sandbox().account.owner.id,
		});
		expect(await me(json.access_token)).toBe(200);
	});

	it.each([
		['no PKCE', { code_challenge: '' }, 'invalid_request'],
		['the plain method of PKCE', { code_challenge_method: 'plain' }, 'invalid_request'],
		['another response type', { response_type: 'token' }, 'unsupported_response_type'],
	])('leads back with a refusal for %s', async (_what, changes, error) => {
		const reply = await authorize(changes);

		expect([answered(reply, 'error'), answered(reply, 'state')]).toEqual([error, 'state 1']);
		expect(answered(reply, 'code')).toBeNull();
	});

	it.each([
		['an unknown client', { client_id: 'oa2client_other' }],
		['a redirect over plain http elsewhere', { redirect_uri: 'http://n8n.example/callback' }],
		['a redirect that is no URL', { redirect_uri: 'callback' }],
	])('leads nowhere for %s', async (_what, changes) => {
		expect((await authorize(changes)).status).toBe(400);
	});

	it.each([
		['a second time', {}],
		['with another verifier', { code_verifier: 'b'.repeat(43) }],
		['without a verifier', { code_verifier: '' }],
		['with another redirect URI', { redirect_uri: 'https://other.example/' }],
		['that was never given', { code: 'code_other' }],
	])('refuses a code %s', async (what, changes) => {
		const code = answered(await authorize(), 'code');
		if (what === 'a second time') await token(redemption(code));

		const { status, json } = await token({ ...redemption(code), ...changes });

		expect([status, json]).toEqual([400, { error: 'invalid_grant' }]);
	});

	it('refuses a code after ten minutes', async () => {
		const code = answered(await authorize(), 'code');
		sandbox().clock.advance(600_000);

		expect((await token(redemption(code))).status).toBe(400);
	});

	it.each([
		['no secret', { client_secret: '' }, {}, 401],
		['another secret', { client_secret: 'other' }, {}, 401],
		['a secret in the body and one in the header', {}, { authorization: basic('other') }, 400],
		['a body that is not a form', {}, { 'content-type': 'application/json' }, 400],
	])('refuses a client with %s', async (_what, fields, headers, status) => {
		const { refresh_token: refresh } = sandbox().oauth.grant();

		const reply = await token({ ...refreshing(refresh), ...fields }, { headers });

		expect(reply.status).toBe(status);
		expect((await token(refreshing(refresh))).status).toBe(200);
	});

	it('takes the secret from the header as well', async () => {
		const { clientId, clientSecret, accessTokenUrl } = sandbox().oauth.app;
		const { refresh_token: refresh } = sandbox().oauth.grant();

		const reply = await send(accessTokenUrl, {
			method: 'POST',
			headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
			body: new URLSearchParams(refreshing(refresh)),
		});

		expect(reply.status).toBe(200);
	});

	it('refuses another grant type', async () => {
		const { json } = await token({ grant_type: 'password' });

		expect(json).toEqual({ error: 'unsupported_grant_type' });
	});

	it('gives another refresh token with every refresh, and refuses the one before', async () => {
		const first = sandbox().oauth.grant().refresh_token;

		const second = (await token(refreshing(first))).json.refresh_token as string;
		const again = await token(refreshing(first));

		expect(second).not.toBe(first);
		expect([again.status, again.json]).toEqual([400, { error: 'invalid_grant' }]);
		expect((await token(refreshing(second))).status).toBe(200);
	});

	it('lets an access token live for an hour', async () => {
		const { access_token: access } = sandbox().oauth.grant();

		sandbox().clock.advance(3_599_000);
		const before = await me(access);
		sandbox().clock.advance(1_000);

		expect([before, await me(access)]).toEqual([200, 401]);
	});

	it('ends access tokens when it is told to, but no refresh token', async () => {
		const { access_token: access, refresh_token: refresh } = sandbox().oauth.grant();

		await send(`${sandbox().url}/sandbox/oauth/expire`, { method: 'POST' });

		expect([await me(access), (await token(refreshing(refresh))).status]).toEqual([401, 200]);
	});

	it('revokes an access token and a refresh token', async () => {
		const { access_token: access, refresh_token: refresh } = sandbox().oauth.grant();
		const { clientId, clientSecret } = sandbox().oauth.app;
		for (const each of [access, refresh]) {
			const fields = { client_id: clientId, client_secret: clientSecret, token: each };
			const body = new URLSearchParams(fields);
			await send(`${sandbox().url}/oauth2/revoke/`, { method: 'POST', body });
		}

		expect([await me(access), (await token(refreshing(refresh))).status]).toEqual([401, 400]);
	});

	it('is strict about the slash at the end', async () => {
		expect((await send(sandbox().oauth.app.authUrl.slice(0, -1))).status).toBe(404);
	});
});
