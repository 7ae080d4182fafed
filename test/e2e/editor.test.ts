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

it('lists leads by name in the editor', async () => {
	const [lead] = setting.sandbox.account.leads;

	const answer = await session.request(
		'POST',
		'/dynamic-node-parameters/resource-locator-results',
		{
			path: 'parameters.leadId',
			nodeTypeAndVersion: { name: 'n8n-nodes-close-files.closeFiles', version: 1 },
			methodName: 'searchLeads',
			currentNodeParameters: setting.email(),
			credentials: { closeApi: { id: setting.credential.id, name: setting.credential.name } },
			filter: lead.name.slice(0, 5),
		},
	);

	expect(answer).toMatchObject({ results: [{ name: lead.name, value: lead.id }] });
});
