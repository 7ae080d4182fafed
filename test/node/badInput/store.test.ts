import type { IBinaryData } from 'n8n-workflow';
import { aSandbox } from '../../support/aSandbox';
import { anItem, content, emailing, md5, uploading } from '../../support/builders';
import { openStreams, useBinaryMode } from '../../support/execution';
import { aFileLiedAbout, streams } from '../../support/lyingStore';
import { callsTo, errorOf, until, wholeTextOf } from '../../support/observations';

jest.mock('n8n-workflow', () => jest.requireActual('../../support/skipWaits'));

const bytes = content(3_000);

const sandbox = aSandbox();

const given = async (what: keyof typeof streams) =>
	await aFileLiedAbout(bytes, { stream: streams[what] });

describe('a store that gives a file', () => {
	it.each(['one byte at a time', 'with nothing now and then'] as const)(
		'%s is read to its end',
		async (what) => {
			const [{ json }] = await uploading(sandbox, [anItem(await given(what))]).run();

			expect(json.checksum).toBe(md5(bytes));
			expect(sandbox.s3.object(String(json.url))?.md5).toBe(md5(bytes));
		},
	);

	it.each([
		['one byte too few', 'it ended after 2999 of 3000 bytes'],
		['nothing', 'it ended after 0 of 3000 bytes'],
		['one byte too many', 'it holds more than the 3000 bytes it is said to have'],
		['without end', 'it holds more than the 3000 bytes it is said to have'],
		['text in place of bytes', 'n8n could not read it beyond 0 of 3000 bytes'],
		['objects in place of bytes', 'n8n could not read it beyond 0 of 3000 bytes'],
		['a broken disk', 'n8n could not read it beyond 0 of 3000 bytes'],
		['no file', 'n8n could not read it beyond 0 of 3000 bytes'],
	] as const)('(%s) is told in the node’s words: %s', async (what, reason) => {
		const error = await errorOf(emailing(sandbox, [anItem(await given(what))]));

		expect(error.message).toBe(`The file 'Offer.pdf' was not uploaded: ${reason}`);
		expect(error.description).toContain('Run the workflow from the node that brings the file');
		expect(error.context.data).toEqual({ code: 'ContentNotAsPromised', uploaded: [] });
		expect(wholeTextOf(error)).not.toContain('/data/secret');
		expect(sandbox.account.uploads.map(({ url }) => sandbox.s3.object(url))).toEqual([undefined]);
		expect(sandbox.account.emails).toEqual([]);
	});

	it.each([
		'silence before the first byte',
		'silence half way',
		'silence in place of the end',
		'a drop now and then',
		'silence in place of a stream',
	] as const)('(%s) ends the run by the timeout, and no stream stays open', async (what) => {
		const item = anItem(await given(what));

		const error = await errorOf(emailing(sandbox, [item], { options: { timeout: 0.15 } }));

		expect(error.message).toBe(
			"The file 'Offer.pdf' (3000 bytes) was not uploaded: n8n's storage did not give it in time, 4 times",
		);
		expect(error.description).toBe(
			"Look whether n8n's binary data storage is slow or not to be reached. If it only takes its time, raise 'Timeout (Seconds)' in the options.",
		);
		expect(error.context.data).toEqual({ code: 'ContentNotInTime', uploaded: [] });
		expect(error.failure).toEqual({ cause: 'temporarily-unavailable' });
		expect(callsTo(sandbox).filter((call) => call === 'POST s3').length).toBeLessThanOrEqual(4);
		expect(sandbox.account.emails).toEqual([]);
		await until(() => openStreams.size === 0);
	});
});

describe('a store that gives the file at once', () => {
	it('is not blamed where S3 takes it and does not answer', async () => {
		const item = anItem(await given('one byte at a time'));
		sandbox.faults.add({ call: 'POST s3', effect: { timeout: 'after' }, times: Infinity });

		const error = await errorOf(uploading(sandbox, [item], { options: { timeout: 0.3 } }));

		expect(error.message).toContain("did not reach Close's file storage: it took too long");
	});
});

describe('metadata in the store', () => {
	const uploadingWith = async (metadata: Record<string, unknown>, binary = {}) =>
		uploading(sandbox, [anItem({ ...(await aFileLiedAbout(bytes, { metadata })), ...binary })]);

	it.each([
		[1, 'it holds more than the 1 bytes it is said to have'],
		[2_999, 'it holds more than the 2999 bytes it is said to have'],
		[3_001, 'it ended after 3000 of 3001 bytes'],
		[5e9, 'it ended after 3000 of 5000000000 bytes'],
	])('of the wrong size %d is found out, and nothing is stored', async (fileSize, reason) => {
		const error = await errorOf(await uploadingWith({ fileSize }));

		expect(error.message).toBe(`The file 'Offer.pdf' was not uploaded: ${reason}`);
		expect(sandbox.account.uploads.map(({ url }) => sandbox.s3.object(url))).toEqual([undefined]);
	});

	it.each([[-1], [1.5], ['3000'], [NaN], [Infinity], [null], [undefined], [{}], [2 ** 60]])(
		'of no size (%p) is refused before any request',
		async (fileSize) => {
			const error = await errorOf(await uploadingWith({ fileSize }));

			expect(error.message).toBe("The size of the file 'Offer.pdf' is not known");
			expect(sandbox.requests).toEqual([]);
		},
	);

	it.each([[5], [null], [{ toString: 'x' }], [['a.pdf']], ['\u0000/']])(
		'of no name (%p) leaves the field’s',
		async (fileName) => {
			const execution = await uploadingWith({ fileName }, { fileName: undefined });

			expect((await execution.run())[0].json.filename).toBe('data');
		},
	);

	it.each([[5], [null], [{}], ['no type'], ['a/b\r\nX: y'], ['application/']])(
		'of no type (%p) leaves the extension’s',
		async (mimeType) => {
			const execution = await uploadingWith({ mimeType }, { mimeType: undefined });

			expect((await execution.run())[0].json.content_type).toBe('application/pdf');
		},
	);
});

describe('a binary object written by hand', () => {
	const base64 = bytes.toString('base64');
	const uploadingOf = (binary: object, byExpression = false) =>
		uploading(
			sandbox,
			[
				byExpression
					? { json: { file: binary as never } }
					: anItem({ data: binary as IBinaryData }),
			],
			{ ...(byExpression && { binaryPropertyName: '={{ $json.file }}' }) },
		);
	beforeEach(async () => await useBinaryMode('default'));

	it.each<[string, object, string, string]>([
		['with the content alone', {}, 'data', 'application/octet-stream'],
		['with an extension', { fileExtension: 'pdf' }, 'data.pdf', 'application/pdf'],
		['with a name alone', { fileName: 'a.png' }, 'a.png', 'image/png'],
		[
			'with sizes that lie',
			{ bytes: 1, fileSize: '9 GB', fileName: 'a.pdf' },
			'a.pdf',
			'application/pdf',
		],
		[
			'with numbers for texts',
			{ mimeType: 1, fileName: 2, fileExtension: 3 },
			'data',
			'application/octet-stream',
		],
	])('%s is uploaded whole', async (_what, fields, filename, contentType) => {
		const [{ json }] = await uploadingOf({ data: base64, ...fields }).run();

		expect(json).toMatchObject({ filename, content_type: contentType, size: 3_000 });
		expect(sandbox.s3.object(String(json.url))?.md5).toBe(md5(bytes));
	});

	it('with a number for its name is uploaded when an expression gives it', async () => {
		const [{ json }] = await uploadingOf(
			{ data: base64, mimeType: 'text/csv', fileName: 5 },
			true,
		).run();

		expect(json).toMatchObject({ filename: 'file', content_type: 'text/csv', size: 3_000 });
	});

	it.each(['data', '*'])('that is null is no file (%s)', async (binaryPropertyName) => {
		const items = [{ json: {}, binary: null as never }];

		const error = await errorOf(uploading(sandbox, items, { binaryPropertyName }));

		expect(error.message).toContain("'Input Data Field Name' asks for");
		expect(error.description).toContain('The item has no files at all.');
	});

	it.each<[string, object, string]>([
		['without content', {}, "'Input Data Field Name' asks for 'data', which holds no file"],
		[
			'with the name of a store for content',
			{ data: 'filesystem-v2' },
			"'Input Data Field Name' asks for 'data', which holds no file",
		],
		[
			'with a number for its content',
			{ data: 5 },
			"'Input Data Field Name' asks for 'data', which holds no file",
		],
		[
			'with a data URL for content',
			{ data: `data:application/pdf;base64,${base64}` },
			"The file in the field 'data' is not written in base64",
		],
		[
			'with plain text for content',
			{ data: 'Hello, world!' },
			"The file in the field 'data' is not written in base64",
		],
		[
			'with the ID of a file that is gone',
			{ data: 'database', id: 'database:gone' },
			"The file in the field 'data' is no longer in n8n's binary data store",
		],
		[
			'with an ID of no store',
			{ data: '', id: '../../etc/passwd' },
			"The file in the field 'data' is no longer in n8n's binary data store",
		],
		['with empty content', { data: '' }, "The file 'data' is empty"],
	])('%s is refused before any request', async (_what, binary, message) => {
		const error = await errorOf(uploadingOf(binary));

		expect(error.message).toBe(message);
		expect(error.description).toBeTruthy();
		expect(error.failure).toEqual({ cause: 'configuration-invalid' });
		expect(sandbox.requests).toEqual([]);
	});
});
