import { aSandbox } from '../support/aSandbox';
import { aFile, aLead, anItem, goOn, itemsWithFiles, locator, runsOf } from '../support/builders';
import type { ExecutionOptions } from '../support/execution';
import { bodiesOf, errorOf, jsonOf } from '../support/observations';

jest.mock('n8n-workflow', () => jest.requireActual('../support/skipWaits'));

const sandbox = aSandbox();

const CREATE = 'POST /lead/{id}/files/';

const ofLead = () => ({ leadId: locator(aLead(sandbox).id) });
const file = (
	operation: string,
	items: ExecutionOptions['items'],
	parameters: ExecutionOptions['parameters'] = {},
	more: Partial<ExecutionOptions> = {},
) => runsOf('file', operation, ofLead)(sandbox, items, parameters, more);

const threeFiles = async () =>
	anItem({
		a: await aFile('A.pdf'),
		b: await aFile('B.pdf'),
		c: await aFile('C.csv', { mimeType: 'text/csv' }),
	});

const names = (outputs: ExecutionOptions['items']) => jsonOf(outputs).map(({ name }) => name);

describe('Attach to Lead', () => {
	it('gives one output item for each file, all paired to their item', async () => {
		const outputs = await file('attachToLead', [await threeFiles()], {
			binaryPropertyName: '*',
		}).run();

		expect(names(outputs)).toEqual(['A.pdf', 'B.pdf', 'C.csv']);
		expect(outputs.map(({ pairedItem }) => pairedItem)).toEqual(Array(3).fill({ item: 0 }));
		expect(outputs[0].json).toMatchObject({ lead_id: aLead(sandbox).id, size: 20 });
	});

	it('tells Close name, type and URL, and nothing else', async () => {
		await file('attachToLead', await itemsWithFiles(1)).run();

		const [{ url }] = sandbox.account.uploads;
		expect(bodiesOf(sandbox, CREATE)).toEqual([
			{ filename: '1.pdf', content_type: 'application/pdf', url },
		]);
	});

	it.each([0, 1, 2])(
		'finds the file again whose answer was lost, the one of number %d',
		async (skip) => {
			sandbox.faults.add({ call: CREATE, skip, effect: { reset: 'after' } });

			const outputs = await file('attachToLead', [await threeFiles()], {
				binaryPropertyName: '*',
			}).run();

			expect(names(outputs)).toEqual(['A.pdf', 'B.pdf', 'C.csv']);
			expect(bodiesOf(sandbox, CREATE)).toHaveLength(3);
		},
	);

	it('goes on with the second file in n8n’s next try, when the first is there', async () => {
		sandbox.faults.add({ call: CREATE, skip: 1, effect: { status: 403 } });
		const run = file('attachToLead', [await threeFiles()], { binaryPropertyName: '*' });

		const error = await errorOf(run);
		const outputs = await run.run();

		expect(error.description).toContain('Already created in Close: leadfile_');
		expect(names(outputs)).toEqual(['A.pdf', 'B.pdf', 'C.csv']);
		expect(bodiesOf(sandbox, CREATE).map(({ filename }) => filename)).toEqual([
			'A.pdf',
			'B.pdf',
			'B.pdf',
			'C.csv',
		]);
	});

	it('tells what is there when it goes on with other items', async () => {
		sandbox.faults.add({ call: CREATE, skip: 1, effect: { status: 403 } });

		const [{ json }] = await file(
			'attachToLead',
			[await threeFiles()],
			{ binaryPropertyName: '*' },
			goOn,
		).run();

		expect(json.details).toMatchObject({
			status: 403,
			created: [{ item: 0, id: expect.stringMatching(/^leadfile_/) as string }],
		});
	});
});

describe('Get Many', () => {
	const attach = async (count: number) => {
		const files = Object.fromEntries(
			await Promise.all(
				Array.from(
					{ length: count },
					async (_, n) => [`f${n}`, await aFile(`Offer ${n}.pdf`)] as const,
				),
			),
		);
		await file('attachToLead', [anItem(files)], {
			binaryPropertyName: '*',
			options: { maxParallel: 20 },
		}).run();
		sandbox.requests.length = 0;
	};

	it('lists up to 50 files of the lead unless told otherwise', async () => {
		await attach(60);

		const outputs = await file('getMany', [{ json: {} }]).run();

		expect(outputs).toHaveLength(50);
		expect(outputs[0].json).toMatchObject({ lead_id: aLead(sandbox).id });
	});

	it('goes through all pages for Return All', async () => {
		await attach(130);

		const outputs = await file('getMany', [{ json: {} }], { returnAll: true }).run();

		expect(new Set(names(outputs)).size).toBe(130);
		expect(sandbox.requests).toHaveLength(2);
	});

	it.each([
		['name', { name: 'OFFER 1' }, ['Offer 1.pdf', 'Offer 11.pdf', 'Offer 10.pdf']],
		['type', { contentType: 'text/' }, []],
		['name and type', { name: '2', contentType: 'Application/PDF' }, ['Offer 2.pdf']],
	])('filters by %s', async (_what, filters, expected) => {
		await attach(12);

		const outputs = await file('getMany', [{ json: {} }], { filters }).run();

		expect(names(outputs).sort()).toEqual([...expected].sort());
	});

	it('gives nothing for a lead without files', async () => {
		expect(await file('getMany', [{ json: {} }]).run()).toEqual([]);
	});

	it.each([
		['a lead', { leadId: locator('') }, "'Lead' is empty"],
		['a limit', { limit: 0 }, "'Limit' holds '0', which is no whole number from 1"],
	])('without %s is refused before any request', async (_what, parameters, message) => {
		const error = await errorOf(file('getMany', [{ json: {} }], parameters));

		expect(error.message).toContain(message);
		expect(sandbox.requests).toEqual([]);
	});
});
