import { sleep } from 'n8n-workflow';
import { limitOf } from '../../../nodes/CloseFiles/transport/limit';
import { Mishap } from '../../../nodes/CloseFiles/transport/mishap';
import { Pace } from '../../../nodes/CloseFiles/transport/pace';
import { policies, tryRepeatedly } from '../../../nodes/CloseFiles/transport/retries';
import { Clock } from '../../sandbox/clock';
import { RateLimits } from '../../sandbox/close/rateLimits';
import { aConnection } from '../context';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const pass = async (ms: number) => await jest.advanceTimersByTimeAsync(ms);

/** Calls that ask for a turn at once, each named by how often it was refused; who had it, in order. */
function asking(pace: Pace, ...refusals: number[]) {
	const admitted: Array<{ refusals: number; at: number; endTurn: () => void }> = [];
	for (const times of refusals) {
		void pace.turn(times).then((endTurn) => {
			admitted.push({ refusals: times, at: Date.now(), endTurn });
		});
	}
	return admitted;
}

describe('the pace of a run', () => {
	it('has all its requests at Close while none is refused', async () => {
		const admitted = asking(new Pace(3), 0, 0, 0, 0);
		await pass(0);
		expect(admitted).toHaveLength(3);

		admitted[0].endTurn();
		await pass(0);

		expect(admitted).toHaveLength(4);
	});

	it.each([
		[20, 5],
		[5, 1],
		[1, 1],
	])('of %d requests at once has %d when one was refused', async (maxParallel, left) => {
		const pace = new Pace(maxParallel);
		pace.narrow(1_000);

		const admitted = asking(pace, ...Array<number>(30).fill(0));
		await pass(2_000);

		expect(admitted).toHaveLength(left);
	});

	it('narrows once for all that are refused together', async () => {
		const pace = new Pace(20);
		for (let n = 0; n < 20; n += 1) pace.narrow(1_000);

		const admitted = asking(pace, ...Array<number>(30).fill(0));
		await pass(2_000);

		expect(admitted).toHaveLength(5);
	});

	it('narrows again when one is refused after the wait', async () => {
		const pace = new Pace(20);
		pace.narrow(1_000);
		await pass(1_000);
		pace.narrow(1_000);

		const admitted = asking(pace, ...Array<number>(30).fill(0));
		await pass(2_000);

		expect(admitted).toHaveLength(1);
	});

	it('has one request more for every two that are let through, up to what it may have', async () => {
		const pace = new Pace(4);
		pace.narrow(0);
		const admitted = asking(pace, ...Array<number>(30).fill(0));
		const seen: number[] = [];
		for (let answers = 0; answers < 10; answers += 1) {
			await pass(100);
			seen.push(admitted.length);
			pace.widen();
		}

		expect(seen).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 4, 4]);
	});

	it('waits as told, or 2 s where nothing is told, and keeps the longer of two waits', async () => {
		const waited = async (...waits: Array<number | undefined>) => {
			const pace = new Pace(1);
			for (const ms of waits) pace.narrow(ms);
			const begun = Date.now();
			const admitted = asking(pace, 4);
			await pass(70_000);
			return admitted[0].at - begun;
		};

		expect(await waited(7_000)).toBe(7_000);
		expect(await waited(60_000)).toBe(60_000);
		expect(await waited(undefined)).toBe(2_000);
		expect(await waited(30_000, 1_000)).toBe(30_000);
	});

	it('waits for nothing that takes more than a minute', async () => {
		const pace = new Pace(1);
		pace.narrow(60_001);

		const admitted = asking(pace, 0);
		await pass(0);

		expect(admitted).toHaveLength(1);
	});

	it('lets the call that was refused most often go first', async () => {
		const pace = new Pace(1);
		pace.narrow(1_000);
		const admitted = asking(pace, 0, 2, 1, 2, 3);
		for (let n = 0; n < 5; n += 1) {
			await pass(2_000);
			admitted.at(-1)?.endTurn();
		}

		expect(admitted.map(({ refusals }) => refusals)).toEqual([3, 2, 2, 1, 0]);
	});

	it('lets a call that comes in the wait go before those that were refused less', async () => {
		const pace = new Pace(1);
		pace.narrow(1_000);
		const admitted = asking(pace, 0);
		await pass(500);
		const late = asking(pace, 1);
		await pass(1_000);

		expect([late.length, admitted.length]).toEqual([1, 0]);
	});

	it('comes back the later among runs, the less its calls were refused', async () => {
		const begun = Date.now();
		const runs = [0, 1, 2, 3, 4].map((refusals) => {
			const pace = new Pace(1);
			pace.narrow(1_000);
			return asking(pace, refusals);
		});
		await pass(2_000);

		expect(runs.map(([{ at }]) => at - begun - 1_000)).toEqual([80, 60, 40, 20, 0]);
	});

	it('gives one turn for one that is ended twice', async () => {
		const admitted = asking(new Pace(1), 0, 0, 0);
		await pass(0);

		admitted[0].endTurn();
		admitted[0].endTurn();
		await pass(0);

		expect(admitted).toHaveLength(2);
	});

	it('does not sit through a wait when the execution is cancelled', async () => {
		const cancel = new AbortController();
		const pace = new Pace(1, cancel.signal);
		pace.narrow(50_000);
		const admitted = asking(pace, 0);

		cancel.abort();
		await pass(300);

		expect(admitted).toHaveLength(1);
	});
});

describe('runs that share a rate limit', () => {
	const RUNS = 16;
	const CALLS = 40;
	const ANSWER_MS = 50;
	const WINDOW_MS = 1_000;

	/** What the calls of 16 runs end with, and when each run had its answers. */
	async function share({ requestsPerSecond, maxParallel }: Record<string, number>) {
		const limits = new RateLimits(new Clock(), {
			requestsPerSecond,
			windowSeconds: WINDOW_MS / 1000,
		});
		const answers: number[][] = Array.from({ length: RUNS }, () => []);
		let mishaps = 0;
		const begun = Date.now();
		const runs = answers.map(async (own) => {
			const pace = new Pace(maxParallel);
			const connection = aConnection({ slots: limitOf(maxParallel), pace });
			const ask = async () => {
				await sleep(ANSWER_MS);
				const { isRefused, resetSeconds } = limits.take('key');
				const retryAfterMs = Math.ceil(resetSeconds * 1000);
				if (isRefused) pace.narrow(retryAfterMs);
				else pace.widen();
				return isRefused ? new Mishap('status', { status: 429, retryAfterMs }) : 'done';
			};
			const items = limitOf(maxParallel);
			const calls = Array.from({ length: CALLS }, async () => {
				await items(async () => {
					const outcome = await tryRepeatedly(connection, policies.create, ask);
					if (outcome instanceof Mishap) mishaps += 1;
					else own.push(Date.now() - begun);
				});
			});
			await Promise.all(calls);
		});
		let isOver = false;
		void Promise.all(runs).then(() => (isOver = true));
		for (let n = 0; n < 3_000 && !isOver; n += 1) await pass(100);
		return { answers, mishaps };
	}

	const settings = [
		{ requestsPerSecond: 20, maxParallel: 5 },
		{ requestsPerSecond: 20, maxParallel: 20 },
		{ requestsPerSecond: 10, maxParallel: 5 },
	];
	// Begun shortly before the end of a window, the run that comes first gets the next one as well.
	const begunAtMs = [0, 500, WINDOW_MS - ANSWER_MS - 1];
	const cases = settings.flatMap((each) => begunAtMs.map((begunAt) => ({ ...each, begunAt })));

	it.each(cases)('use it up, no call uses up its tries, and none starves: %j', async (each) => {
		jest.setSystemTime(each.begunAt);
		const { answers, mishaps } = await share(each);

		expect(mishaps).toBe(0);
		const lastMs = Math.max(...answers.flat());
		expect((RUNS * CALLS) / (lastMs / 1000)).toBeGreaterThan(0.9 * each.requestsPerSecond);
		const halfway = answers.map((own) => own.filter((at) => at <= lastMs / 2).length);
		const equal = halfway.reduce((sum, count) => sum + count, 0) / RUNS;
		expect(Math.min(...halfway)).toBeGreaterThanOrEqual(0.7 * equal);
	});
});
