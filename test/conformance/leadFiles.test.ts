import { startSandbox, type LeadFile } from '../sandbox/server';
import { basic, close, eachWith, send, sign, upload } from './client';
import { anSms, aNote, aWhatsAppMessage } from './fileRecords';

const sandbox = eachWith(async () => await startSandbox({ listLagMs: 5000 }));

const lead = (index = 0) => sandbox().account.leads[index].id;
const file = async (filename = 'offer.pdf', content_type = 'application/pdf') => {
	const { url } = await upload(sandbox(), filename);
	return { url, filename, content_type };
};
const add = async (body: object, leadId = lead()) =>
	await close(sandbox(), `POST /lead/${leadId}/files/`, body);
const list = async (query = '') => {
	const { json } = await close(sandbox(), `GET /lead/${lead()}/files/${query}`);
	return json.data as LeadFile[];
};

describe('a file of a lead in the sandbox', () => {
	it('is answered by 201 with what Close tells of it', async () => {
		const sent = await file('plan.png', 'image/png');

		const { status, json } = await add(sent);

		const token = sandbox().account.upload(sent.url)?.token;
		const url = `https://app.close.com/go/file/persisted/${sandbox().account.organizationId}/lead/${lead()}/${token}/plan.png/`;
		expect(status).toBe(201);
		expect(json).toEqual({
			id: expect.stringMatching(/^leadfile_\w{43}$/),
			lead_id: lead(),
			organization_id: sandbox().account.organizationId,
			name: 'plan.png',
			content_type: 'image/png',
			size: 5,
			checksum: '5d41402abc4b2a76b9719d911017c592',
			download_url: url,
			thumbnail_url: `${url}thumbnail/`,
			is_pinned: false,
			last_object_type: 'lead',
			last_object_id: lead(),
			last_activity_at: json.date_created,
			date_created: expect.any(String),
			date_updated: json.date_created,
			updated_by: sandbox().account.owner.id,
		});
	});

	it.each([
		['no filename', { filename: undefined }, { filename: 'This field is required.' }],
		['no type', { content_type: undefined }, { content_type: 'This field is required.' }],
		['no url', { url: undefined }, { url: 'This field is required.' }],
		['an empty type', { content_type: '' }, { content_type: expect.any(String) }],
		['a long name', { filename: 'x'.repeat(1025) }, { filename: expect.any(String) }],
		['a size', { size: 5 }, { size: 'Extra inputs are not permitted' }],
		['a foreign url', { url: 'https://a.example/' }, { url: expect.stringContaining('go/file') }],
	])('is refused with %s', async (_what, fields, fieldErrors) => {
		const reply = await add({ ...(await file()), ...fields });

		expect([reply.status, reply.json]).toEqual([400, { errors: [], 'field-errors': fieldErrors }]);
		expect(sandbox().account.leadFiles).toEqual([]);
	});

	it('is refused before it is uploaded, after 24 hours, and with a persisted url', async () => {
		const sent = await file();
		const errorOf = async (url: string) =>
			(await add({ ...sent, url })).json['field-errors'].url as string;
		const early = await errorOf((await sign(sandbox())).download.url);
		const kept = await errorOf((await add(sent)).json.download_url);
		sandbox().clock.advance(24 * 3_600_000 + 1);
		const late = await errorOf(sent.url);

		expect([early, kept, late]).toEqual([
			'The file has not been uploaded.',
			'The file does not exist.',
			'The file has expired.',
		]);
	});

	it('is not found at a lead that does not exist', async () => {
		const statuses = [
			(await add(await file(), 'lead_x')).status,
			(await close(sandbox(), 'GET /lead/lead_x/files/')).status,
			(await close(sandbox(), 'GET /files/')).status,
		];

		expect(statuses).toEqual([404, 404, 404]);
	});

	it('leads to its bytes, and so does its thumbnail', async () => {
		const { json } = await add(await file('plan.png', 'image/png'));
		const content = async (url: string) => {
			const headers = { authorization: basic(sandbox().apiKey) };
			const redirect = await send(url.replace('https://app.close.com', sandbox().url), { headers });
			return (await send(redirect.headers.get('location') ?? '')).text;
		};

		expect(await content(json.download_url)).toBe('hello');
		expect(await content(json.thumbnail_url)).toBe('hello');
	});

	it('is listed after the lag, and twice when it was added twice', async () => {
		const sent = await file();
		await add(sent);
		await add(sent);
		const early = await list();
		sandbox().clock.advance(5000);
		const late = await list();

		expect(early).toEqual([]);
		expect(new Set(late.map(({ id }) => id)).size).toBe(2);
	});
});

describe('the files of a lead', () => {
	const emailBody = async () => {
		const { url, filename, size } = await upload(sandbox(), 'email.pdf');
		return { lead_id: lead(), status: 'draft', attachments: [{ url, filename, size }] };
	};
	const note = async (name: string, leadId = lead()) => {
		const { url, filename } = await file(name);
		const body = aNote(sandbox(), { lead_id: leadId, attachments: [{ url, filename }] });
		return (await close(sandbox(), 'POST /activity/note/', body)).json;
	};

	it('are those of the lead and of its notes, emails and SMS, newest first', async () => {
		await add(await file('lead.pdf'));
		sandbox().clock.advance(1000);
		const written = await note('note.pdf');
		sandbox().clock.advance(1000);
		const email = (await close(sandbox(), 'POST /activity/email/', await emailBody())).json;
		sandbox().clock.advance(1000);
		const mms = anSms(sandbox(), { attachments: [await file('sms.png', 'image/png')] });
		const sms = (await close(sandbox(), 'POST /activity/sms/', mms)).json;
		const logged = aWhatsAppMessage(sandbox(), { attachments: [await file('whatsapp.pdf')] });
		await close(sandbox(), 'POST /activity/whatsapp_message/', logged);
		await note('elsewhere.pdf', lead(1));
		sandbox().clock.advance(5000);

		const files = await list();

		expect(
			files.map(({ name, last_object_type, last_object_id }) => [
				name,
				last_object_type,
				last_object_id,
			]),
		).toEqual([
			['sms.png', 'activity.sms', sms.id],
			['email.pdf', 'activity.email', email.id],
			['note.pdf', 'activity.note', written.id],
			['lead.pdf', 'lead', lead()],
		]);
		expect(files[2]).toMatchObject({
			download_url: written.attachments[0].url,
			checksum: '5d41402abc4b2a76b9719d911017c592',
			size: 5,
		});
	});

	it('keep their ids, and come in pages', async () => {
		for (const name of ['a', 'b', 'c']) await note(name);
		sandbox().clock.advance(5000);
		const all = await list();

		expect(await list('?_limit=2&_skip=1')).toEqual(all.slice(1));
		expect((await close(sandbox(), `GET /lead/${lead()}/files/?_limit=2`)).json.has_more).toBe(
			true,
		);
		expect((await close(sandbox(), `GET /lead/${lead()}/files/?name=a`)).status).toBe(400);
	});

	it('show a file that was added to an old note after the lag only', async () => {
		const { id } = await note('first.pdf');
		sandbox().clock.advance(5000);
		const { url, filename } = await file('second.pdf');
		await close(sandbox(), `PUT /activity/note/${id}/`, { attachments: [{ url, filename }] });
		const early = await list();
		sandbox().clock.advance(5000);
		const late = await list();

		expect(early).toEqual([]);
		expect(late.map(({ name }) => name)).toEqual(['second.pdf']);
	});
});
