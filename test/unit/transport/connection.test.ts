import type { ILoadOptionsFunctions } from 'n8n-workflow';
import {
	checkedBaseUrl,
	isLoopback,
	openConnection,
} from '../../../nodes/CloseFiles/transport/connection';
import { refusalOf } from '../caught';
import { aContext } from '../context';

describe('the base URL', () => {
	it.each([
		['https://api.close.com/api/v1', 'https://api.close.com/api/v1'],
		['https://api.close.com/api/v1///', 'https://api.close.com/api/v1'],
		['HTTPS://API.Close.com:443/api/v1', 'https://api.close.com/api/v1'],
		['https://proxy.example.com:8443', 'https://proxy.example.com:8443'],
		['https://10.0.0.5/api/v1', 'https://10.0.0.5/api/v1'],
		['http://localhost:4010/api/v1', 'http://localhost:4010/api/v1'],
		['http://LOCALHOST/', 'http://localhost'],
		['http://close.localhost:80/', 'http://close.localhost'],
		['http://127.0.0.1:4010/api/v1/', 'http://127.0.0.1:4010/api/v1'],
		['http://127.255.255.254', 'http://127.255.255.254'],
		['http://127.1/', 'http://127.0.0.1'],
		['http://0x7f000001/', 'http://127.0.0.1'],
		['http://[::1]:4010/api/v1', 'http://[::1]:4010/api/v1'],
	])('may be %s', (given, used) => {
		expect(checkedBaseUrl(given)).toBe(used);
	});

	it.each([
		['http://api.close.com/api/v1'],
		['http://localhost.evil.com/'],
		['http://127.0.0.1.evil.com/'],
		['http://evil.com/localhost'],
		['http://evillocalhost/'],
		['http://localhost./'],
		['http://128.0.0.1/'],
		['http://0.0.0.0/'],
		['http://10.0.0.5/'],
		['http://169.254.169.254/'],
		['http://[::]/'],
		['http://[::ffff:127.0.0.1]/'],
		['http://[fe80::1]/'],
		['http://127.0.0.1@evil.com/'],
		['https://user:secret@api.close.com/'],
		['https://user@api.close.com/'],
		['http://:secret@localhost/'],
		['https://api.close.com/?key=secret'],
		['https://api.close.com/#secret'],
		['ftp://localhost/'],
		['ws://localhost/'],
		['file:///etc/passwd'],
		['javascript:secret'],
		['localhost:4010'],
		['api.close.com/api/v1'],
		['https://'],
		[''],
	])('cannot be %s', async (given) => {
		const { message, advice, failure } = await refusalOf(() => checkedBaseUrl(given));

		expect(message).toContain("'Base URL' of the credential");
		expect(advice).toContain('Set it to https://api.close.com/api/v1');
		expect(message).not.toContain('secret');
		expect(failure).toEqual({ cause: 'configuration-invalid' });
	});

	it.each([['localhost'], ['a.b.localhost'], ['127.0.0.1'], ['[::1]']])(
		'%s is loopback',
		(host) => {
			expect(isLoopback(host)).toBe(true);
		},
	);

	it.each([[''], ['.com'], ['127.0.0'], ['127.0.0.1.5'], ['x127.0.0.1'], ['::1'], ['[::2]']])(
		'%j is not loopback',
		(host) => {
			expect(isLoopback(host)).toBe(false);
		},
	);
});

describe('a connection', () => {
	it('leads to Close unless the credential says otherwise', async () => {
		const { baseUrl, credentialType } = await openConnection(aContext());

		expect([baseUrl, credentialType]).toEqual(['https://api.close.com/api/v1', 'closeApi']);
	});

	it.each([
		['apiKey', 'closeApi'],
		['oAuth2', 'closeOAuth2Api'],
	])('has for the authentication %s the credential %s', async (authentication, type) => {
		const asked: string[] = [];
		const getCredentials = async (name: string) => {
			asked.push(name);
			return { oauthTokenData: { access_token: 'token' } };
		};
		const context = { ...aContext({ parameters: { authentication } }), getCredentials };

		const { credentialType } = await openConnection(context as never);

		expect([credentialType, asked]).toEqual([type, [type]]);
	});

	it.each([[undefined], [{}], [{ access_token: '' }]])(
		'is refused for OAuth2 with the token data %j',
		async (oauthTokenData) => {
			const context = {
				...aContext({ parameters: { authentication: 'oAuth2' } }),
				getCredentials: async () => ({ oauthTokenData }),
			};

			const { message, failure } = await refusalOf(
				async () => await openConnection(context as never),
			);

			expect(message).toBe('The credential is not connected to Close yet');
			expect(failure).toEqual({ cause: 'configuration-invalid' });
		},
	);

	it('leads to where the credential says', async () => {
		const context = aContext({ baseUrl: 'http://127.0.0.1:4010/api/v1/' });

		expect((await openConnection(context)).baseUrl).toBe('http://127.0.0.1:4010/api/v1');
	});

	it('is refused before any request when that is nowhere safe', async () => {
		const context = aContext({ baseUrl: 'http://evil.com/' });

		const { message } = await refusalOf(async () => await openConnection(context));

		expect(message).toContain('http://evil.com');
	});

	it.each([
		['as many slots as items may be under way', { maxParallel: 3 }, 3],
		['one slot for pick-lists', {}, 1],
	])('has %s', async (_what, options, count) => {
		const { slots } = await openConnection(aContext(), options);

		const endless = jest.fn(async () => await new Promise(() => {}));
		for (let n = 0; n < 5; n += 1) void slots(endless);

		expect(endless).toHaveBeenCalledTimes(count);
	});

	it('holds n8n’s cancel signal where n8n has one', async () => {
		const { signal } = new AbortController();
		const context = { ...aContext(), getExecutionCancelSignal: () => signal };

		expect((await openConnection(context)).signal).toBe(signal);
	});

	it('opens for pick-lists, which n8n cannot cancel', async () => {
		const context = { ...aContext() } as Record<string, unknown>;
		delete context.getExecutionCancelSignal;

		const { signal } = await openConnection(context as unknown as ILoadOptionsFunctions);

		expect(signal).toBeUndefined();
	});

	it('never holds the key', async () => {
		const held = { ...(await openConnection(aContext())), context: undefined };

		expect(JSON.stringify(held)).not.toContain('api_secret');
	});
});
