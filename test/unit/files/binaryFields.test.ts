import fc from 'fast-check';
import type { INodeExecutionData } from 'n8n-workflow';
import { CloseFilesError } from '../../../nodes/CloseFiles/errors';
import { findBinaryFields } from '../../../nodes/CloseFiles/files/binaryFields';
import { refusalOf, settled } from '../caught';
import { aContext, inMemory, inStore } from '../context';

const LABEL = 'Input Data Field Name';

const offer = inMemory('offer', { fileName: 'Offer.pdf' });
const files = { data: offer, file_0: inMemory('0'), file_1: inMemory('1'), 'a b': inMemory('ab') };

const find = (value: unknown, item: INodeExecutionData = { json: {}, binary: files }) =>
	findBinaryFields(aContext({ items: [item] }), 0, value, LABEL);

const fieldsFoundBy = (value: unknown) => find(value).map(({ field }) => field);

describe('a field that names files', () => {
	it.each([
		['one name', 'data', ['data']],
		['a name with a blank in it', 'a b', ['a b']],
		['several names, in their order', 'file_1, data', ['file_1', 'data']],
		['names with commas too many', ',data,, file_0 ,', ['data', 'file_0']],
		['a name twice', 'data,data', ['data']],
		['a pattern', 'file_*', ['file_0', 'file_1']],
		['a star for all files', '*', ['data', 'file_0', 'file_1', 'a b']],
		['a name and a pattern that holds it', 'file_1, file_*', ['file_1', 'file_0']],
		['an array of names and patterns', ['data', 'file_*'], ['data', 'file_0', 'file_1']],
	])('may hold %s', (_what, value, fields) => {
		expect(fieldsFoundBy(value)).toEqual(fields);
	});

	it('may hold a file by expression', () => {
		expect(find(offer)).toEqual([{ field: 'Offer.pdf', binary: offer }]);
	});

	it('finds each of several files by expression, though they have the same name', () => {
		const scans = [inMemory('front'), inMemory('back')];

		expect(find(scans).map(({ binary }) => binary)).toEqual(scans);
	});

	it('finds the same stored file once', () => {
		expect(find([inStore('filesystem-v2:1'), inStore('filesystem-v2:1')])).toHaveLength(1);
	});

	it.each([
		['nothing', ''],
		['blanks and commas', ' , '],
		['an empty array', []],
		['null', null],
		['undefined', undefined],
	])('is empty with %s', async (_what, value) => {
		const { message, failure } = await refusalOf(() => find(value));

		expect(message).toBe(`'${LABEL}' is empty`);
		expect(failure).toEqual({ cause: 'configuration-invalid' });
	});

	it.each([[5], [{ data: 'x' }], [{ mimeType: 'a/b' }], [['data', null]]])(
		'cannot hold %j',
		async (value) => {
			const { message } = await refusalOf(() => find(value));

			expect(message).toBe(`'${LABEL}' holds neither the name of a field nor a file`);
		},
	);

	it.each([
		['a name', 'offer', "the file 'offer'"],
		['a pattern', 'scan_*', "a file for the pattern 'scan_*'"],
		['one of several names', 'data, offer', "the file 'offer'"],
	])('says which files there are when %s finds nothing', async (_what, value, wanted) => {
		const { message, advice } = await refusalOf(() => find(value));

		expect(message).toBe(`'${LABEL}' asks for ${wanted}, which item 0 does not have`);
		expect(advice).toBe("Use one of the item's files: 'data', 'file_0', 'file_1', 'a b'.");
	});

	it.each([['*'], ['data']])(
		'says that the item has no files when %s finds none',
		async (value) => {
			const { advice } = await refusalOf(() => find(value, { json: {} }));

			expect(advice).toContain('The item has no files at all.');
		},
	);

	it.each([['text'], [5], [null], [{}], [{ id: '', mimeType: 'a/b' }], [{ id: 5, data: 7 }]])(
		'is refused when %j stands where a file should',
		async (binary) => {
			const item = { json: {}, binary: { data: binary } } as never;

			const { message } = await refusalOf(() => find('data', item));

			expect(message).toBe(`'${LABEL}' asks for 'data', which holds no file`);
		},
	);

	it('holds files of the item or is refused, whatever it holds', async () => {
		const value = fc.oneof(fc.anything(), fc.array(fc.constantFrom('data', '*', 'x', null, offer)));
		await fc.assert(
			fc.asyncProperty(value, async (anything) => {
				const outcome = await settled(() => find(anything));

				expect(outcome instanceof CloseFilesError || Array.isArray(outcome)).toBe(true);
			}),
			{ numRuns: 200 },
		);
	});
});

describe('a field that names files, where n8n keeps them in the item’s JSON', () => {
	const json = { form: { offer, scans: [inMemory('0'), inMemory('1')] }, name: 'Ann' } as never;

	const findCombined = (value: unknown) =>
		findBinaryFields(aContext({ items: [{ json }], binaryMode: 'combined' }), 0, value, LABEL);

	it.each([
		['a path', 'form.offer', ['form.offer']],
		['a path into a list', 'form.scans[1]', ['form.scans[1]']],
		['a pattern', 'form.scans*', ['form.scans[0]', 'form.scans[1]']],
		['a star for all files', '*', ['form.offer', 'form.scans[0]', 'form.scans[1]']],
	])('may hold %s', (_what, value, fields) => {
		expect(findCombined(value).map(({ field }) => field)).toEqual(fields);
	});

	it('may hold the file itself', () => {
		expect(findCombined(offer)).toEqual([{ field: 'Offer.pdf', binary: offer }]);
	});

	it('says which paths there are when one finds nothing', async () => {
		const { advice } = await refusalOf(() => findCombined('form.invoice'));

		expect(advice).toContain("'form.offer', 'form.scans[0]', 'form.scans[1]'");
	});
});
