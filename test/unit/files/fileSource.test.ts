import fc from 'fast-check';
import type { IBinaryData } from 'n8n-workflow';
import { CloseFilesError } from '../../../nodes/CloseFiles/errors';
import { findBinaryFields } from '../../../nodes/CloseFiles/files/binaryFields';
import {
	filesFromBinary,
	refuseOverridesForSeveral,
	type FileOverrides,
} from '../../../nodes/CloseFiles/files/fileSource';
import { refusalOf, settled } from '../caught';
import { aContext, inMemory, inStore, type Store } from '../context';

const ID = 'filesystem-v2:1';

/** The source of the item's only file. */
async function sourceOf(binary: IBinaryData, overrides: FileOverrides = {}, store: Store = {}) {
	const context = aContext({ items: [{ json: {}, binary: { data: binary } }], store });
	const fields = findBinaryFields(context, 0, 'data', 'Input Data Field Name');
	const [source] = await filesFromBinary(context, 0, fields, overrides);
	return source;
}

const stored = (fields: Partial<Store[string]> = {}): Store => ({
	[ID]: { content: Buffer.alloc(700_000, 'offer '), ...fields },
});

async function contentOf({ open }: Awaited<ReturnType<typeof sourceOf>>): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of await open()) chunks.push(chunk);
	return Buffer.concat(chunks);
}

describe('a file in memory', () => {
	it('is known by name, type and size', async () => {
		expect(await sourceOf(inMemory('offer'))).toMatchObject({
			filename: 'Offer.pdf',
			contentType: 'application/pdf',
			size: 5,
		});
	});

	it('opens from its first byte every time', async () => {
		const source = await sourceOf(inMemory('offer'));

		expect([`${await contentOf(source)}`, `${await contentOf(source)}`]).toEqual([
			'offer',
			'offer',
		]);
	});

	it.each([
		['without padding', 'b2ZmZXI'],
		['with line breaks', 'b2Zm\r\nZXI=\r\n'],
		['in the alphabet for URLs', '_-8'],
	])('has the size that its content has, in base64 %s', async (_what, data) => {
		const source = await sourceOf({ ...inMemory(''), data });

		expect(source.size).toBe((await contentOf(source)).length);
	});
});

describe('a file in n8n’s store', () => {
	it('is known by what the store says where the item says nothing', async () => {
		const store = stored({ fileName: 'Stored.png', mimeType: 'image/png' });

		expect(await sourceOf(inStore(ID, { mimeType: '' }), {}, store)).toMatchObject({
			filename: 'Stored.png',
			contentType: 'image/png',
			size: 700_000,
		});
	});

	it('has the name and type that the item says', async () => {
		const store = stored({ fileName: 'Stored.png', mimeType: 'image/png' });

		const source = await sourceOf(inStore(ID, { fileName: 'Renamed.pdf' }), {}, store);

		expect([source.filename, source.contentType]).toEqual(['Renamed.pdf', 'application/pdf']);
	});

	it('opens from its first byte every time', async () => {
		const store = stored();
		const source = await sourceOf(inStore(ID), {}, store);

		expect((await contentOf(source)).equals(store[ID].content)).toBe(true);
		expect((await contentOf(source)).equals(store[ID].content)).toBe(true);
	});

	it('is refused by the name of its field when the store has it no more', async () => {
		const { message, failure } = await refusalOf(async () => await sourceOf(inStore('gone')));

		expect(message).toContain(
			"The file in the field 'data' is no longer in n8n's binary data store",
		);
		expect(failure).toEqual({ cause: 'configuration-invalid' });
	});

	it.each([[NaN], [-1], [1.5], [undefined]])('is refused when its size is %p', async (fileSize) => {
		const { message } = await refusalOf(
			async () => await sourceOf(inStore(ID, { fileName: 'a.pdf' }), {}, stored({ fileSize })),
		);

		expect(message).toBe("The size of the file 'a.pdf' is not known");
	});
});

describe('a file’s name and type', () => {
	it.each([
		['the option', { fileName: 'Item.pdf' }, { filename: 'Option.pdf' }, 'Option.pdf'],
		['the option, cleaned', {}, { filename: '../Option\n.pdf' }, 'Option.pdf'],
		['the item', { fileName: 'Item.pdf' }, {}, 'Item.pdf'],
		['the field', { fileName: undefined }, {}, 'data'],
		['the field and the extension', { fileName: '', fileExtension: 'pdf' }, {}, 'data.pdf'],
		['the field, where nothing of the name is left', { fileName: '///' }, {}, 'data'],
	])('the name is that of %s', async (_what, fields, overrides, filename) => {
		expect((await sourceOf(inMemory('x', fields), overrides)).filename).toBe(filename);
	});

	it.each([
		['the option', { mimeType: 'text/plain' }, { contentType: 'image/png' }, 'image/png'],
		['the item', { mimeType: 'text/plain' }, {}, 'text/plain'],
		['the extension', { mimeType: '', fileName: 'a.csv' }, {}, 'text/csv'],
		['the new extension', { mimeType: '' }, { filename: 'a.csv' }, 'text/csv'],
		['none', { mimeType: '', fileName: 'a' }, {}, 'application/octet-stream'],
	])('the type is that of %s', async (_what, fields, overrides, contentType) => {
		expect((await sourceOf(inMemory('x', fields), overrides)).contentType).toBe(contentType);
	});

	it('a nameless stored file by expression is not called by its ID', async () => {
		const context = aContext({ store: stored() });

		const binary = inStore(ID, { fileExtension: 'pdf' });
		const fields = findBinaryFields(context, 0, binary, 'Input Data Field Name');
		const [source] = await filesFromBinary(context, 0, fields, {});

		expect(source.filename).toBe('file.pdf');
	});

	it.each([
		['filename', { filename: 'a.pdf' }, "'File Name' is set for 2 files at once"],
		['type', { contentType: 'a/b' }, "'Content Type' is set for 2 files at once"],
		[
			'name and type',
			{ filename: 'a', contentType: 'a/b' },
			"'File Name' is set for 2 files at once",
		],
	])('one %s cannot be meant for several files', async (_what, overrides, message) => {
		const refused = await refusalOf(() => refuseOverridesForSeveral(overrides, 2));

		expect(refused.message).toBe(message);
	});

	it.each([
		[{ filename: 'a' }, 1],
		[{ contentType: 'a/b' }, 1],
		[{ maxSize: 5 }, 2],
	])('%j can be meant for %d', (overrides, count) => {
		expect(() => refuseOverridesForSeveral(overrides, count)).not.toThrow();
	});
});

describe('a file’s size', () => {
	it('cannot be nothing', async () => {
		const { message } = await refusalOf(async () => await sourceOf(inMemory('')));

		expect(message).toBe("The file 'Offer.pdf' is empty");
	});

	it('may be as large as the option says', async () => {
		expect((await sourceOf(inMemory('offer'), { maxSize: 5 })).size).toBe(5);
	});

	it('cannot be larger than the option says', async () => {
		const work = async () =>
			await sourceOf(inStore(ID, { fileName: 'a.pdf' }), { maxSize: 5 }, stored());

		expect((await refusalOf(work)).message).toBe(
			"The file 'a.pdf' has 0.7 MB, more than the 0.000005 MB of 'Max File Size (MB)'",
		);
	});
});

describe('a file’s identity', () => {
	const identityOf = async (...of: Parameters<typeof sourceOf>) =>
		(await sourceOf(...of)).identity();

	it('is the same for the same content in memory', async () => {
		expect(await identityOf(inMemory('offer'))).toBe(await identityOf(inMemory('offer')));
	});

	it.each([
		['content', inMemory('other'), {}],
		['name', inMemory('offer', { fileName: 'B.pdf' }), {}],
		['type', inMemory('offer', { mimeType: 'text/plain' }), {}],
		['name by option', inMemory('offer'), { filename: 'B.pdf' }],
	])('is another for another %s', async (_what, binary, overrides) => {
		expect(await identityOf(binary, overrides)).not.toBe(await identityOf(inMemory('offer')));
	});

	it('is the store’s ID for stored files', async () => {
		const store = { ...stored(), 'filesystem-v2:2': stored()[ID] };

		const first = await identityOf(inStore(ID), {}, store);

		expect(await identityOf(inStore(ID), {}, store)).toBe(first);
		expect(await identityOf(inStore('filesystem-v2:2'), {}, store)).not.toBe(first);
	});
});

const lie = fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' }), fc.constant(undefined));
const lyingBinary = fc.record({
	mimeType: lie,
	data: fc.oneof(lie, fc.base64String()),
	id: fc.oneof(fc.constant(undefined), fc.constant(ID), lie),
	fileName: lie,
	fileExtension: lie,
	fileSize: lie,
});

describe('binary data that lies', () => {
	it('is a whole file or refused in the user’s words', async () => {
		await fc.assert(
			fc.asyncProperty(lyingBinary, async (lying) => {
				const work = async () => await sourceOf(lying as never, {}, stored());
				const source = (await settled(work)) as Awaited<ReturnType<typeof sourceOf>>;

				if (source instanceof CloseFilesError) return;
				expect(source.filename).toMatch(/^[^/\\]+$/);
				expect(source.contentType).toMatch(/^[^\s/]+\/[^\s/]+/);
				expect((await contentOf(source)).length).toBe(source.size);
			}),
			{ numRuns: 200 },
		);
	});
});
