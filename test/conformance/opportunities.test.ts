import { startSandbox } from '../sandbox/server';
import { close, eachWith, upload } from './client';

const sandbox = eachWith(async () => await startSandbox());

const create = async (fields: object = {}) => {
	const lead_id = sandbox().account.leads[0].id;
	return await close(sandbox(), 'POST /opportunity/', { lead_id, ...fields });
};

describe('an opportunity in the sandbox', () => {
	it('is in the first status, of its lead, with both forms of its note', async () => {
		const { json } = await create({ note: 'Forty desks', value: 500_000 });

		expect(json).toMatchObject({
			lead_name: 'Bluth Company',
			status_label: 'Active',
			status_type: 'active',
			note: 'Forty desks',
			note_html: '<body><p>Forty desks</p></body>',
			value: 500_000,
			value_period: 'one_time',
		});
		expect(json.id).toMatch(/^oppo_\w{43}$/);
	});

	it.each([
		['no lead', { lead_id: undefined }, { lead_id: 'This field is required.' }],
		['an unknown lead', { lead_id: 'lead_x' }, { lead_id: 'The object does not exist.' }],
		['an unknown status', { status_id: 'stat_x' }, { status_id: 'The object does not exist.' }],
		['an unknown contact', { contact_id: 'cont_x' }, { contact_id: expect.any(String) }],
		['more than certain', { confidence: 101 }, { confidence: expect.any(String) }],
		['an unknown period', { value_period: 'weekly' }, { value_period: expect.any(String) }],
		['bare HTML', { note_html: '<p>x</p>' }, { note_html: expect.stringContaining('<body>') }],
	])('is refused with %s', async (_what, fields, fieldErrors) => {
		const reply = await create(fields);

		expect([reply.status, reply.json]).toEqual([400, { errors: [], 'field-errors': fieldErrors }]);
		expect(sandbox().account.opportunities).toHaveLength(1);
	});

	it.each([
		[{ value: 1_250_000 }, '$12,500'],
		[{ value: 5_050, value_currency: 'EUR', value_period: 'monthly' }, '€50.5 monthly'],
		[{}, null],
	])('shows the value of %j as %j', async (fields, formatted) => {
		expect((await create(fields)).json.value_formatted).toBe(formatted);
	});

	it('is won by a change of its status', async () => {
		const { json } = await create();
		const [, won] = sandbox().account.opportunityStatuses;

		const changed = await close(sandbox(), `PUT /opportunity/${json.id}/`, { status_id: won.id });

		expect(changed.json).toMatchObject({ status_label: 'Won', status_type: 'won' });
	});

	it('answers a file that was sent without its type with an empty type', async () => {
		const { url, filename } = await upload(sandbox());

		const { json } = await create({ attachments: [{ url, filename }] });

		expect(json.attachments[0].content_type).toBe('');
	});

	it('is listed by its lead', async () => {
		const [lead, other] = sandbox().account.leads;
		const { json } = await create({ lead_id: other.id });
		const list = async (leadId: string) =>
			(await close(sandbox(), `GET /opportunity/?lead_id=${leadId}`)).json.data as object[];

		expect(await list(other.id)).toEqual([json]);
		expect(await list(lead.id)).toEqual(sandbox().account.opportunities.slice(0, 1));
	});
});
