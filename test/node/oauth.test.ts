import type { ILoadOptionsFunctions, INodeExecutionData } from 'n8n-workflow';
import { CloseFiles } from '../../nodes/CloseFiles/CloseFiles.node';
import { aSandbox } from '../support/aSandbox';
import { aFile, anItem, emailing, itemsWithFiles, sendingNow } from '../support/builders';
import { createPickListContext, type StoredCredential } from '../support/context';
import { bodiesOf, callsTo, errorOf, until, wholeTextOf } from '../support/observations';
import { refreshWithoutTurns } from '../support/unserialisedRefresh';

jest.mock('n8n-workflow', () => jest.requireActual('../support/skipWaits'));

const REFRESH = 'POST /oauth2/token/';

const sandbox = aSandbox();
let oAuth2: StoredCredential;

beforeEach(() => {
	const oauthTokenData = { ...sandbox.oauth.grant() };
	oAuth2 = {
		data: {
			...{ grantType: 'pkce', scope: 'all.full_access offline_access', authentication: 'body' },
			...{ ...sandbox.oauth.app, baseUrl: sandbox.baseUrl, oauthTokenData },
		},
	};
});

const drafting = (items: INodeExecutionData[], parameters = {}) =>
	emailing(sandbox, items, parameters, { oAuth2 });
const fiveItems = async () => await itemsWithFiles(5);
const refreshes = () => sandbox.requests.filter(({ call }) => call === REFRESH);
const tokens = () => oAuth2.data.oauthTokenData as { access_token: string; refresh_token: string };

describe('with OAuth2', () => {
	it('the node sends the access token, and the API key nowhere', async () => {
		await drafting(await fiveItems()).run();

		const toClose = sandbox.requests.filter(({ server }) => server === 'close');
		const sent = new Set(toClose.map(({ headers }) => headers.authorization));
		expect([...sent]).toEqual([`Bearer ${tokens().access_token}`]);
		expect(sandbox.account.emails).toHaveLength(5);
		expect(callsTo(sandbox)).not.toContain('GET /me/');
	});

	it('the token does not reach S3', async () => {
		await drafting(await fiveItems()).run();

		const toS3 = sandbox.requests.filter(({ server }) => server === 's3');
		expect(toS3).toHaveLength(5);
		expect(JSON.stringify(toS3)).not.toContain(tokens().access_token);
	});

	it('pick-lists are filled', async () => {
		const node = new CloseFiles();
		const credential = { ...sandbox, apiKey: 'api_wrong' };
		const context = createPickListContext(node, { credential, parameters: {}, oAuth2 }, 'leadId');

		const list = await node.methods.listSearch.searchLeads.call(
			context as unknown as ILoadOptionsFunctions,
			'bluth',
		);

		expect(list.results.map(({ name }) => name)).toEqual(['Bluth Company']);
	});

	it('the token goes over plain http to this machine only', async () => {
		oAuth2.data.baseUrl = 'http://close.example/api/v1';

		const error = await errorOf(drafting(await fiveItems()));

		expect(error.message).toBe("'Base URL' of the credential cannot be used: http://close.example");
	});

	it('a credential that was never connected is refused before any request', async () => {
		delete oAuth2.data.oauthTokenData;

		const error = await errorOf(drafting(await fiveItems()));

		expect(error.message).toBe('The credential is not connected to Close yet');
		expect(sandbox.requests).toEqual([]);
	});

	it('a refusal of Close reads as with a key, and is not asked about again', async () => {
		const effect = { status: 400, body: { 'field-errors': { to: 'Bad one.' } } };
		sandbox.faults.add({ call: 'POST /activity/email/', effect, times: Infinity });

		const error = await errorOf(drafting([anItem(await aFile())]));

		expect(error.message).toBe("Close refused to create the email: 'To' Bad one.");
		expect(bodiesOf(sandbox, 'POST /activity/email/')).toHaveLength(1);
	});

	it('a redirect is a refusal', async () => {
		const effect = { redirect: 'http://127.0.0.1:9/' };
		sandbox.faults.add({ call: 'POST /activity/email/', effect });

		const error = await errorOf(drafting([anItem(await aFile())]));

		expect(error.message).toBe('Close refused to create the email (HTTP status 307)');
	});
});

describe.each([
	['n8n 2.x, which refreshes one at a time', () => undefined],
	['n8n 1.x, where each call refreshes by itself', refreshWithoutTurns],
])('an expired token with %s', (_which, prepare) => {
	beforeEach(() => void prepare());
	afterEach(() => void jest.restoreAllMocks());

	it('is refreshed once for five parallel items', async () => {
		sandbox.oauth.expire();

		const output = await drafting(await fiveItems()).run();

		expect(output.filter(({ json }) => 'error' in json)).toEqual([]);
		expect(sandbox.account.emails).toHaveLength(5);
		expect(refreshes().map(({ status }) => status)).toEqual([200]);
	});

	it('is refreshed once when it expires while items are worked on', async () => {
		const items = await fiveItems();
		const before = tokens().access_token;
		sandbox.faults.add({ call: 'POST s3', effect: { delayMs: 50 }, times: 5 });
		const run = drafting(items, sendingNow).run();
		await until(() => callsTo(sandbox).filter((call) => call === 'POST s3').length === 5);
		sandbox.oauth.expire();

		await run;

		expect(refreshes().map(({ status }) => status)).toEqual([200]);
		expect(sandbox.account.deliveries).toHaveLength(5);
		expect(tokens().access_token).not.toBe(before);
	});

	it('is refreshed once for executions that run side by side', async () => {
		sandbox.oauth.expire();

		const runs = [drafting(await fiveItems()), drafting(await itemsWithFiles(3))];
		await Promise.all(runs.map(async ({ run }) => await run()));

		expect(sandbox.account.emails).toHaveLength(8);
		expect(refreshes().map(({ status }) => status)).toEqual([200]);
	});

	it('is refreshed again with the refresh token that came with the last refresh', async () => {
		for (let round = 0; round < 3; round++) {
			sandbox.oauth.expire();
			await drafting(await fiveItems()).run();
		}

		const sent = bodiesOf(sandbox, REFRESH).map((body) => body.refresh_token);
		expect(new Set(sent).size).toBe(3);
		expect(refreshes().map(({ status }) => status)).toEqual([200, 200, 200]);
	});

	it('that cannot be refreshed any more asks to reconnect, and is tried once', async () => {
		sandbox.oauth.revoke();
		const { access_token, refresh_token } = tokens();

		const error = await errorOf(drafting(await fiveItems()));

		expect(error.message).toMatch(/^Close did not accept the credential to upload the file/);
		expect(error.description).toContain('Open the credential in n8n and reconnect it');
		expect(error.failure).toEqual({ cause: 'credential-invalid' });
		expect(refreshes().map(({ status }) => status)).toEqual([400]);
		expect(wholeTextOf(error)).not.toContain(access_token);
		expect(wholeTextOf(error)).not.toContain(refresh_token);
		expect(wholeTextOf(error)).not.toContain(sandbox.oauth.app.clientSecret);
	});

	it.each([
		['answers 503', { status: 503 }],
		['cuts the connection', { reset: 'before' as const }],
	])('waits for a token endpoint that %s', async (_what, effect) => {
		sandbox.oauth.expire();
		sandbox.faults.add({ call: REFRESH, effect, times: 2 });

		await drafting([anItem(await aFile())]).run();

		expect(sandbox.account.emails).toHaveLength(1);
		expect(refreshes()).toHaveLength(3);
	});

	it('creates the email once although it expires right before', async () => {
		const expiring = drafting([anItem(await aFile())]);
		sandbox.faults.add({
			call: 'POST /activity/email/',
			effect: { status: 401, body: { error: 'Unauthorized' } },
		});

		await expiring.run();

		expect(sandbox.account.emails).toHaveLength(1);
		expect(bodiesOf(sandbox, 'POST /activity/email/')).toHaveLength(2);
	});

	it('goes on with a token that another n8n process has stored meanwhile', async () => {
		sandbox.oauth.revoke();
		const elsewhere = { ...sandbox.oauth.grant() };
		sandbox.faults.add({ call: REFRESH, effect: { delayMs: 50 } });
		const run = drafting([anItem(await aFile())]).run();
		await until(() => refreshes().length > 0);
		oAuth2.data.oauthTokenData = elsewhere;

		await run;

		expect(sandbox.account.emails).toHaveLength(1);
		expect(refreshes().map(({ status }) => status)).toEqual([400]);
	});
});
