import { startSandbox } from '../sandbox/server';
import { anEmail, close, eachWith, post, send, sign, upload } from './client';
import { anSms, attachmentFor, aWhatsAppMessage, fileRecordKinds } from './fileRecords';

const sandbox = eachWith(async () => await startSandbox());
const MD5 = '5d41402abc4b2a76b9719d911017c592';

describe('the page', () => {
	it('shows each email with its attachments, and links to their bytes', async () => {
		const attachments = [await upload(sandbox(), 'offer.pdf', 'hello')];
		const email = anEmail(sandbox(), { attachments, subject: 'Your offer', status: 'outbox' });
		await close(sandbox(), 'POST /activity/email/', email);

		const { text } = await send(`${sandbox().url}/`);
		const [, link] = /href="([^"]+)">offer\.pdf</.exec(text) ?? [];
		const file = await send(sandbox().url + link);

		for (const part of ['Bluth Company', 'Your offer', 'status sent', 'application/pdf', MD5]) {
			expect(text).toContain(part);
		}
		expect([file.status, file.text]).toEqual([200, 'hello']);
	});

	it.each(fileRecordKinds)('shows $name with its file and the link to the bytes', async (kind) => {
		const attachments = [await attachmentFor(kind, sandbox(), 'terms.pdf')];
		await close(sandbox(), `POST ${kind.path}`, { ...kind.body(sandbox()), attachments });

		const { text } = await send(`${sandbox().url}/`);
		const [, link] = /href="([^"]+)">terms\.pdf</.exec(text) ?? [];

		expect(text).toContain(MD5);
		expect((await send(sandbox().url + link)).text).toBe('hello');
	});

	it('shows the files of a lead itself', async () => {
		const [{ id }] = sandbox().account.leads;
		const { url, filename, content_type } = await upload(sandbox(), 'terms.pdf');
		await close(sandbox(), `POST /lead/${id}/files/`, { url, filename, content_type });

		const { text } = await send(`${sandbox().url}/`);

		expect(text).toMatch(/href="[^"]+">terms\.pdf</);
		expect(text).toContain(MD5);
	});

	it('shows what a note, an SMS, a message, an opportunity and a template say', async () => {
		const [lead] = sandbox().account.leads;
		const says = { note: 'She <wants> two', title: '<Call>' };
		await close(sandbox(), 'POST /activity/note/', { lead_id: lead.id, ...says });
		await close(sandbox(), 'POST /activity/sms/', anSms(sandbox(), { text: 'See <you>' }));
		const message = aWhatsAppMessage(sandbox(), { message_markdown: 'Hello <Gina>' });
		await close(sandbox(), 'POST /activity/whatsapp_message/', message);
		await close(sandbox(), 'POST /sms_template/', { name: '<Plan>', text: 'The <plan>' });

		const { text } = await send(`${sandbox().url}/`);

		for (const said of ['&lt;Call', 'She &lt;wants', 'See &lt;you', 'Hello &lt;Gina']) {
			expect(text).toContain(said);
		}
		for (const said of ['The &lt;plan', '12,500.00 USD', 'Your offer', 'Site plan', 'archived']) {
			expect(text).toContain(said);
		}
		expect(text).not.toMatch(/<(wants|Call|you|Gina|plan)/i);
	});

	it('shows text as text', async () => {
		const evil = '<script>alert("1")</script>';
		const file = await upload(sandbox(), `${evil}.txt`);
		const email = { subject: evil, body_text: evil, to: [`"${evil}" <a@b.example>`] };
		const fields = { ...email, to: ['a@b.example'], attachments: [file] };
		await close(sandbox(), 'POST /activity/email/', anEmail(sandbox(), fields));

		const { text } = await send(`${sandbox().url}/`);

		expect(text).not.toContain('<script');
		expect(text.split('&lt;script&gt;alert(&quot;1&quot;)').length - 1).toBe(3);
	});

	it('shows what an HTML body says', async () => {
		const body_html = '<p>Hello&nbsp;Gina,</p><p>1 &lt; 2</p>';
		await close(sandbox(), 'POST /activity/email/', anEmail(sandbox(), { body_html }));

		const { text } = await send(`${sandbox().url}/`);

		expect(text).toContain('Hello Gina,\n1 &lt; 2');
	});
});

describe('the sandbox’s own paths', () => {
	it('give requests and records, and reset them', async () => {
		const signed = await sign(sandbox());
		await post(signed);
		await close(sandbox(), 'POST /activity/email/', anEmail(sandbox()));

		const requests = await send(`${sandbox().url}/sandbox/requests`);
		const records = await send(`${sandbox().url}/sandbox/records`);
		await send(`${sandbox().url}/sandbox/reset`, { method: 'POST' });

		expect(requests.json.map((request: { call: string }) => request.call)).toEqual([
			'POST /files/upload/',
			'POST s3',
			'POST /activity/email/',
		]);
		expect([records.json.emails.length, records.json.leads.length]).toEqual([1, 4]);
		expect(Object.keys(records.json).sort()).toEqual([
			'connectedAccounts',
			'deliveries',
			'emailTemplates',
			'emails',
			'leadFiles',
			'leads',
			'notes',
			'opportunities',
			'opportunityStatuses',
			'phoneNumbers',
			'sms',
			'smsTemplates',
			'uploads',
			'users',
			'whatsAppMessages',
		]);
		expect(sandbox().account.emails).toEqual([]);
		expect(sandbox().account.opportunities).toHaveLength(1);
		expect(sandbox().s3.object(signed.upload.fields.key)).toBeUndefined();
	});

	it('log the form of an upload as it came', async () => {
		const signed = await sign(sandbox());

		await post(signed, 'hello');

		const [, { form, headers, status }] = sandbox().requests;
		expect(form).toEqual({
			fields: Object.entries(signed.upload.fields),
			file: {
				filename: 'hello.txt',
				contentType: 'application/octet-stream',
				size: 5,
				md5: MD5,
				index: 7,
			},
			partsAfterFile: 0,
		});
		expect([status, headers.authorization]).toEqual([201, undefined]);
	});
});
