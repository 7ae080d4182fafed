import { startSandbox } from '../sandbox/server';
import { close, eachWith } from './client';

const sandbox = eachWith(async () => await startSandbox());

describe('the pick-lists', () => {
	const query = (mode: string, value: string) => ({
		type: 'and',
		queries: [
			{ type: 'object_type', object_type: 'lead' },
			{
				type: 'field_condition',
				field: { type: 'regular_field', object_type: 'lead', field_name: 'display_name' },
				condition: { type: 'text', mode, value },
			},
		],
	});
	const search = async (body: object) => await close(sandbox(), 'POST /data/search/', body);

	it.each([
		['beginning_of_words', 'blu comp', ['Bluth Company']],
		['beginning_of_words', 'luth', []],
		['full_words', 'press', ['Quillfeather Press']],
		['phrase', 'r & s', ['Harbour & Sons Ltd']],
	])('find leads by %s of %s', async (mode, value, names) => {
		const _fields = { lead: ['id', 'display_name'] };

		const { json } = await search({ query: query(mode, value), _fields });

		expect(json.data.map((lead: { display_name: string }) => lead.display_name)).toEqual(names);
	});

	it('page through leads with a cursor that lives 30 seconds', async () => {
		const all = { query: { type: 'and', queries: [{ type: 'object_type', object_type: 'lead' }] } };
		const first = await search({ ...all, _limit: 3 });
		const second = await search({ ...all, _limit: 3, cursor: first.json.cursor });
		sandbox().clock.advance(30_001);
		const late = await search({ ...all, _limit: 3, cursor: first.json.cursor });

		expect([first.json.data.length, second.json.data.length]).toEqual([3, 1]);
		expect(second.json.cursor).toBeNull();
		expect(late.json['field-errors']).toEqual({ cursor: expect.any(String) });
	});

	it('refuse a search that they do not understand', async () => {
		const reply = await search({ query: { type: 'match_all' } });

		expect(reply.status).toBe(400);
	});

	it('hold leads, contacts of a lead, and users', async () => {
		const [lead] = sandbox().account.leads;
		const leads = await close(sandbox(), 'GET /lead/?query=bluth&_fields=id,display_name');
		const contacts = await close(sandbox(), `GET /contact/?lead_id=${lead.id}`);
		const users = await close(sandbox(), 'GET /user/');

		expect(leads.json).toEqual({
			data: [{ id: lead.id, display_name: 'Bluth Company' }],
			has_more: false,
			total_results: 1,
		});
		expect(contacts.json.data).toHaveLength(2);
		expect(users.json.data).toHaveLength(2);
	});

	it('come in pages, also of leads that a test has added', async () => {
		for (let number = 1; number <= 200; number++) {
			sandbox().account.addLead({ name: `Lead ${number}` });
		}

		const first = await close(sandbox(), 'GET /lead/?_limit=200');
		const second = await close(sandbox(), 'GET /lead/?_limit=200&_skip=200');

		expect([first.json.data.length, first.json.has_more]).toEqual([200, true]);
		expect([second.json.data.length, second.json.has_more]).toEqual([4, false]);
	});

	it('tell of the key’s owner the mailboxes and the numbers', async () => {
		const { json } = await close(sandbox(), 'GET /me/');

		expect(json).toMatchObject({ email: 'nora@sandbox.example', first_name: 'Nora' });
		expect(json.email_accounts.map(({ _type }: { _type: string }) => _type)).toEqual([
			'custom_email',
		]);
		expect(json.email_accounts[0].identities).toEqual([
			{ name: 'Nora Lindqvist', email: 'nora@sandbox.example' },
			{ name: 'Sales Team', email: 'sales@sandbox.example' },
		]);
		expect(json.phone_numbers).toHaveLength(2);
	});

	it('hold the connected accounts of a user or of all, other than mailboxes too', async () => {
		const [owner, colleague] = sandbox().account.users;
		const list = async (query: string) =>
			(await close(sandbox(), `GET /connected_account/${query}`)).json.data as object[];

		const all = await list('');

		expect(all).toMatchObject([
			{ _type: 'custom_email', user_id: owner.id, send_status: 'ok' },
			{ _type: 'zoom', user_id: owner.id, identities: [], default_identity: null },
			{ _type: 'google', default_identity: { email: colleague.email } },
		]);
		expect(await list(`?user_id=${colleague.id}`)).toEqual(all.slice(2));
	});

	it('hold a number for MMS, one for text only, and an external one', async () => {
		const list = async (query: string) =>
			(await close(sandbox(), `GET /phone_number/${query}`)).json.data as object[];

		const all = await list('');

		expect(all).toMatchObject([
			{ number: '+14155550190', type: 'internal', sms_enabled: true, mms_enabled: true },
			{ label: 'London', type: 'internal', sms_enabled: true, mms_enabled: false },
			{ label: 'Answering service', type: 'external', sms_enabled: false },
		]);
		const [owner] = sandbox().account.users;
		expect(await list(`?participant_user_id=${owner.id}`)).toEqual(all.slice(0, 2));
	});

	it.each(['/user/', '/contact/', '/phone_number/', '/lead/'])(
		'take no unknown parameter at %s, and no page over 200',
		async (path) => {
			const unknown = await close(sandbox(), `GET ${path}?name=x`);
			const large = await close(sandbox(), `GET ${path}?_limit=201`);

			expect(unknown.json['field-errors']).toEqual({ name: 'Extra inputs are not permitted' });
			expect(Object.keys(large.json['field-errors'])).toEqual(['_limit']);
		},
	);

	it('take no paging of connected accounts, which come all at once', async () => {
		const paged = await close(sandbox(), 'GET /connected_account/?_limit=10');

		expect(Object.keys(paged.json['field-errors'])).toEqual(['_limit']);
	});
});
