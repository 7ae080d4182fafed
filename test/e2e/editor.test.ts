import type { INodeListSearchResult } from 'n8n-workflow';

import { Session } from '../n8n/session';
import { Setting } from './setting';

let setting: Setting;
let session: Session;

beforeAll(async () => {
	setting = await Setting.create();
	await setting.n8n.import([setting.credential], []);
	await setting.n8n.start();
	session = await Session.open(setting.n8n.url);
});

afterAll(async () => await setting?.close());

describe("the credential's test in n8n", () => {
	const test = async (apiKey: string) => {
		const { id, name, type, data } = setting.credential;
		const credentials = { id, name, type, data: { ...data, apiKey } };
		return await session.request<{ status: string; message: string }>('POST', '/credentials/test', {
			credentials,
		});
	};

	it('succeeds with the right key', async () => {
		expect(await test(setting.sandbox.apiKey)).toMatchObject({ status: 'OK' });
	});

	it('tells of a wrong key', async () => {
		expect(await test('api_wrong')).toMatchObject({ status: 'Error' });
	});
});

describe('a pick-list in the editor', () => {
	/** What the editor asks for when a list is opened or searched, with the form as it is filled in. */
	const look = async (methodName: string, field: string, filter?: string) =>
		await session.request<INodeListSearchResult>(
			'POST',
			'/dynamic-node-parameters/resource-locator-results',
			{
				path: `parameters.${field}`,
				nodeTypeAndVersion: { name: 'n8n-nodes-close-files.closeFiles', version: 1 },
				methodName,
				// The editor sends the whole form, defaults included.
				currentNodeParameters: setting.email({ authentication: 'apiKey' }),
				credentials: { closeApi: { id: setting.credential.id, name: setting.credential.name } },
				filter,
			},
		);

	it('finds leads by name', async () => {
		const [{ id, name }] = setting.sandbox.account.leads;

		expect(await look('searchLeads', 'leadId', name.slice(0, 5))).toMatchObject({
			results: [{ name, value: id }],
		});
	});

	it('shows the contacts of the chosen lead', async () => {
		const [{ contacts }] = setting.sandbox.account.leads;

		const { results } = await look('searchContacts', 'additionalFields.contactId');

		expect(results.map(({ value }) => value)).toEqual(contacts.map(({ id }) => id));
	});

	it('shows the addresses to send from', async () => {
		const { results } = await look('searchSenders', 'sender', 'sales');

		expect(results).toEqual([
			{ name: 'Sales Team (sales@sandbox.example)', value: 'Sales Team <sales@sandbox.example>' },
		]);
	});
});
