import type { Effect, FileRecord } from '../sandbox/server';
import { adding, namesIn, recordHolding, targets } from '../support/additions';
import { aSandbox } from '../support/aSandbox';
import { aFile, anItem, content, errorItems, goOn, itemsWithFiles, md5 } from '../support/builders';
import { callsTo, errorOf } from '../support/observations';

jest.mock('n8n-workflow', () => jest.requireActual('../support/skipWaits'));

const OLD = ['1.pdf', '2.pdf', '3.pdf'];

const sandbox = aSandbox();

/** Waiting in vain for an answer takes so long, in seconds. */
const timeout = 0.2;
const count = (call: string) => callsTo(sandbox).filter((each) => each === call).length;
const item = async () => anItem(await aFile('New.pdf'));

/** With what was carried out before the answer went astray, and what was not. */
const effects: Array<[string, Effect]> = [
	['500', { status: 500 }],
	['503', { status: 503 }],
	['429', { status: 429, headers: { 'retry-after': '1' } }],
	['504 after it was carried out', { statusAfter: 504 }],
	['a connection that is cut before', { reset: 'before' }],
	['a connection that is cut after', { reset: 'after' }],
	['silence', { timeout: true }],
	['silence after it was carried out', { timeout: 'after' }],
	['a truncated answer', { body: 'truncated' }],
	['HTML', { body: 'html' }],
	['an empty answer', { body: 'empty' }],
];

describe.each(targets)('Add Attachment to $name', (target) => {
	const { read, write } = target;
	const run = (record: FileRecord, items: Awaited<ReturnType<typeof item>>[], more = {}) =>
		adding(sandbox, target, record, items, { parameters: { options: { timeout } }, ...more });
	/** The three files as they were, each new one after them once, with its bytes. */
	const expectWhole = (record: FileRecord, before: FileRecord['attachments'], added: string[]) => {
		expect(record.attachments.slice(0, 3)).toEqual(before);
		const rest = record.attachments.slice(3);
		expect(namesIn({ attachments: rest }).sort()).toEqual(added);
		for (const { url, filename } of rest) {
			expect(sandbox.s3.object(url)?.md5).toBe(md5(content(20, filename)));
		}
	};
	const holdingOld = async () => {
		const record = await recordHolding(sandbox, target, OLD);
		return { record, before: structuredClone(record.attachments) };
	};

	const places: Array<[string, string, number]> = [
		['the first read', read, 0],
		['the read before the write', read, 1],
		['the write', write, 0],
		...(target.resource === 'smsTemplate'
			? [['the read after the write', read, 2] satisfies [string, string, number]]
			: []),
		['signing', 'POST /files/upload/', 0],
	];
	describe.each(places)(
		'neither doubles nor loses a file when %s is answered',
		(_at, call, skip) => {
			it.each(effects)('by %s', async (_what, effect) => {
				const { record, before } = await holdingOld();
				sandbox.faults.add({ call, skip, effect });

				const [{ json }] = await run(record, [await item()]).run();

				expectWhole(record, before, ['New.pdf']);
				expect(json.attachments).toEqual(record.attachments);
				expect(count('POST s3')).toBe(1);
				expect(count(write)).toBeLessThanOrEqual(2);
			});
		},
	);

	it.each(effects)(
		'reads again when a lost write is read back in vain by %s',
		async (_what, effect) => {
			const { record, before } = await holdingOld();
			sandbox.faults.add({ call: write, effect: { reset: 'after' } });
			sandbox.faults.add({ call: read, skip: 2, effect });

			await run(record, [await item()]).run();

			expectWhole(record, before, ['New.pdf']);
			expect(sandbox.faults.injected).toBe(2);
			expect(count(write)).toBe(1);
		},
	);

	it('does not write again what came through although its answer was lost', async () => {
		const { record } = await holdingOld();
		sandbox.faults.add({ call: write, effect: { reset: 'after' }, times: Infinity });

		await run(record, [await item()]).run();

		expect(count(write)).toBe(1);
	});

	it.each<[string, Effect]>([
		['500', { status: 500 }],
		['503', { status: 503 }],
		['cut connections', { reset: 'before' }],
	])('uploads nothing again in n8n’s second try after writes met %s', async (_what, effect) => {
		const { record, before } = await holdingOld();
		sandbox.faults.add({ call: write, effect, times: 5 });
		const execution = run(record, [await item()]);

		const error = await errorOf(execution);
		expect(namesIn(record)).toEqual(OLD);
		await execution.run();

		expect(error.failure).toEqual({ cause: 'temporarily-unavailable' });
		expect(error.description).toContain('Already uploaded, usable for 24 hours: New.pdf');
		expectWhole(record, before, ['New.pdf']);
		expect(count('POST s3')).toBe(1);
		expect(count(write)).toBe(6);
	});

	it('repeats in n8n’s second try only the item that was refused', async () => {
		const { record, before } = await holdingOld();
		const effect = { status: 400, body: { error: 'Not now.' } };
		sandbox.faults.add({ call: write, skip: 1, effect });
		const items = ['a.pdf', 'b.pdf', 'c.pdf'].map(async (name) => anItem(await aFile(name)));
		const parameters = { options: { maxParallel: 1 } };
		const execution = run(record, await Promise.all(items), { parameters });

		await errorOf(execution);
		await execution.run();

		expectWhole(record, before, ['a.pdf', 'b.pdf', 'c.pdf']);
		expect(count('POST s3')).toBe(3);
		expect(count(write)).toBe(4);
	});

	it('goes on with the next item when the writes of one before it are lost', async () => {
		const { record, before } = await holdingOld();
		sandbox.faults.add({ call: write, effect: { reset: 'before' }, times: 5 });
		const parameters = { options: { maxParallel: 1 } };
		const items = (await itemsWithFiles(2)).map(({ binary }, index) => ({
			json: {},
			binary: { data: { ...binary!.data, fileName: `New ${index + 1}.pdf` } },
		}));

		const outputs = await run(record, items, { parameters, ...goOn }).run();

		expect(errorItems(outputs)).toEqual([0]);
		expect(record.attachments.slice(0, 3)).toEqual(before);
		expect(namesIn(record)).toEqual([...OLD, 'New 2.pdf']);
	});
});
