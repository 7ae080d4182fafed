import { startSandbox } from '../sandbox/server';
import { close, eachWith, upload } from './client';

const sandbox = eachWith(async () => await startSandbox());

const names = async (call: string) => {
	const { json } = await close(sandbox(), call);
	return json.data.map(({ name }: { name: string }) => name);
};

describe('an email template in the sandbox', () => {
	const create = async (fields: object = {}) =>
		await close(sandbox(), 'POST /email_template/', { name: 'Welcome', ...fields });

	it('is answered by 200 with every field', async () => {
		const fields = { subject: 'Hello', body: 'Hello {{ contact.first_name }}', is_shared: true };

		const { status, json } = await create(fields);

		expect(status).toBe(200);
		expect(json).toMatchObject({ name: 'Welcome', ...fields, is_archived: false, attachments: [] });
		expect(json.id).toMatch(/^tmpl_\w{43}$/);
	});

	it.each([
		['no name', { name: undefined }, { name: 'This field is required.' }],
		['the text of an SMS', { text: 'x' }, { text: 'Extra inputs are not permitted' }],
		['shared as text', { is_shared: 'yes' }, { is_shared: 'Input should be a valid boolean' }],
	])('is refused with %s', async (_what, fields, fieldErrors) => {
		const reply = await create(fields);

		expect([reply.status, reply.json]).toEqual([400, { errors: [], 'field-errors': fieldErrors }]);
	});

	it('is listed by whether it is archived or shared', async () => {
		await create();

		expect(await names('GET /email_template/')).toEqual(['Welcome', 'Terms of 2024', 'Offer']);
		expect(await names('GET /email_template/?is_archived=false')).toEqual(['Welcome', 'Offer']);
		expect(await names('GET /email_template/?is_archived=false&is_shared=true')).toEqual(['Offer']);
	});

	it('is empty, not null, where it says nothing', async () => {
		const { json } = await create({ subject: null, body: null });

		expect([json.subject, json.body]).toEqual(['', '']);
	});

	it('is archived by a change', async () => {
		const { json } = await create();

		await close(sandbox(), `PUT /email_template/${json.id}/`, { is_archived: true });

		expect(await names('GET /email_template/?is_archived=false')).not.toContain('Welcome');
	});

	it.each([
		['is_archived=no', { is_archived: 'Input should be a valid boolean' }],
		['name=Offer', { name: 'Extra inputs are not permitted' }],
	])('is not listed by %s', async (query, fieldErrors) => {
		const { json } = await close(sandbox(), `GET /email_template/?${query}`);

		expect(json['field-errors']).toEqual(fieldErrors);
	});
});

describe('an SMS template in the sandbox', () => {
	const create = async (fields: object = {}) =>
		await close(sandbox(), 'POST /sms_template/', { name: 'Plan', text: 'Here', ...fields });

	it('is answered by 201', async () => {
		const { status, json } = await create({ is_shared: true });

		expect(status).toBe(201);
		expect(json).toMatchObject({ name: 'Plan', text: 'Here', is_shared: true, attachments: [] });
	});

	it.each([
		['no name', { name: undefined }, { name: 'This field is required.' }],
		['a subject', { subject: 'x' }, { subject: 'Extra inputs are not permitted' }],
	])('is refused with %s', async (_what, fields, fieldErrors) => {
		const reply = await create(fields);

		expect([reply.status, reply.json]).toEqual([400, { errors: [], 'field-errors': fieldErrors }]);
	});

	it('is read with its files only where they are asked for', async () => {
		const { url, filename, content_type } = await upload(sandbox());
		const { json } = await create({ attachments: [{ url, filename, content_type }] });
		const one = `GET /sms_template/${json.id}/`;

		const replies = await Promise.all(
			['', '?include_attachments=false', '?include_attachments=true'].map(
				async (query) => (await close(sandbox(), one + query)).json.attachments?.length,
			),
		);
		const list = (await close(sandbox(), 'GET /sms_template/')).json.data;

		expect(replies).toEqual([undefined, undefined, 1]);
		expect(list[0]).not.toHaveProperty('attachments');
	});
});
