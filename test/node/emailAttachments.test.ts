import type { IDataObject } from 'n8n-workflow';
import { aSandbox } from '../support/aSandbox';
import { aFile, anItem, emailing, goOn, uploading } from '../support/builders';
import { bodiesOf, callsTo, errorOf, jsonOf } from '../support/observations';

const CREATE = 'POST /activity/email/';

const sandbox = aSandbox();

const attachmentsSent = () => bodiesOf(sandbox, CREATE)[0].attachments as IDataObject[];
const namesSent = () => attachmentsSent().map(({ filename }) => filename);
/** What "Upload File" answers for files of these names. */
const uploadedFiles = async (...names: string[]) => {
	const files = await Promise.all(names.map(async (name) => anItem(await aFile(name))));
	const outputs = jsonOf(await uploading(sandbox, files).run());
	sandbox.requests.length = 0;
	return outputs;
};

describe('the attachments of an email', () => {
	it('have url, filename, content_type and size, and nothing else', async () => {
		await emailing(sandbox, [anItem(await aFile('a.pdf', { size: 1234 }))]).run();

		expect(attachmentsSent()).toEqual([
			{
				url: sandbox.account.uploads[0].url,
				filename: 'a.pdf',
				content_type: 'application/pdf',
				size: 1234,
			},
		]);
	});

	it('keep the order of the fields, whichever upload is ready first', async () => {
		sandbox.faults.add({ call: 'POST s3', effect: { delayMs: 80 } });
		const item = anItem({
			a: await aFile('a.pdf'),
			b: await aFile('b.pdf'),
			c: await aFile('c.pdf'),
		});

		await emailing(sandbox, [item], { binaryPropertyName: 'c, a, b' }).run();

		expect(namesSent()).toEqual(['c.pdf', 'a.pdf', 'b.pdf']);
	});

	it('are those of the fields first, then those uploaded before', async () => {
		const [price, terms] = await uploadedFiles('Prices.pdf', 'Terms.pdf');
		const item = anItem({ a: await aFile('a.pdf'), b: await aFile('b.pdf') });

		await emailing(sandbox, [item], {
			binaryPropertyName: 'b, a',
			options: { uploadedFiles: [terms, price] as never },
		}).run();

		expect(namesSent()).toEqual(['b.pdf', 'a.pdf', 'Terms.pdf', 'Prices.pdf']);
	});

	describe('from Uploaded Files', () => {
		it('need no upload', async () => {
			const [file] = await uploadedFiles('Prices.pdf');

			await emailing(sandbox, [anItem({}, file)], { fileSource: 'uploaded' }).run();

			expect(callsTo(sandbox)).toEqual([CREATE]);
		});

		it('carry the keys of an attachment only, never checksum and expires_at', async () => {
			const [file] = await uploadedFiles('Prices.pdf');

			await emailing(sandbox, [anItem({}, file)], { fileSource: 'uploaded' }).run();

			const { url, filename, content_type, size } = file;
			expect(attachmentsSent()).toEqual([{ url, filename, content_type, size }]);
		});

		it.each<[string, (files: IDataObject[]) => unknown, string[]]>([
			['one object', ([file]) => file, ['a.pdf']],
			['an array', (files) => files, ['a.pdf', 'b.pdf']],
			['an object as JSON', ([file]) => JSON.stringify(file), ['a.pdf']],
			['an array as JSON', (files) => JSON.stringify(files), ['a.pdf', 'b.pdf']],
		])('may be %s', async (_what, given, names) => {
			const files = await uploadedFiles('a.pdf', 'b.pdf');

			await emailing(sandbox, [anItem()], {
				fileSource: 'uploaded',
				uploadedFiles: given(files) as never,
			}).run();

			expect(namesSent()).toEqual(names);
		});

		it.each<[string, (files: IDataObject[]) => unknown]>([
			['an object', ([file]) => file],
			['an array', (files) => files.slice(0, 1)],
			['JSON', ([file]) => JSON.stringify(file)],
			['an expression', () => '={{ $json.file }}'],
		])('may be %s under Options as well', async (_what, given) => {
			const files = await uploadedFiles('Prices.pdf');

			await emailing(sandbox, [anItem(await aFile('a.pdf'), { file: files[0] })], {
				options: { uploadedFiles: given(files) as never },
			}).run();

			expect(namesSent()).toEqual(['a.pdf', 'Prices.pdf']);
		});

		it('may be none under Options', async () => {
			await emailing(sandbox, [anItem(await aFile('a.pdf'))], {
				options: { uploadedFiles: '' },
			}).run();

			expect(namesSent()).toEqual(['a.pdf']);
		});

		it('go under the name and type of the options', async () => {
			const [file] = await uploadedFiles('Prices.pdf');
			const options = { fileName: 'Our prices.pdf', contentType: 'application/x-pdf' };

			await emailing(sandbox, [anItem({}, file)], { fileSource: 'uploaded', options }).run();

			expect(attachmentsSent()).toMatchObject([
				{ filename: 'Our prices.pdf', content_type: 'application/x-pdf' },
			]);
		});

		it('serve several items', async () => {
			const [file] = await uploadedFiles('Prices.pdf');

			await emailing(sandbox, [anItem({}, file), anItem({}, file)], {
				fileSource: 'uploaded',
			}).run();

			expect(sandbox.account.emails).toHaveLength(2);
		});
	});

	describe('from Uploaded Files are refused', () => {
		const aFileThatClose = (fields: IDataObject = {}) => ({
			url: 'https://app.close.com/go/file/temporary/user_1/token/a.pdf/',
			filename: 'a.pdf',
			content_type: 'application/pdf',
			size: 5,
			...fields,
		});

		it.each<[string, unknown, string]>([
			[
				'another host',
				aFileThatClose({ url: 'https://evil.example/a.pdf' }),
				"'Uploaded Files' holds 'https://evil.example/a.pdf', which is no file in Close",
			],
			[
				'a host that looks alike',
				aFileThatClose({ url: 'https://app.close.com.evil.example/go/file/a/b/' }),
				'which is no file in Close',
			],
			[
				'plain http',
				aFileThatClose({ url: 'http://app.close.com/go/file/a/b/' }),
				'which is no file in Close',
			],
			['no URL', { filename: 'a.pdf' }, "'Uploaded Files' holds something without a 'url'"],
			[
				'an empty URL',
				aFileThatClose({ url: '' }),
				"'Uploaded Files' holds something without a 'url'",
			],
			['a number', 5, "'Uploaded Files' holds something without a 'url'"],
			['null in an array', [null], "'Uploaded Files' holds something without a 'url'"],
			['text that is no JSON', 'a.pdf', "'Uploaded Files' holds text that is no JSON"],
			['nothing', '', "'Uploaded Files' is empty"],
			['an empty array', [], "'Uploaded Files' is empty"],
			[
				'no size',
				aFileThatClose({ size: undefined }),
				"'Uploaded Files' does not tell the size of 'a.pdf'",
			],
			[
				'a past expiry',
				aFileThatClose({ expires_at: '2020-01-01T00:00:00.000Z' }),
				"The uploaded file 'a.pdf' expired at 2020-01-01T00:00:00.000Z",
			],
		])('with %s, before any request', async (_what, value, message) => {
			const error = await errorOf(
				emailing(sandbox, [anItem({}, { value } as never)], {
					fileSource: 'uploaded',
					uploadedFiles: '={{ $json.value }}',
				}),
			);

			expect(error.message).toContain(message);
			expect(sandbox.requests).toEqual([]);
		});

		it('under Options as well, before the files of the item are uploaded', async () => {
			const expired = aFileThatClose({ expires_at: '2020-01-01T00:00:00.000Z' });

			const error = await errorOf(
				emailing(sandbox, [anItem(await aFile())], {
					options: { uploadedFiles: expired as never },
				}),
			);

			expect(error.message).toContain('expired at');
			expect(sandbox.requests).toEqual([]);
		});

		it('by Close when it does not know them, with its words', async () => {
			const outputs = await emailing(
				sandbox,
				[anItem({}, aFileThatClose())],
				{ fileSource: 'uploaded' },
				goOn,
			).run();

			expect(outputs[0].json.error).toContain('Close refused to create the email');
			expect(outputs[0].json.error).toContain("'Attachments > 1 > url' The file does not exist.");
		});
	});
});
