/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import { appendFile, rm, truncate } from 'node:fs/promises';
import type { Effect } from '../sandbox/server';
import { aSandbox } from '../support/aSandbox';
import { aFile, anItem, content, goOn, itemsWithFiles, md5, uploading } from '../support/builders';
import { binaryModes, openStreams, pathOf, storeBinary, useBinaryMode } from '../support/execution';
import { callsTo, errorOf, formsTo, jsonOf, until } from '../support/observations';

const HOUR = 3_600_000;

describe('Upload File', () => {
	const sandbox = aSandbox();
	beforeEach(async () => await useBinaryMode('filesystem'));

	it.each(binaryModes)('uploads byte for byte from the %s store', async (mode) => {
		await useBinaryMode(mode);
		const bytes = content(300_000);
		const data = await storeBinary(bytes, { fileName: 'Offer.pdf' });

		const [output] = await uploading(sandbox, [anItem(data)]).run();

		expect(output).toMatchObject({
			json: {
				filename: 'Offer.pdf',
				content_type: 'application/pdf',
				size: 300_000,
				checksum: md5(bytes),
			},
			pairedItem: { item: 0 },
		});
		expect(sandbox.s3.object(String(output.json.url))).toMatchObject({
			md5: md5(bytes),
			size: 300_000,
			contentType: 'application/pdf',
		});
	});

	it('answers the URL that Close gave, and when the file goes away', async () => {
		const before = Date.now();

		const [output] = await uploading(sandbox, [anItem(await aFile())]).run();

		const expiresAt = Date.parse(String(output.json.expires_at));
		expect(output.json.url).toBe(sandbox.account.uploads[0].url);
		expect(expiresAt).toBeGreaterThanOrEqual(before + 24 * HOUR);
		expect(expiresAt).toBeLessThanOrEqual(Date.now() + 24 * HOUR);
	});

	it('says above its output that files go away, once for all', async () => {
		const execution = uploading(sandbox, await itemsWithFiles(3));

		await execution.run();

		expect(execution.context.hints.map(({ message }) => message)).toEqual([
			expect.stringContaining('for 24 hours'),
		]);
	});

	it('makes two requests: one to sign, one to post', async () => {
		await uploading(sandbox, [anItem(await aFile('Offer.pdf'))]).run();

		expect(callsTo(sandbox)).toEqual(['POST /files/upload/', 'POST s3']);
		expect(sandbox.requests[0].body).toEqual({
			filename: 'Offer.pdf',
			content_type: 'application/pdf',
		});
	});

	it('sends the credential to Close only', async () => {
		await uploading(sandbox, [anItem(await aFile())]).run();

		const [sign, post] = sandbox.requests;
		expect(sign.headers.authorization).toBe(`Basic ${btoa(`${sandbox.apiKey}:`)}`);
		expect(post.headers.authorization).toBeUndefined();
		expect(JSON.stringify(post)).not.toContain(sandbox.apiKey);
	});

	it('leaves no stream of the store open', async () => {
		await uploading(sandbox, await itemsWithFiles(3)).run();

		await until(() => openStreams.size === 0);
	});

	it.each<[string, Effect]>([
		['refuses it', { s3Error: 'EntityTooLarge' }],
		['redirects it', { redirect: 'https://elsewhere.example/' }],
	])('leaves no stream of the store open when S3 %s', async (_what, effect) => {
		sandbox.faults.add({ call: 'POST s3', effect });

		await errorOf(uploading(sandbox, [anItem(await aFile('a.pdf', { size: 20_000_000 }))]));

		await until(() => openStreams.size === 0);
	});

	it('passes no input data on unless asked to', async () => {
		const [output] = await uploading(sandbox, [anItem(await aFile(), { deal: 7 })]).run();

		expect(output.binary).toBeUndefined();
		expect(output.json).not.toHaveProperty('deal');
	});

	it('passes the files of the item on with Keep Input Data', async () => {
		const item = anItem({ a: await aFile('a.pdf'), b: await aFile('b.pdf') });

		const outputs = await uploading(sandbox, [item], {
			binaryPropertyName: 'a, b',
			options: { keepInputData: true },
		}).run();

		expect(outputs.map(({ binary }) => binary)).toEqual([item.binary, item.binary]);
	});

	describe('name and type', () => {
		it('are those on the item, not those in the store', async () => {
			const stored = await storeBinary(content(10), {
				fileName: 'scan.bin',
				mimeType: 'image/png',
			});
			const renamed = { ...stored, fileName: 'Offer.pdf', mimeType: 'application/pdf' };

			const [output] = await uploading(sandbox, [anItem(renamed)]).run();

			expect(output.json).toMatchObject({
				filename: 'Offer.pdf',
				content_type: 'application/pdf',
			});
		});

		it('are those in the store where the item has none', async () => {
			const stored = await storeBinary(content(10), {
				fileName: 'scan.png',
				mimeType: 'image/png',
			});
			const bare = { ...stored, fileName: undefined, mimeType: '' };

			const [output] = await uploading(sandbox, [anItem(bare)]).run();

			expect(output.json).toMatchObject({ filename: 'scan.png', content_type: 'image/png' });
		});

		it('are those of the options before all others', async () => {
			const options = { fileName: 'Signed.csv', contentType: 'text/csv' };

			const [output] = await uploading(sandbox, [anItem(await aFile())], { options }).run();

			expect(output.json).toMatchObject({ filename: 'Signed.csv', content_type: 'text/csv' });
			expect(formsTo(sandbox)[0].file).toMatchObject({
				filename: 'Signed.csv',
				contentType: 'text/csv',
			});
		});

		it.each([
			['umlauts', 'Angebot Müller.pdf'],
			['an emoji', 'Offer 🚀.pdf'],
			['quotes', 'Offer "final".pdf'],
			['Hebrew', 'הצעה.pdf'],
		])('keep %s', async (_what, fileName) => {
			const [output] = await uploading(sandbox, [anItem(await aFile(fileName))]).run();

			expect(output.json.filename).toBe(fileName);
			expect(sandbox.account.uploads[0].filename).toBe(fileName);
		});

		it('lose a leading path', async () => {
			const data = { ...(await aFile()), fileName: '/data/in/Offer.pdf' };

			const [output] = await uploading(sandbox, [anItem(data)]).run();

			expect(output.json.filename).toBe('Offer.pdf');
		});
	});

	describe('size', () => {
		it('is what the store says, not what stands on the item', async () => {
			const data = { ...(await aFile('a.pdf', { size: 1_000 })), bytes: 7, fileSize: '7 B' };

			const [output] = await uploading(sandbox, [anItem(data)]).run();

			expect(output.json.size).toBe(1_000);
			expect(formsTo(sandbox)[0].file?.size).toBe(1_000);
		});

		it('may be exactly the limit', async () => {
			const data = await aFile('a.pdf', { size: 500_000 });

			await uploading(sandbox, [anItem(data)], { options: { maxFileSizeMb: 0.5 } }).run();

			expect(sandbox.account.uploads).toHaveLength(1);
		});

		it('over the limit is refused before any request', async () => {
			const data = await aFile('a.pdf', { size: 500_001 });

			const error = await errorOf(
				uploading(sandbox, [anItem(data)], { options: { maxFileSizeMb: 0.5 } }),
			);

			expect(error.message).toContain("'a.pdf' has 0.5 MB");
			expect(error.message).toContain("'Max File Size (MB)'");
			expect(sandbox.requests).toEqual([]);
		});

		it.each(binaryModes)('of zero is refused before any request (%s store)', async (mode) => {
			await useBinaryMode(mode);
			const data = await storeBinary(Buffer.alloc(0), { fileName: 'nothing.pdf' });

			const error = await errorOf(uploading(sandbox, [anItem(data)]));

			expect(error.message).toBe("The file 'nothing.pdf' is empty");
			expect(sandbox.requests).toEqual([]);
		});
	});

	describe('a file that changed on disk after n8n measured it', () => {
		const changed = async (change: (path: string) => Promise<void>, size = 200_000) => {
			const data = await aFile('Offer.pdf', { size });
			await change(await pathOf(data));
			return uploading(sandbox, [anItem(data)]);
		};

		it.each([0, 1, 70_000, 199_999])('is refused when only %d bytes are left', async (left) => {
			const error = await errorOf(await changed(async (path) => await truncate(path, left)));

			expect(error.message).toBe(
				`The file 'Offer.pdf' was not uploaded: it ended after ${left} of 200000 bytes`,
			);
			expect(error.failure).toEqual({ cause: 'configuration-invalid' });
		});

		it.each([1, 600_000])('is refused when it grew by %d bytes', async (more) => {
			const error = await errorOf(
				await changed(async (path) => await appendFile(path, content(more))),
			);

			expect(error.message).toBe(
				"The file 'Offer.pdf' was not uploaded: it holds more than the 200000 bytes it is said to have",
			);
		});

		it.each([
			['shorter', async (path: string) => await truncate(path, 10)],
			['longer', async (path: string) => await appendFile(path, 'more')],
		])('leaves nothing to attach when it became %s', async (_what, change) => {
			await errorOf(await changed(change));

			const { uploads } = sandbox.account;
			expect(uploads.map(({ url, uploadedAt }) => [sandbox.s3.object(url), uploadedAt])).toEqual(
				uploads.map(() => [undefined, undefined]),
			);
		});

		it('is not tried again: it stays as it is', async () => {
			await errorOf(await changed(async (path) => await truncate(path, 10)));

			expect(callsTo(sandbox).filter((call) => call === 'POST /files/upload/')).toHaveLength(1);
		});

		it('leaves no stream of the store open', async () => {
			await errorOf(await changed(async (path) => await appendFile(path, content(5_000_000))));

			await until(() => openStreams.size === 0);
		});
	});

	it('says so when n8n has deleted the file', async () => {
		const data = await aFile();
		await rm(`${await pathOf(data)}.metadata`);
		await rm(await pathOf(data));

		const error = await errorOf(uploading(sandbox, [anItem(data)]));

		expect(error.message).toBe(
			"The file in the field 'data' is no longer in n8n's binary data store",
		);
		expect(sandbox.requests).toEqual([]);
	});

	it('says so when only the bytes are gone from the store', async () => {
		const data = await aFile();
		await rm(await pathOf(data));

		const error = await errorOf(uploading(sandbox, [anItem(data)]));

		expect(error.message).toBe(
			"The file 'Offer.pdf' was not uploaded: n8n could not read it beyond 0 of 20 bytes",
		);
	});

	it('pairs the files of each item with it, in the order of the items', async () => {
		const items = [
			anItem({ a: await aFile('1a.pdf'), b: await aFile('1b.pdf') }),
			anItem({ a: await aFile('2a.pdf') }),
			anItem({ a: await aFile('3a.pdf'), b: await aFile('3b.pdf') }),
		];

		const outputs = await uploading(sandbox, items, { binaryPropertyName: '*' }).run();

		expect(outputs.map(({ json, pairedItem }) => [json.filename, pairedItem])).toEqual([
			['1a.pdf', { item: 0 }],
			['1b.pdf', { item: 0 }],
			['2a.pdf', { item: 1 }],
			['3a.pdf', { item: 2 }],
			['3b.pdf', { item: 2 }],
		]);
	});

	it('reads parameters for each item by itself', async () => {
		const items = [
			anItem({ offer: await aFile('1.pdf') }, { field: 'offer' }),
			anItem({ contract: await aFile('2.pdf') }, { field: 'contract' }),
		];

		const outputs = await uploading(sandbox, items, {
			binaryPropertyName: '={{ $json.field }}',
		}).run();

		expect(outputs.map(({ json }) => json.filename)).toEqual(['1.pdf', '2.pdf']);
	});

	it('answers nothing for no items', async () => {
		expect(await uploading(sandbox, []).run()).toEqual([]);
		expect(sandbox.requests).toEqual([]);
	});

	it('refuses an operation that this version does not know', async () => {
		const items = await itemsWithFiles(1);

		const outputs = await uploading(sandbox, items, { operation: 'shred' }, goOn).run();

		expect(jsonOf(outputs)[0].error).toContain("has no operation 'shred' for the resource 'file'");
		expect(sandbox.requests).toEqual([]);
	});
});
