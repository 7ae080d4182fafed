import type { BinaryMode } from '../n8n/instance';
import { chain, closeFiles, manualTrigger, readFiles, type WorkflowFile } from '../n8n/workflow';
import type { LoggedRequest } from '../sandbox/server';
import { Setting, type SampleFile } from './setting';

let setting: Setting;
let workflow: WorkflowFile;
let offer: SampleFile;

beforeAll(async () => {
	setting = await Setting.create();
	offer = await setting.writeFile('offer.pdf', 300_001);
	const node = closeFiles(setting.credential, setting.email());
	workflow = chain('Email with a file', manualTrigger(), readFiles(offer.path), node);
	await setting.n8n.import([setting.credential], [workflow]);
});

afterAll(async () => await setting?.close());

describe.each<BinaryMode>(['filesystem', 'database', 'default'])(
	'a file of the %s store',
	(mode) => {
		let upload: LoggedRequest;

		beforeAll(async () => {
			setting.sandbox.reset();
			await setting.n8n.execute(workflow.id, mode);
			upload = setting.sandbox.requests.find(({ server }) => server === 's3')!;
		});

		it('reaches S3 with the same bytes', () => {
			expect(upload.form?.file).toMatchObject({ size: offer.size, md5: offer.md5 });
		});

		it('is the last part of the form', () => {
			expect(upload.form?.partsAfterFile).toBe(0);
			expect(upload.form?.file?.index).toBe(upload.form?.fields.length);
		});

		it('is announced with its length, not sent in chunks', () => {
			// The server reads to this length and no further: a wrong one breaks the form.
			expect(Number(upload.headers['content-length'])).toBeGreaterThan(offer.size);
			expect(upload.headers).not.toHaveProperty('transfer-encoding');
		});

		it('reaches S3 without the Close credential', () => {
			expect(upload.headers).not.toHaveProperty('authorization');
		});

		it('is the attachment of an email draft', () => {
			const [email, ...others] = setting.sandbox.account.emails;
			const request = setting.sandbox.requests.find(({ call }) => call === 'POST /activity/email/');

			expect(others).toEqual([]);
			expect(email.status).toBe('draft');
			expect(request?.body).toMatchObject({
				attachments: [
					{
						url: setting.sandbox.account.uploads[0].url,
						filename: 'offer.pdf',
						content_type: 'application/pdf',
						size: offer.size,
					},
				],
			});
		});
	},
);

it('says what to set where n8n reads no API key, with the files in the JSON of the item', async () => {
	const text = { fileSource: 'text', fileName: 'notes.txt', fileContent: 'x' };
	const node = closeFiles(setting.credential, setting.email(text));
	const combined = chain('Combined', manualTrigger(), node);
	combined.settings = { ...combined.settings, binaryMode: 'combined' };
	setting.sandbox.reset();
	await setting.n8n.import([], [combined]);

	await expect(setting.n8n.execute(combined.id)).rejects.toThrow(
		'n8n could not read the credential to',
	);
	expect(setting.sandbox.requests).toEqual([]);
});
