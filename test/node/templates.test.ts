import type { IDataObject } from 'n8n-workflow';
import type { EmailTemplate, Effect } from '../sandbox/server';
import { namesIn } from '../support/additions';
import { aSandbox } from '../support/aSandbox';
import { aFile, anItem, itemsWithFiles, templating } from '../support/builders';
import { bodiesOf, callsTo, errorOf } from '../support/observations';

jest.mock('n8n-workflow', () => jest.requireActual('../support/skipWaits'));

const UPLOAD = ['POST /files/upload/', 'POST s3'];

const sandbox = aSandbox();

const items = async () => [anItem(await aFile())];
const sentFile = () => ({
	url: sandbox.account.uploads[0].url,
	filename: 'Offer.pdf',
	content_type: 'application/pdf',
});

describe('Create Email Template With Attachment', () => {
	const CREATE = 'POST /email_template/';

	it('says all there is in one POST', async () => {
		const parameters = {
			subject: 'Your offer',
			body: '<p>Here it is.</p>',
			additionalFields: { isShared: true },
		};

		const [{ json }] = await templating.emailTemplate(sandbox, await items(), parameters).run();

		expect(callsTo(sandbox)).toEqual([...UPLOAD, CREATE]);
		expect(bodiesOf(sandbox, CREATE)).toEqual([
			{
				name: 'Offer',
				is_shared: true,
				subject: 'Your offer',
				body: '<p>Here it is.</p>',
				attachments: [{ ...sentFile(), size: 20 }],
			},
		]);
		expect(json).toMatchObject({ name: 'Offer', is_shared: true, attachments: [{ size: 20 }] });
	});

	it('is refused before any upload for an uploaded file of unknown size', async () => {
		const uploadedFiles = { url: 'https://app.close.com/go/file/a/b/', filename: 'a.pdf' };
		const parameters = { options: { uploadedFiles } };

		const error = await errorOf(
			templating.emailTemplate(sandbox, await items(), parameters as never),
		);

		expect(error.message).toBe("'Uploaded Files' does not tell the size of 'a.pdf'");
		expect(callsTo(sandbox)).toEqual([]);
	});
});

describe('Create SMS Template With Attachment', () => {
	const CREATE = 'POST /sms_template/';
	const READ = 'GET /sms_template/{id}/';

	it('says all there is in one POST, and reads the template with its files', async () => {
		const parameters = { text: 'Here it is.', additionalFields: { isShared: false } };

		const [{ json }] = await templating.smsTemplate(sandbox, await items(), parameters).run();

		expect(callsTo(sandbox)).toEqual([...UPLOAD, CREATE, READ]);
		expect(bodiesOf(sandbox, CREATE)).toEqual([
			{ name: 'Offer', is_shared: false, text: 'Here it is.', attachments: [sentFile()] },
		]);
		expect(sandbox.requests[3].path).toContain('include_attachments=true');
		expect(json).toMatchObject({ text: 'Here it is.', attachments: [{ filename: 'Offer.pdf' }] });
	});

	it("names the template that could not be read, and creates no second one in n8n's second try", async () => {
		sandbox.faults.add({ call: READ, effect: { status: 403 } });
		const execution = templating.smsTemplate(sandbox, await items());

		const error = await errorOf(execution);
		const [{ json }] = await execution.run();

		expect(error.description).toContain(`Already created in Close: ${String(json.id)}`);
		expect(bodiesOf(sandbox, CREATE)).toHaveLength(1);
	});
});

describe.each([
	['emailTemplate', '/email_template/', 'email template'],
	['smsTemplate', '/sms_template/', 'SMS template'],
] as const)('%s: createWithAttachment', (resource, path, noun) => {
	const CREATE = `POST ${path}`;
	const templates = () =>
		resource === 'emailTemplate' ? sandbox.account.emailTemplates : sandbox.account.smsTemplates;
	const count = (call: string) => callsTo(sandbox).filter((each) => each === call).length;

	it.each(['', '  '])('is refused before any upload with the name "%s"', async (name) => {
		const error = await errorOf(templating[resource](sandbox, await items(), { name }));

		expect(error.message).toBe("'Name' is empty");
		expect(callsTo(sandbox)).toEqual([]);
	});

	it('leaves out what is empty', async () => {
		await templating[resource](sandbox, await items()).run();

		expect(Object.keys(bodiesOf(sandbox, CREATE)[0])).toEqual(['name', 'attachments']);
	});

	it('answers all that Close says when it is not to simplify', async () => {
		const [{ json }] = await templating[resource](sandbox, await items(), {
			simplify: false,
		}).run();

		expect(json).toHaveProperty('organization_id');
	});

	it.each<[string, Effect]>([
		['is cut', { reset: 'after' }],
		['is truncated', { body: 'truncated' }],
		['is HTML', { body: 'html' }],
		['is a gateway’s', { statusAfter: 504 }],
	])('finds the template in its list when the answer %s', async (_what, effect) => {
		const before = templates().length;
		sandbox.faults.add({ call: CREATE, effect });

		const [{ json }] = await templating[resource](sandbox, await items()).run();

		expect(count(CREATE)).toBe(1);
		expect(templates()[before].id).toBe(json.id);
		expect(namesIn(json as never)).toEqual(['Offer.pdf']);
	});

	it('finds the template on the last page of its list, among others of its name', async () => {
		const [first] = templates() as EmailTemplate[];
		const date = new Date(sandbox.clock.now() + 60_000).toISOString();
		for (let n = 0; n < 1_150; n++) {
			(templates() as EmailTemplate[]).push({
				...first,
				id: `${first.id}${n}`,
				name: 'Offer',
				date_created: date,
			});
		}
		sandbox.faults.add({ call: CREATE, effect: { reset: 'after' } });

		const [{ json }] = await templating[resource](sandbox, await items()).run();

		expect(templates().find(({ id }) => id === json.id)?.attachments).toHaveLength(1);
		expect(count(CREATE)).toBe(1);
		expect(count(`GET ${path}`)).toBe(12);
	});

	it('pages through a list that does not tell whether there is more', async () => {
		const other = { id: 'x', name: 'Another', date_created: '2026-01-01T00:00:00' };
		const data = Array.from({ length: 100 }, () => other);
		sandbox.faults.add({ call: `GET ${path}`, effect: { status: 200, body: { data } } });
		sandbox.faults.add({ call: CREATE, effect: { reset: 'after' } });
		const before = templates().length;

		// Of the list that begins again at 100 the sandbox has nothing, so the second look finds it.
		const [{ json }] = await templating[resource](sandbox, await items()).run();

		const skips = sandbox.requests
			.filter(({ call }) => call === `GET ${path}`)
			.map(({ path: at }) => new URL(at, 'http://close').searchParams.get('_skip'));
		expect(skips).toEqual(['0', '100', '0']);
		expect(templates()[before].id).toBe(json.id);
	});

	it('says that the template may exist, and where to look, when it is not found', async () => {
		sandbox.faults.add({ call: CREATE, effect: { reset: 'before' } });

		const error = await errorOf(templating[resource](sandbox, await items()));

		expect(error.message).toBe(
			`The ${noun} may have been created: Close's answer was lost, and the ${noun} was not found afterwards`,
		);
		expect(error.description).toContain('Look at the templates in Close');
		expect([count(CREATE), count(`GET ${path}`)]).toEqual([1, 5]);
	});

	it('does not take the template of an alike item for the one that it looks for', async () => {
		const data = await aFile();
		sandbox.faults.add({ call: CREATE, skip: 1, effect: { reset: 'after' } });
		const before = templates().length;

		const outputs = await templating[resource](sandbox, [anItem(data), anItem(data)]).run();

		const ids = outputs.map(({ json }) => json.id);
		expect(new Set(ids).size).toBe(2);
		expect([...ids].sort()).toEqual(
			templates()
				.slice(before)
				.map(({ id }) => id)
				.sort(),
		);
	});

	it('creates a template per item, each with its own file', async () => {
		const outputs = await templating[resource](sandbox, await itemsWithFiles(3)).run();

		expect(outputs.map(({ json }) => (json.attachments as IDataObject[])[0].filename)).toEqual([
			'1.pdf',
			'2.pdf',
			'3.pdf',
		]);
	});
});
