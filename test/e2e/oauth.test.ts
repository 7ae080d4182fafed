import type { CredentialFile } from '../n8n/instance';
import { Session, whenLive } from '../n8n/session';
import { chain, closeFiles, readFiles, webhook } from '../n8n/workflow';
import { callsTo } from '../support/observations';
import { Setting } from './setting';

const REFRESH = 'POST /oauth2/token/';

let setting: Setting;
let session: Session;
let credential: CredentialFile;

beforeAll(async () => {
	setting = await Setting.create();
	const { clientId, clientSecret, ...addresses } = setting.sandbox.oauth.app;
	// n8n 2.x takes hidden addresses from the credential type, whatever is stored.
	setting.n8n.variables.CREDENTIALS_OVERWRITE_DATA = JSON.stringify({ closeOAuth2Api: addresses });
	credential = {
		id: 'closeSandboxOAuth',
		name: 'Close sandbox (OAuth2)',
		type: 'closeOAuth2Api',
		data: { clientId, clientSecret, baseUrl: setting.sandbox.baseUrl },
	};
	for (const name of ['a.pdf', 'b.pdf', 'c.pdf']) await setting.writeFile(name, 20_000);
	const { id, name, type } = credential;
	const workflow = chain(
		'OAuth2',
		webhook('oauth'),
		readFiles(`${setting.n8n.filesFolder}/*.pdf`),
		closeFiles(credential, setting.email({ authentication: 'oAuth2' }), {
			credentials: { [type]: { id, name } },
		}),
	);
	await setting.n8n.import([credential], [workflow]);
	await setting.n8n.start();
	session = await Session.open(setting.n8n.url);
	await session.connect(id);
	await session.publish(workflow.id);
});

afterAll(async () => await setting?.close());

describe('an OAuth2 credential that was connected in n8n', () => {
	const calls = () => callsTo(setting.sandbox);
	// In the server: n8n's command line does not read CREDENTIALS_OVERWRITE_DATA.
	const run = async () => (await whenLive(`${setting.n8n.url}/webhook/oauth`)).status;

	it('was asked for with PKCE, for full access and a refresh token', () => {
		const [authorize] = setting.sandbox.requests;

		const query = new URL(authorize.path, 'http://close').searchParams;
		expect(authorize.call).toBe('GET /oauth2/authorize/');
		expect(query.get('code_challenge_method')).toBe('S256');
		expect(query.get('scope')).toBe('all.full_access offline_access');
		expect(query.get('redirect_uri')).toBe(`${setting.n8n.url}/rest/oauth2-credential/callback`);
		expect(setting.sandbox.requests[1]).toMatchObject({
			call: REFRESH,
			status: 200,
			body: { grant_type: 'authorization_code', code_verifier: expect.any(String) },
		});
	});

	it('lets items through, its token refreshed once each time that it has expired', async () => {
		const statuses = [await run(), await expired(run), await expired(run)];

		expect(statuses).toEqual([200, 200, 200]);
		expect(setting.sandbox.account.emails).toHaveLength(9);
		const renewals = setting.sandbox.requests.filter(({ call }) => call === REFRESH).slice(1);
		expect(renewals.map(({ status }) => status)).toEqual([200, 200]);
	});

	it('fills pick-lists in the editor', async () => {
		const [lead] = setting.sandbox.account.leads;
		const { id, name, type } = credential;

		const answer = await session.request(
			'POST',
			'/dynamic-node-parameters/resource-locator-results',
			{
				path: 'parameters.leadId',
				nodeTypeAndVersion: { name: 'n8n-nodes-close-files.closeFiles', version: 1 },
				methodName: 'searchLeads',
				currentNodeParameters: setting.email({ authentication: 'oAuth2' }),
				credentials: { [type]: { id, name } },
				filter: lead.name.slice(0, 5),
			},
		);

		expect(answer).toMatchObject({ results: [{ name: lead.name, value: lead.id }] });
		expect(calls()).toContain('POST /data/search/');
	});

	/** Ends the access token first, by the sandbox's own path. */
	async function expired<T>(work: () => Promise<T>): Promise<T> {
		const { ok } = await fetch(`${setting.sandbox.url}/sandbox/oauth/expire`, { method: 'POST' });
		expect(ok).toBe(true);
		return await work();
	}
});
