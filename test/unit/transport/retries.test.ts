import type { Connection } from '../../../nodes/CloseFiles/transport/connection';
import { explainClose } from '../../../nodes/CloseFiles/transport/explain';
import { limitOf } from '../../../nodes/CloseFiles/transport/limit';
import { Mishap, type Kind } from '../../../nodes/CloseFiles/transport/mishap';
import { Pace } from '../../../nodes/CloseFiles/transport/pace';
import {
	inSlot,
	isTransient,
	policies,
	Tries,
	tryRepeatedly,
} from '../../../nodes/CloseFiles/transport/retries';
import { settled } from '../caught';
import { aConnection } from '../context';

const { repeatable, send, create, upload, fetch } = policies;

const status = (code: number, facts: Mishap['facts'] = {}) =>
	new Mishap('status', { status: code, ...facts });

/** The wait of a 429 by its header. */
const told = (retryAfterMs?: number) => status(429, { retryAfterMs });

describe('what passes by itself', () => {
	const yes = true;
	const not = false;

	it.each([
		// status  repeatable send create upload
		[200, not, not, not, not],
		[301, not, not, not, not],
		[307, not, not, not, not],
		[400, not, not, not, not],
		[401, not, not, not, not],
		[402, not, not, not, not],
		[403, not, not, not, not],
		[404, not, not, not, not],
		[408, not, not, not, not],
		[409, not, not, not, not],
		[411, not, not, not, not],
		[412, not, not, not, not],
		[413, not, not, not, not],
		[415, not, not, not, not],
		[422, not, not, not, not],
		[429, yes, yes, yes, not],
		[500, yes, not, not, yes],
		[501, not, not, not, not],
		[502, yes, not, not, yes],
		[503, yes, not, yes, yes],
		[504, yes, not, not, yes],
		[505, not, not, not, not],
	])('status %d: repeatable %p, send %p, create %p, upload %p', (code, ...expected) => {
		const seen = [repeatable, send, create, upload].map((of) => isTransient(status(code), of));

		expect(seen).toEqual(expected);
	});

	it.each([
		// kind           repeatable send create upload
		['refused', yes, not, yes, yes],
		['timeout', yes, not, not, yes],
		['cut', yes, not, not, yes],
		['unreadable', yes, not, not, not],
		['cancelled', not, not, not, not],
		['unresolved', not, not, not, not],
	] as Array<[Kind, ...boolean[]]>)(
		'%s: repeatable %p, send %p, create %p, upload %p',
		(kind, ...expected) => {
			const seen = [repeatable, send, create, upload].map((of) =>
				isTransient(new Mishap(kind), of),
			);

			expect(seen).toEqual(expected);
		},
	);

	it.each([
		['PolicyExpired', 403, yes],
		['RequestTimeTooSkewed', 403, yes],
		['RequestTimeout', 400, yes],
		['SlowDown', 503, yes],
		['InternalError', 500, yes],
		['AccessDenied', 403, not],
		['EntityTooLarge', 400, not],
		['EntityTooSmall', 400, not],
		['SignatureDoesNotMatch', 403, not],
		['InvalidAccessKeyId', 403, not],
		['ExpiredToken', 400, not],
		['MissingContentLength', 411, not],
		['TemporaryRedirect', 307, not],
	])('S3’s %s with %d: %p', (code, answered, expected) => {
		expect(isTransient(status(answered, { code }), upload)).toBe(expected);
	});

	it('S3’s codes mean nothing at Close', () => {
		const mishap = status(403, { code: 'PolicyExpired' });

		expect([repeatable, send, create].map((of) => isTransient(mishap, of))).toEqual([
			not,
			not,
			not,
		]);
	});
});

describe('repeating', () => {
	beforeEach(() => jest.useFakeTimers());
	afterEach(() => jest.useRealTimers());

	/** Lets the work take as long as it needs, on a clock of its own. */
	async function ended<T>(work: Promise<T>): Promise<unknown> {
		let outcome: unknown;
		let isOver = false;
		void settled(async () => await work).then((value) => {
			outcome = value;
			isOver = true;
		});
		for (let passed = 0; passed < 600_000 && !isOver; passed += 100) {
			await jest.advanceTimersByTimeAsync(100);
		}
		expect(isOver).toBe(true);
		return outcome;
	}

	/** Work that meets with the mishaps, one after the other, then succeeds; it notes its times. */
	const working = (...mishaps: Mishap[]) => workingAt(aConnection(), ...mishaps);

	/** The same over a connection whose pace learns of each 429, as it does from Close's answers. */
	function workingAt({ pace }: Connection, ...mishaps: Mishap[]) {
		const times: number[] = [];
		const left = [...mishaps];
		const work = async () => {
			times.push(Date.now());
			const mishap = left.shift();
			if (mishap?.facts.status === 429) pace.narrow(mishap.facts.retryAfterMs);
			return mishap ?? 'done';
		};
		const waits = () => times.slice(1).map((time, n) => time - times[n]);
		return { work, times, waits };
	}

	it('ends with the first success', async () => {
		const { work, times } = working(status(500), new Mishap('cut'));

		expect(await ended(tryRepeatedly(aConnection(), repeatable, work))).toBe('done');
		expect(times).toHaveLength(3);
	});

	it('ends with what does not pass by itself', async () => {
		const { work, times } = working(status(500), status(400));

		const outcome = await ended(tryRepeatedly(aConnection(), repeatable, work));

		expect(outcome).toEqual(status(400));
		expect(times).toHaveLength(2);
	});

	it.each([
		['repeatable', repeatable, status(502), 5],
		['send', send, told(), 5],
		['create', create, status(503), 5],
		['upload', upload, new Mishap('cut'), 4],
	])('ends after as many tries as %s has', async (_what, policy, mishap, tries) => {
		const { work, times } = working(...Array<Mishap>(10).fill(mishap));

		expect(await ended(tryRepeatedly(aConnection(), policy, work))).toBe(mishap);
		expect(times).toHaveLength(tries);
	});

	it('counts a 429 as a try', async () => {
		const { work, times } = working(told(), status(500), told(), status(500), told());

		await ended(tryRepeatedly(aConnection(), repeatable, work));

		expect(times).toHaveLength(5);
	});

	it.each([
		[0, [250, 500, 1_000, 2_000]],
		[0.999_999, [750, 1_500, 3_000, 6_000]],
	])('waits longer every time, spread by half (%d)', async (random, bounds) => {
		jest.spyOn(Math, 'random').mockReturnValue(random);
		const { work, waits } = working(...Array<Mishap>(4).fill(status(500)));

		await ended(tryRepeatedly(aConnection(), repeatable, work));

		waits().forEach((wait, n) => expect(Math.abs(wait - bounds[n])).toBeLessThanOrEqual(100));
		jest.restoreAllMocks();
	});

	it.each([
		['it is told', 7_000, 7_000],
		['2 s, where it is told nothing', undefined, 2_000],
		['a minute at the longest', 60_000, 60_000],
	])('waits after a 429 for as long as %s', async (_what, retryAfterMs, ms) => {
		const connection = aConnection();
		const { work, waits } = workingAt(connection, told(retryAfterMs));

		await ended(tryRepeatedly(connection, repeatable, work));

		expect(waits()[0]).toBeGreaterThanOrEqual(ms);
		expect(waits()[0]).toBeLessThanOrEqual(ms + 60);
	});

	it('gives up at once when it is told to wait more than a minute', async () => {
		const begun = Date.now();
		const { work, times } = working(told(60_001));

		const answer = await ended(tryRepeatedly(aConnection(), create, work));

		expect(answer).toEqual(told(60_001));
		expect([times.length, times[0] - begun]).toEqual([1, 0]);
	});

	it('lets the other requests of the run wait with it', async () => {
		const connection = aConnection();
		const first = workingAt(connection, told(5_000));
		const other = working();
		const begun = Date.now();

		const waiting = tryRepeatedly(connection, repeatable, first.work);
		await jest.advanceTimersByTimeAsync(10);
		await ended(Promise.all([waiting, tryRepeatedly(connection, create, other.work)]));

		expect(other.times[0] - begun).toBeGreaterThanOrEqual(5_000);
	});

	it('lets what does not go to Close wait for nothing', async () => {
		const connection = aConnection();
		const first = workingAt(connection, told(5_000));
		const other = working();
		const begun = Date.now();

		const waiting = tryRepeatedly(connection, repeatable, first.work);
		await jest.advanceTimersByTimeAsync(10);
		await ended(Promise.all([waiting, tryRepeatedly(connection, fetch, other.work)]));

		expect(other.times[0] - begun).toBe(10);
	});

	it('goes first when it was refused before', async () => {
		const connection = aConnection({ pace: new Pace(1) });
		const first = workingAt(connection, told(1_000));
		const other = working();

		const waiting = tryRepeatedly(connection, repeatable, first.work);
		const others = tryRepeatedly(connection, repeatable, other.work);
		await ended(Promise.all([waiting, others]));

		expect(first.times[1]).toBeLessThan(other.times[0]);
	});

	it('holds no slot while it waits', async () => {
		const connection = aConnection({ slots: limitOf(1) });
		const first = working(status(500));
		const other = working();
		const waiting = tryRepeatedly(connection, repeatable, first.work);

		await ended(tryRepeatedly(connection, fetch, other.work));
		await ended(waiting);

		expect(other.times[0]).toBeLessThan(first.times[1]);
	});

	it('has at most as many requests under way as there are slots', async () => {
		const connection = aConnection({ slots: limitOf(2) });
		let underWay = 0;
		let most = 0;
		const work = async () => {
			most = Math.max(most, (underWay += 1));
			await jest.advanceTimersByTimeAsync(1);
			underWay -= 1;
		};

		const tries = new Tries(connection, repeatable);
		await Promise.all(Array.from({ length: 6 }, async () => await inSlot(connection, tries, work)));

		expect(most).toBe(2);
	});

	it('ends when the execution is cancelled while it waits', async () => {
		const cancel = new AbortController();
		const { work, times } = working(status(500), status(500));

		const waiting = tryRepeatedly(aConnection({ signal: cancel.signal }), repeatable, work);
		cancel.abort();
		await ended(waiting);

		expect(times).toHaveLength(1);
	});

	it('does not sit through a rate limit when the execution is cancelled', async () => {
		const cancel = new AbortController();
		const pace = new Pace(5, cancel.signal);
		const { work, times } = working();
		pace.narrow(50_000);

		const waiting = tryRepeatedly(aConnection({ pace }), repeatable, work);
		cancel.abort();
		await ended(waiting);

		expect(Date.now() - times[0]).toBeLessThan(1_000);
	});

	it('knows how often it tried', async () => {
		const tries = new Tries(aConnection(), upload);
		for (let n = 0; n < 9; n += 1) await ended(tries.again(new Mishap('cut')));

		expect(tries.made).toBe(4);
	});
});

describe('a rate limit', () => {
	it('is told in whole seconds, and to n8n in milliseconds', () => {
		const error = explainClose(told(1_200), 'create the email');

		expect(error.message).toContain('wait 2 seconds');
		expect(error.failure).toEqual({ cause: 'rate-limited', retryAfterMs: 1_200 });
		expect(error.details).toEqual({ status: 429 });
	});
});
