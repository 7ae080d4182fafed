import { wait } from '../../../nodes/CloseFiles/transport/wait';

describe('waiting', () => {
	beforeEach(() => jest.useFakeTimers());
	afterEach(() => jest.useRealTimers());

	/** How long it takes, with the run cancelled after the given time. */
	async function timeTaken(ms: number, cancelledAfterMs = Infinity): Promise<number> {
		const cancel = new AbortController();
		const begun = Date.now();
		let ended = NaN;
		void wait({ signal: cancel.signal }, ms).then(() => (ended = Date.now()));
		for (let passed = 0; passed <= ms + 1_000; passed += 10) {
			if (passed >= cancelledAfterMs) cancel.abort();
			await jest.advanceTimersByTimeAsync(10);
		}
		return ended - begun;
	}

	it.each([[10], [250], [1_000], [5_010]])('takes %d ms', async (ms) => {
		expect(await timeTaken(ms)).toBe(ms);
	});

	it.each([[0], [-5]])('takes no time for %d ms', async (ms) => {
		expect(await timeTaken(ms)).toBeLessThanOrEqual(0);
	});

	it('ends soon after the execution is cancelled', async () => {
		expect(await timeTaken(60_000, 1_000)).toBeLessThanOrEqual(1_250);
	});
});
