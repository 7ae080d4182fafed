import { startSandbox } from '../sandbox/server';
import { anEmail, close, eachWith } from './client';

const sandbox = eachWith(async () => await startSandbox({ listLagMs: 5000 }));

const create = async (fields: object = {}) =>
	(await close(sandbox(), 'POST /activity/email/', { ...anEmail(sandbox()), ...fields })).json;
const list = async (query: string) => await close(sandbox(), `GET /activity/email/?${query}`);
const subjects = (reply: { json: { data: Array<{ subject: string }> } }) =>
	reply.json.data.map(({ subject }) => subject);

describe('the list of emails', () => {
	it('shows a new email after the lag, while its own path shows it at once', async () => {
		const { id, lead_id } = await create({ subject: 'New' });

		const alone = await close(sandbox(), `GET /activity/email/${id}/`);
		const early = await list(`lead_id=${lead_id}`);
		sandbox().clock.advance(5000);
		const late = await list(`lead_id=${lead_id}`);

		expect(alone.json.subject).toBe('New');
		expect([subjects(early), subjects(late)]).toEqual([[], ['New']]);
	});

	it('is newest first, by the date that the client gave', async () => {
		const date_created = '2020-05-01T10:00:00+02:00';
		await create({ subject: 'old', date_created });
		await create({ subject: 'as old, written later', date_created });
		await create({ subject: 'first today' });
		await create({ subject: 'second today' });
		sandbox().clock.advance(5000);

		const since = encodeURIComponent('2020-05-01T08:00:00Z');
		const all = await list(`date_created__gte=${since}`);
		const later = await list(`date_created__gt=${since}`);

		expect(subjects(all)).toEqual(['second today', 'first today', 'as old, written later', 'old']);
		expect(subjects(later)).toEqual(['second today', 'first today']);
	});

	it('comes in pages, with the fields asked for', async () => {
		for (const subject of ['a', 'b', 'c']) await create({ subject });
		sandbox().clock.advance(5000);

		const { json } = await list('_limit=2&_skip=1&_fields=subject');

		expect(json).toEqual({ data: [{ subject: 'b' }, { subject: 'a' }], has_more: false });
	});

	it.each([
		['_limit=201', { _limit: 'Input should be less than or equal to 200' }],
		['_limit=0', { _limit: 'Input should be greater than or equal to 1' }],
		['lead=x', { lead: 'Extra inputs are not permitted' }],
		// A plus sign that is not encoded is a space.
		['date_created__gte=2020-01-01T00:00:00+00:00', { date_created__gte: expect.any(String) }],
	])('refuses %s', async (query, fieldErrors) => {
		const reply = await list(query);

		expect(reply.json['field-errors']).toEqual(fieldErrors);
	});
});
