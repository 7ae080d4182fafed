import { startSandbox } from '../sandbox/server';
import { anEmail, basic, close, eachWith, send, sign, upload } from './client';

const sandbox = eachWith(async () => await startSandbox());

describe('the sandbox as Close', () => {
	it.each([
		['no key', {}],
		['another key', { authorization: basic('api_other') }],
		['the key as password', { authorization: `Basic ${btoa(':api_sandbox.demo')}` }],
		['a bearer token', { authorization: 'Bearer api_sandbox.demo' }],
	])('refuses a request with %s', async (_what, headers: Record<string, string>) => {
		const reply = await send(`${sandbox().baseUrl}/me/`, { headers });

		expect([reply.status, reply.json]).toEqual([401, { error: 'Unauthorized' }]);
	});

	it.each([
		['a path without its trailing slash', 'GET /me', undefined, 404],
		['a path that does not exist', 'GET /files/', undefined, 404],
		['a record that does not exist', 'GET /activity/email/acti_none/', undefined, 404],
		['a method that the path does not have', 'DELETE /me/', undefined, 405],
		['invalid JSON', 'POST /files/upload/', '{"filename"', 400],
		['JSON that is no object', 'POST /files/upload/', '[]', 400],
	])('refuses %s', async (_what, call, body, status) => {
		const reply = await close(sandbox(), call, body);

		expect(reply.status).toBe(status);
		expect(reply.json).toEqual({ error: expect.any(String) });
	});

	it('refuses a body that is not declared as JSON', async () => {
		const headers = { 'content-type': 'text/plain' };

		const reply = await close(sandbox(), 'POST /files/upload/', '{}', headers);

		expect(reply.status).toBe(415);
	});

	it('names its time and the rate limit in every answer', async () => {
		sandbox().clock.advance(86_400_000);

		const { headers } = await close(sandbox(), 'GET /me');

		expect(headers.get('ratelimit')).toMatch(/^limit=100, remaining=\d+, reset=\d+$/);
		expect(Date.parse(headers.get('date') ?? '')).toBeGreaterThan(Date.now() + 86_000_000);
	});

	it.each([
		['no content type', { filename: 'a' }, { content_type: 'This field is required.' }],
		['an empty name', { filename: '', content_type: 'a/b' }, { filename: expect.any(String) }],
		['a number', { filename: 1, content_type: 'a/b' }, { filename: expect.any(String) }],
		[
			'an unknown field',
			{ filename: 'a', content_type: 'a/b', size: 1 },
			{ size: 'Extra inputs are not permitted' },
		],
	])('signs no upload with %s', async (_what, body, fieldErrors) => {
		const reply = await close(sandbox(), 'POST /files/upload/', body);

		expect([reply.status, reply.json]).toEqual([400, { errors: [], 'field-errors': fieldErrors }]);
	});

	it.each([
		['an unknown field', { body: 'x' }, { body: 'Extra inputs are not permitted' }],
		['no lead', { lead_id: undefined }, { lead_id: 'This field is required.' }],
		['an unknown lead', { lead_id: 'lead_x' }, { lead_id: expect.any(String) }],
		['no status', { status: undefined }, { status: 'This field is required.' }],
		['an unknown status', { status: 'send' }, { status: expect.stringContaining('outbox') }],
		['recipients as text', { to: 'a@b.example' }, { to: 'Input should be a valid list' }],
		['a recipient that is no address', { to: ['a'] }, { to: { 0: expect.any(String) } }],
		['another lead’s contact', { contact_id: 'cont_x' }, { contact_id: expect.any(String) }],
		['an unknown template', { template_id: 'tmpl_x' }, { template_id: expect.any(String) }],
		['a date that is none', { activity_at: 'soon' }, { activity_at: expect.any(String) }],
		['a subject too long', { subject: 'x'.repeat(1001) }, { subject: expect.any(String) }],
	])('creates no email with %s', async (_what, fields, fieldErrors) => {
		const email = { ...anEmail(sandbox()), ...fields };

		const reply = await close(sandbox(), 'POST /activity/email/', email);

		expect([reply.status, reply.json]).toEqual([400, { errors: [], 'field-errors': fieldErrors }]);
		expect(sandbox().account.emails).toEqual([]);
	});

	it.each(['lead_id', 'organization_id', 'created_by', 'date_created'])(
		'takes no %s when an email is changed',
		async (field) => {
			const { json } = await close(sandbox(), 'POST /activity/email/', anEmail(sandbox()));

			const reply = await close(sandbox(), `PUT /activity/email/${json.id}/`, { [field]: 'x' });

			expect(reply.json['field-errors']).toEqual({ [field]: 'Extra inputs are not permitted' });
		},
	);
});

describe('an attachment', () => {
	const attach = async (item: object) =>
		await close(sandbox(), 'POST /activity/email/', anEmail(sandbox(), { attachments: [item] }));

	it.each([
		['without size', { size: undefined }, { size: 'This field is required.' }],
		['without url', { url: undefined }, { url: 'This field is required.' }],
		['without filename', { filename: undefined }, { filename: 'This field is required.' }],
		['with another size', { size: 4 }, { size: 'The size differs from the file.' }],
		['with the size as text', { size: '5' }, { size: 'Input should be a valid integer' }],
		['with an unknown key', { checksum: 'x' }, { checksum: 'Extra inputs are not permitted' }],
		[
			'elsewhere on the web',
			{ url: 'https://example.com/go/file/x' },
			{ url: 'The URL must begin with https://app.close.com/go/file/.' },
		],
	])('is refused %s', async (_what, change, error) => {
		const reply = await attach({ ...(await upload(sandbox())), ...change });

		expect(reply.status).toBe(400);
		expect(reply.json['field-errors']).toEqual({ attachments: { 0: error } });
	});

	it('is refused before its file is uploaded', async () => {
		const { download } = await sign(sandbox());

		const reply = await attach({ url: download.url, filename: 'a', size: 5 });

		expect(reply.json['field-errors'].attachments[0].url).toBe('The file has not been uploaded.');
	});

	it('is refused 24 hours after its file was signed for', async () => {
		const file = await upload(sandbox());
		sandbox().clock.advance(24 * 3_600_000 + 1);

		const reply = await attach(file);

		expect(reply.json['field-errors'].attachments[0].url).toBe('The file has expired.');
	});

	it('gets a persisted URL with the token of its temporary one', async () => {
		const file = await upload(sandbox(), 'Angebot Müller.pdf');

		const { json } = await attach(file);

		const token = sandbox().account.upload(file.url)?.token;
		const [{ url, ...rest }] = json.attachments;
		expect(url).toMatch(
			new RegExp(
				`^https://app.close.com/go/file/persisted/orga_\\w+/activity.email/${json.id}/${token}/Angebot%20M%C3%BCller.pdf/$`,
			),
		);
		expect(rest).toEqual({
			filename: 'Angebot Müller.pdf',
			size: 5,
			content_type: 'application/pdf',
			content_id: null,
			inline_only: false,
		});
	});

	it('may come back with its persisted URL to its own record, and to no other', async () => {
		const first = (await attach(await upload(sandbox()))).json;

		const own = await close(sandbox(), `PUT /activity/email/${first.id}/`, {
			attachments: [...first.attachments, await upload(sandbox(), 'terms.pdf')],
		});
		const other = await attach(first.attachments[0]);

		expect(own.json.attachments.map((each: { filename: string }) => each.filename)).toEqual([
			'offer.pdf',
			'terms.pdf',
		]);
		expect(other.status).toBe(400);
	});
});
