import type { INodeExecutionData } from 'n8n-workflow';
import { forget, inTurn, once, recall } from '../../nodes/CloseFiles/run';
import { refusalOf, settled } from './caught';
import { aConnection, aContext, aRun } from './context';

const someItems = (): INodeExecutionData[] => [{ json: {} }];

describe('the memory of a run', () => {
	it('is the same in n8n’s next try, which brings the identical input', () => {
		const items = someItems();

		const first = recall(aContext({ items }));

		expect(recall(aContext({ items }))).toBe(first);
	});

	it('is empty in the first try', () => {
		const { steps, shared, created, hints } = recall(aContext({ items: someItems() }));

		expect([steps.size, shared.size, created.size, hints.size]).toEqual([0, 0, 0, 0]);
	});

	it.each([
		['equal but other input', { items: someItems() }],
		['another node', { nodeId: 'node-2' }],
		['another round of a loop', { runIndex: 1 }],
	])('is not shared with %s', (_what, other) => {
		const items = someItems();
		const first = recall(aContext({ items }));

		expect(recall(aContext({ items, ...other }))).not.toBe(first);
		expect(recall(aContext({ items }))).toBe(first);
	});

	it('is empty again after it was forgotten', () => {
		const context = aContext({ items: someItems() });
		const first = recall(context);

		forget(context);

		expect(recall(context)).not.toBe(first);
	});

	it.each([
		['another node', { nodeId: 'node-2' }],
		['another round of a loop', { runIndex: 1 }],
	])('survives that %s is forgotten', (_what, other) => {
		const items = someItems();
		const first = recall(aContext({ items }));
		recall(aContext({ items, ...other }));

		forget(aContext({ items, ...other }));

		expect(recall(aContext({ items }))).toBe(first);
	});

	it('is forgotten without complaint where there is none', () => {
		expect(() => forget(aContext({ items: someItems() }))).not.toThrow();
	});
});

describe('a step of an item', () => {
	it.each([['a record'], [undefined], [null]])(
		'is done once and answers %j again',
		async (made) => {
			const run = aRun();
			const work = jest.fn(async () => made);

			await once(run, 0, 'record', work);

			expect(await once(run, 0, 'record', work)).toBe(made);
			expect(work).toHaveBeenCalledTimes(1);
		},
	);

	it.each([
		['another item', 1, 'record'],
		['another step', 0, 'sent'],
	])('is done anew for %s', async (_what, itemIndex, step) => {
		const run = aRun();
		await once(run, 0, 'record', async () => 'first');

		expect(await once(run, itemIndex, step, async () => 'second')).toBe('second');
	});

	it('is done again when it came to nothing', async () => {
		const run = aRun();
		await settled(async () => await once(run, 0, 'record', async () => await Promise.reject()));

		expect(await once(run, 0, 'record', async () => 'made')).toBe('made');
	});

	it('is not begun when the run has ended', async () => {
		const run = aRun({ stop: AbortSignal.abort() });
		const work = jest.fn(async () => 'made');

		const error = await refusalOf(async () => await once(run, 0, 'record', work));

		expect(error.message).toContain('not gone on with');
		expect(work).not.toHaveBeenCalled();
	});

	it('is not begun when the execution was cancelled in n8n, and says so', async () => {
		const signal = AbortSignal.abort();
		const run = aRun({ stop: signal, connection: aConnection({ signal }) });

		const error = await refusalOf(async () => await once(run, 0, 'record', async () => 'made'));

		expect(error.message).toBe('The execution was canceled');
	});

	it('is answered from memory though the run has ended', async () => {
		const run = aRun({ stop: AbortSignal.abort() });
		run.memory.steps.set('0 record', 'made');

		expect(await once(run, 0, 'record', async () => 'anew')).toBe('made');
	});

	it('that is under way when the run ends is remembered', async () => {
		const ending = new AbortController();
		const run = aRun({ stop: ending.signal });

		await once(run, 0, 'record', async () => {
			ending.abort();
			return 'made';
		});

		expect(run.memory.steps.get('0 record')).toBe('made');
	});
});

describe('work in a line', () => {
	/** Work that notes its beginning and end. */
	const noting = (notes: string[], name: string) => async () => {
		notes.push(`${name} begins`);
		for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
		notes.push(`${name} ends`);
		return name;
	};

	it('begins after the work before it has ended', async () => {
		const run = aRun();
		const notes: string[] = [];

		await Promise.all(['a', 'b'].map(async (n) => await inTurn(run, 'line', noting(notes, n))));

		expect(notes).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
	});

	it('does not wait for another line', async () => {
		const run = aRun();
		const notes: string[] = [];

		await Promise.all(['a', 'b'].map(async (n) => await inTurn(run, n, noting(notes, n))));

		expect(notes.slice(0, 2)).toEqual(['a begins', 'b begins']);
	});

	it('goes on after work that came to nothing, and says so to its own item only', async () => {
		const run = aRun();
		const broken = inTurn(run, 'line', async () => await Promise.reject(new RangeError('lost')));
		const next = inTurn(run, 'line', async () => 'made');

		expect(await settled(async () => await broken)).toEqual(new RangeError('lost'));
		expect(await next).toBe('made');
	});
});
