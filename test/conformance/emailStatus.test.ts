import { startSandbox } from '../sandbox/server';
import { anEmail, close, eachWith, upload } from './client';

const sandbox = eachWith(async () => await startSandbox());

const create = async (fields: Record<string, unknown> = {}) =>
	await close(sandbox(), 'POST /activity/email/', anEmail(sandbox(), fields));
const change = async (id: string, fields: object) =>
	await close(sandbox(), `PUT /activity/email/${id}/`, fields);
const statusOf = async (id: string) =>
	(await close(sandbox(), `GET /activity/email/${id}/`)).json.status as string;
const inOneHour = () => new Date(sandbox().clock.now() + 3_600_000).toISOString();

describe('an email in the sandbox', () => {
	it.each(['inbox', 'outbox', 'scheduled', 'error'])('needs a sender as %s', async (status) => {
		const date = status === 'scheduled' ? { date_scheduled: inOneHour() } : {};

		const reply = await create({ status, sender: undefined, ...date });

		expect(Object.keys(reply.json['field-errors'])).toEqual(['sender']);
	});

	it('needs no sender as draft, and is from the key’s owner as sent', async () => {
		const draft = await create();
		const sent = await create({ status: 'sent' });

		expect([draft.json.sender, sent.json.sender]).toEqual([null, 'nora@sandbox.example']);
	});

	it('is answered as outbox, reads as sent afterwards, and leaves once', async () => {
		const { json } = await create({ status: 'outbox' });

		expect(json.status).toBe('outbox');
		expect(await statusOf(json.id)).toBe('sent');
		expect(sandbox().account.deliveries).toEqual([{ emailId: json.id, at: expect.any(Number) }]);
	});

	it.each(['draft', 'sent', 'inbox', 'error'])('does not leave as %s', async (status) => {
		await create({ status });
		sandbox().clock.advance(86_400_000);

		expect(sandbox().account.deliveries).toEqual([]);
	});

	it('leaves at its date when scheduled', async () => {
		const { json } = await create({ status: 'scheduled', date_scheduled: inOneHour() });
		const before = sandbox().account.deliveries.length;
		sandbox().clock.advance(3_600_000);

		expect([json.status, before]).toEqual(['scheduled', 0]);
		expect(await statusOf(json.id)).toBe('sent');
		expect(sandbox().account.deliveries).toHaveLength(1);
	});

	it('can be called back until send_in has passed', async () => {
		const { json } = await create({ status: 'outbox', send_in: 30 });
		sandbox().clock.advance(29_000);
		const undone = await change(json.id, { status: 'draft' });
		sandbox().clock.advance(60_000);

		expect(undone.json.status).toBe('draft');
		expect(sandbox().account.deliveries).toEqual([]);
	});

	it('cannot be called back later', async () => {
		const { json } = await create({ status: 'outbox', send_in: 30 });
		sandbox().clock.advance(30_000);

		const undone = await change(json.id, { status: 'draft' });

		expect(undone.json).toEqual({ errors: ['Only drafts can be modified.'], 'field-errors': {} });
		expect(sandbox().account.deliveries).toHaveLength(1);
	});

	it('can be called back while scheduled', async () => {
		const { json } = await create({ status: 'scheduled', date_scheduled: inOneHour() });

		const { json: draft } = await change(json.id, { status: 'draft' });
		sandbox().clock.advance(7_200_000);

		expect([draft.status, draft.date_scheduled]).toEqual(['draft', null]);
		expect(sandbox().account.deliveries).toEqual([]);
	});

	it.each(['sent', 'inbox', 'scheduled', 'outbox'])('cannot be changed as %s', async (status) => {
		const { json } = await create({
			status,
			...(status === 'scheduled' ? { date_scheduled: inOneHour() } : {}),
			...(status === 'outbox' ? { send_in: 30 } : {}),
		});

		const reply = await change(json.id, { subject: 'New' });

		expect(reply.status).toBe(400);
		expect(sandbox().account.email(json.id)?.subject).toBeNull();
	});

	it('is sent from a draft, with the sender given then', async () => {
		const { json } = await create({ to: ['Gina Moreau <gina@bluth.example>'] });

		const without = await change(json.id, { status: 'outbox' });
		const sent = await change(json.id, { status: 'outbox', sender: 'Nora <nora@sandbox.example>' });
		const again = await change(json.id, { status: 'outbox' });

		expect([without.status, sent.status, again.status]).toEqual([400, 200, 400]);
		expect(sandbox().account.deliveries).toHaveLength(1);
	});

	it.each([
		['scheduled without a date', { status: 'scheduled' }, 'date_scheduled'],
		['a date on a draft', { date_scheduled: '2030-01-01T00:00:00Z' }, 'date_scheduled'],
		['send_in on a draft', { send_in: 5 }, 'send_in'],
		['send_in of 0', { status: 'outbox', send_in: 0 }, 'send_in'],
		['send_in of 60', { status: 'outbox', send_in: 60 }, 'send_in'],
		['nobody to send it to', { status: 'outbox', to: [] }, 'to'],
	])('is refused with %s', async (_what, fields, field) => {
		const reply = await create(fields);

		expect(Object.keys(reply.json['field-errors'])).toEqual([field]);
	});

	it('keeps what a refused change would have written', async () => {
		const { json } = await create({ subject: 'Old' });

		await change(json.id, { subject: 'New', attachments: [{ url: 'https://a.example' }] });
		await change(json.id, { subject: 'New', status: 'outbox' });

		expect(sandbox().account.email(json.id)).toMatchObject({ subject: 'Old', status: 'draft' });
	});

	it('takes subject and body from its template where it has none', async () => {
		const [template] = sandbox().account.emailTemplates;

		const { json } = await create({ template_id: template.id, subject: 'Mine' });

		expect([json.subject, json.body_text]).toEqual(['Mine', template.body]);
	});

	it('replaces its attachments by those of a change', async () => {
		const { json } = await create({ attachments: [await upload(sandbox(), 'a.pdf')] });

		const changed = await change(json.id, { attachments: [await upload(sandbox(), 'b.pdf')] });

		expect(names(changed.json)).toEqual(['b.pdf']);
	});

	it('adds them in an account that appends', async () => {
		const appending = await startSandbox({ putAttachments: 'append' });
		const first = { attachments: [await upload(appending, 'a.pdf')] };
		const draft = anEmail(appending, first);
		const { json } = await close(appending, 'POST /activity/email/', draft);

		const second = { attachments: [await upload(appending, 'b.pdf')] };
		const changed = await close(appending, `PUT /activity/email/${json.id}/`, second);
		await appending.close();

		expect(names(changed.json)).toEqual(['a.pdf', 'b.pdf']);
	});
});

const names = (email: { attachments: Array<{ filename: string }> }) =>
	email.attachments.map(({ filename }) => filename);
