import type { IBinaryData, IDataObject } from 'n8n-workflow';
import { aSandbox } from '../support/aSandbox';
import { aFile, anItem, uploading } from '../support/builders';
import { binaryModes, useBinaryMode } from '../support/execution';
import { errorOf } from '../support/observations';

const sandbox = aSandbox();
/** Fields of the item that every test here starts from. */
let files: Record<string, IBinaryData>;

beforeEach(async () => {
	files = {
		data: await aFile('data.pdf'),
		file_1: await aFile('one.pdf'),
		file_2: await aFile('two.pdf'),
		'with space': await aFile('space.pdf'),
	};
});

const uploaded = async (binaryPropertyName?: unknown, options = {}) => {
	const parameters = { ...(binaryPropertyName !== undefined && { binaryPropertyName }), options };
	const outputs = await uploading(sandbox, [anItem(files)], parameters as never).run();
	return outputs.map(({ json }) => json.filename);
};

const refused = async (binaryPropertyName: unknown, options = {}) =>
	await errorOf(uploading(sandbox, [anItem(files)], { binaryPropertyName, options } as never));

describe('Input Data Field Name', () => {
	it.each([
		['is `data` unless set', undefined, ['data.pdf']],
		['takes one name', 'file_2', ['two.pdf']],
		['takes a name with a space', 'with space', ['space.pdf']],
		['takes several names in their order', 'file_2,data', ['two.pdf', 'data.pdf']],
		['takes several names with spaces around them', '  file_2 ,  data ', ['two.pdf', 'data.pdf']],
		['ignores a comma too many', 'data,,file_1,', ['data.pdf', 'one.pdf']],
		['takes a pattern', 'file_*', ['one.pdf', 'two.pdf']],
		['takes a name and a pattern', 'data, file_*', ['data.pdf', 'one.pdf', 'two.pdf']],
		['takes each file once', 'file_1, file_*', ['one.pdf', 'two.pdf']],
		['takes all files', '*', ['data.pdf', 'one.pdf', 'two.pdf', 'space.pdf']],
		['takes names from an expression', '={{ "file_" + 1 }}', ['one.pdf']],
		['takes an array of names', '={{ ["file_2", "data"] }}', ['two.pdf', 'data.pdf']],
		['takes a file from an expression', '={{ $binary.file_1 }}', ['one.pdf']],
		['takes an array of files', '={{ [$binary.file_2, $binary.file_1] }}', ['two.pdf', 'one.pdf']],
	])('%s', async (_what, value, names) => {
		expect(await uploaded(value)).toEqual(names);
	});

	it.each(binaryModes)('takes a file from an expression in %s mode', async (mode) => {
		await useBinaryMode(mode);
		files = { offer: await aFile('Offer.pdf') };

		expect(await uploaded('={{ $input.item.binary.offer }}')).toEqual(['Offer.pdf']);
		await useBinaryMode('filesystem');
	});

	it('names the files there are when a name finds none', async () => {
		const error = await refused('offer');

		expect(error.message).toBe(
			"'Input Data Field Name' asks for the file 'offer', which item 0 does not have",
		);
		expect(error.description).toBe(
			"Use one of the item's files: 'data', 'file_1', 'file_2', 'with space'.",
		);
		expect(sandbox.requests).toEqual([]);
	});

	it('names the files there are when a pattern finds none', async () => {
		const error = await refused('doc_*');

		expect(error.message).toContain(
			"'Input Data Field Name' asks for a file for the pattern 'doc_*'",
		);
		expect(error.description).toContain("'file_1'");
	});

	it.each(['data', '*'])('says that the item has no files at all (%s)', async (value) => {
		files = {};

		const error = await refused(value);

		expect(error.message).toContain("'Input Data Field Name'");
		expect(error.description).toContain('The item has no files at all.');
	});

	it.each(['', ' , ', '={{ "" }}', '={{ undefined }}', '={{ [] }}', '={{ null }}'])(
		'is refused when it is %j',
		async (value) => {
			const error = await refused(value);

			expect(error.message).toContain("'Input Data Field Name' is empty");
			expect(sandbox.requests).toEqual([]);
		},
	);

	it('is refused when one of several files by expression is missing', async () => {
		const error = await refused('={{ [$binary.data, $binary.offer] }}');

		expect(error.message).toContain("'Input Data Field Name' holds neither");
		expect(sandbox.requests).toEqual([]);
	});

	it.each(['={{ 5 }}', '={{ { name: "data" } }}', '={{ true }}'])(
		'is refused when it holds %s',
		async (value) => {
			const error = await refused(value);

			expect(error.message).toBe(
				"'Input Data Field Name' holds neither the name of a field nor a file",
			);
		},
	);

	it.each([
		['File Name', { fileName: 'New.pdf' }],
		['Content Type', { contentType: 'text/plain' }],
	])('that names several files goes with no %s', async (label, options) => {
		const error = await refused('file_*', options);

		expect(error.message).toBe(`'${label}' is set for 2 files at once`);
		expect(error.description).toContain(`Remove '${label}' from the options`);
		expect(sandbox.requests).toEqual([]);
	});

	it('that is a pattern which finds one file goes with a File Name', async () => {
		expect(await uploaded('dat*', { fileName: 'New.pdf' })).toEqual(['New.pdf']);
	});

	it('refuses a Content Type that is none', async () => {
		const error = await refused('data', { contentType: 'pdf' });

		expect(error.message).toBe("'Content Type' holds 'pdf', which is no content type");
		expect(sandbox.requests).toEqual([]);
	});
});

describe('Input Data Field Name where files stand in the JSON', () => {
	const uploadedFrom = async (json: IDataObject, binaryPropertyName: string) => {
		const settings = { binaryMode: 'combined' } as const;
		const execution = uploading(sandbox, [{ json }], { binaryPropertyName }, { settings });
		return (await execution.run()).map((output) => output.json.filename);
	};
	const nested = () => ({
		name: 'Bluth',
		offer: files.data,
		docs: { list: [files.file_1, files.file_2] },
	});

	it.each([
		['offer', ['data.pdf']],
		['docs.list[1]', ['two.pdf']],
		['docs.list[0], offer', ['one.pdf', 'data.pdf']],
		['docs.*', ['one.pdf', 'two.pdf']],
		['*', ['data.pdf', 'one.pdf', 'two.pdf']],
		['={{ $json.offer }}', ['data.pdf']],
		['={{ $json.docs.list }}', ['one.pdf', 'two.pdf']],
	])('finds %s', async (value, names) => {
		expect(await uploadedFrom(nested() as never, value)).toEqual(names);
	});

	it('names the paths there are when one finds nothing', async () => {
		const settings = { binaryMode: 'combined' } as const;
		const items = [{ json: nested() as never }];

		const error = await errorOf(
			uploading(sandbox, items, { binaryPropertyName: 'docs.offer' }, { settings }),
		);

		expect(error.message).toContain("'Input Data Field Name' asks for the file 'docs.offer'");
		expect(error.description).toContain("'offer', 'docs.list[0]', 'docs.list[1]'");
	});
});
