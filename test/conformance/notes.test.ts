import { startSandbox } from '../sandbox/server';
import { close, eachWith } from './client';
import { aNote } from './fileRecords';

const sandbox = eachWith(async () => await startSandbox());

const create = async (fields: object = {}) =>
	await close(sandbox(), 'POST /activity/note/', aNote(sandbox(), fields));
const change = async (id: string, fields: object) =>
	await close(sandbox(), `PUT /activity/note/${id}/`, fields);

describe('a note in the sandbox', () => {
	it('is answered with its lead, its writer and both forms of its text', async () => {
		const [lead] = sandbox().account.leads;
		const { owner } = sandbox().account;

		const { json } = await create({ note: 'Called <twice>\nNo answer', title: 'Call' });

		expect(json).toMatchObject({
			_type: 'Note',
			lead_id: lead.id,
			user_id: owner.id,
			created_by_name: 'Nora Lindqvist',
			note: 'Called <twice>\nNo answer',
			note_html: '<body><p>Called &lt;twice&gt;<br>No answer</p></body>',
			title: 'Call',
			pinned: false,
			attachments: [],
		});
		expect(sandbox().account.notes).toEqual([json]);
	});

	it('is HTML where it has both', async () => {
		const note_html = '<body><p>From <b>HTML</b></p></body>';

		const { json } = await create({ note: 'From text', note_html });

		expect([json.note, json.note_html]).toEqual(['From HTML', note_html]);
	});

	it('has each form overwritten by a change of the other', async () => {
		const { json } = await create({ note_html: '<body><p>Old</p></body>' });

		const asText = (await change(json.id, { note: 'New' })).json;
		const asHtml = (await change(json.id, { note_html: '<body>Newer</body>' })).json;

		expect(asText.note_html).toBe('<body><p>New</p></body>');
		expect(asHtml.note).toBe('Newer');
	});

	it.each(['<p>Bare</p>', '<body><p>Open</p>', 'text <body>late</body>', ''])(
		'is refused with the HTML %j',
		async (note_html) => {
			const reply = await create({ note_html });

			expect(reply.json['field-errors']).toEqual({
				note_html: 'The HTML must be wrapped in <body> and </body>.',
			});
			expect(sandbox().account.notes).toEqual([]);
		},
	);

	it.each([
		['no lead', { lead_id: undefined }, { lead_id: 'This field is required.' }],
		['an unknown lead', { lead_id: 'lead_x' }, { lead_id: 'The object does not exist.' }],
		['an unknown contact', { contact_id: 'cont_x' }, { contact_id: 'The object does not exist.' }],
		['an unknown user', { user_id: 'user_x' }, { user_id: 'The object does not exist.' }],
		['pinned as text', { pinned: 'yes' }, { pinned: 'Input should be a valid boolean' }],
		['a date that is none', { date_created: 'soon' }, { date_created: expect.any(String) }],
		['the status of an email', { status: 'draft' }, { status: 'Extra inputs are not permitted' }],
	])('is refused with %s', async (_what, fields, fieldErrors) => {
		const reply = await create(fields);

		expect([reply.status, reply.json]).toEqual([400, { errors: [], 'field-errors': fieldErrors }]);
	});

	it.each(['lead_id', 'organization_id', 'created_by', 'date_created'])(
		'takes no %s when it is changed',
		async (field) => {
			const { json } = await create();

			const reply = await change(json.id, { [field]: 'x' });

			expect(reply.json['field-errors']).toEqual({ [field]: 'Extra inputs are not permitted' });
		},
	);

	it('is of a contact of its own lead, and of no other', async () => {
		const [own, , other] = sandbox().account.leads;

		const taken = await create({ contact_id: own.contacts[1].id });
		const refused = await create({ contact_id: other.contacts[0].id });

		expect(taken.json.contact_id).toBe(own.contacts[1].id);
		expect(refused.json['field-errors']).toEqual({ contact_id: 'The object does not exist.' });
	});

	it('is pinned and unpinned', async () => {
		const { json } = await create({ pinned: true });
		const unpinned = await change(json.id, { pinned: false });

		expect(json).toMatchObject({ pinned: true, pinned_at: expect.any(String) });
		expect(unpinned.json).toMatchObject({ pinned: false, pinned_at: null });
	});

	it('takes the time and the writer that the client gives, and null for its own', async () => {
		const [, colleague] = sandbox().account.users;
		const date_created = '2020-05-01T10:00:00+02:00';

		const { json } = await create({ date_created, activity_at: null, user_id: colleague.id });

		expect(json.date_created).toBe('2020-05-01T08:00:00.000000');
		expect(json.activity_at).toMatch(/^2\d{3}-/);
		expect(json.user_id).toBe(colleague.id);
	});

	it('is listed by lead and by date, newest first', async () => {
		const [, other] = sandbox().account.leads;
		await create({ note: 'first', date_created: '2020-01-01T00:00:00Z' });
		await create({ note: 'second' });
		await create({ note: 'elsewhere', lead_id: other.id });
		const list = async (query: string) => {
			const { json } = await close(sandbox(), `GET /activity/note/?_fields=note&${query}`);
			return json.data.map(({ note }: { note: string }) => note);
		};

		const leadId = sandbox().account.leads[0].id;
		expect(await list(`lead_id=${leadId}`)).toEqual(['second', 'first']);
		expect(await list(`lead_id=${leadId}&date_created__gte=2020-01-02`)).toEqual(['second']);
		expect(await list('_limit=1&_skip=1')).toEqual(['second']);
	});

	it('is not sent', async () => {
		await create();
		sandbox().clock.advance(86_400_000);

		expect(sandbox().account.deliveries).toEqual([]);
	});
});
