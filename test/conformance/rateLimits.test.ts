import { startSandbox } from '../sandbox/server';
import { basic, close, eachWith, post, sign, type Reply } from './client';

const LIMIT = { requestsPerSecond: 2, windowSeconds: 2 };
const OTHERS = ['api_second', 'api_third', 'api_fourth'];

const sandbox = eachWith(async () => {
	const started = await startSandbox({ rateLimit: LIMIT, moreApiKeys: OTHERS });
	// To the beginning of a window, so that none ends in the middle of a test.
	started.clock.advance(2_000 - (started.clock.now() % 2_000));
	return started;
});

const me = async (apiKey = sandbox().apiKey) =>
	await close(sandbox(), 'GET /me/', undefined, { authorization: basic(apiKey) });

async function ask(times: number, apiKey?: string): Promise<Reply[]> {
	const replies: Reply[] = [];
	while (replies.length < times) replies.push(await me(apiKey));
	return replies;
}

const statuses = (replies: Reply[]) => replies.map(({ status }) => status);
const standing = ({ headers }: Reply) => headers.get('ratelimit') ?? '';

describe('a rate limit', () => {
	it('lets a key have what fits into a window, and refuses the rest', async () => {
		expect(statuses(await ask(6))).toEqual([200, 200, 200, 200, 429, 429]);
	});

	it('counts down in the header of every answer', async () => {
		const replies = await ask(5);

		const left = replies.map(
			(reply) => /^limit=4, remaining=(\d), reset=/.exec(standing(reply))?.[1],
		);
		expect(left).toEqual(['3', '2', '1', '0', '0']);
	});

	it('tells when the window ends, with fractions, and rounded up in a 429', async () => {
		const replies = await ask(5);

		const reset = Number(/reset=(\d\.\d{6})$/.exec(standing(replies[4]))?.[1]);
		expect(reset).toBeGreaterThan(1);
		expect(reset).toBeLessThanOrEqual(2);
		expect(replies.map(({ headers }) => headers.get('retry-after'))).toEqual([
			...Array<null>(4).fill(null),
			'2',
		]);
	});

	it('lets as many through again when the window has ended, and not before', async () => {
		await ask(4);
		sandbox().clock.advance(1_000);
		const before = await ask(1);
		sandbox().clock.advance(1_000);

		expect(statuses([...before, ...(await ask(5))])).toEqual([429, 200, 200, 200, 200, 429]);
	});

	it('saves nothing up over idle windows', async () => {
		sandbox().clock.advance(60_000);

		expect(statuses(await ask(5))).toEqual([200, 200, 200, 200, 429]);
	});

	it('is each key’s own, and three times as high for the organization', async () => {
		const replies: Reply[] = [];
		for (const key of [sandbox().apiKey, ...OTHERS]) replies.push(...(await ask(4, key)));

		expect(statuses(replies)).toEqual([
			...Array<number>(12).fill(200),
			...Array<number>(4).fill(429),
		]);
	});

	it('takes no token of the organization for a request that it refuses', async () => {
		await ask(12);

		expect(statuses(await ask(5, OTHERS[0]))).toEqual([200, 200, 200, 200, 429]);
	});

	it('names the limit that a request is closest to', async () => {
		for (const key of OTHERS) await ask(3, key);

		expect(standing(await me())).toContain('limit=12, remaining=2,');
	});

	it('carries nothing out that it refuses', async () => {
		await ask(4);
		const body = { lead_id: sandbox().account.leads[0].id, status: 'draft' };

		const reply = await close(sandbox(), 'POST /activity/email/', body);

		expect(reply.status).toBe(429);
		expect(sandbox().account.emails).toEqual([]);
	});

	it('counts neither uploads to S3 nor requests without a valid key', async () => {
		const signed = await sign(sandbox());
		await post(signed);
		for (const wrong of ['api_a', 'api_b', 'api_c']) await ask(4, wrong);

		expect(standing(await me())).toContain('limit=4, remaining=2,');
	});
});

it('limits nothing unless it is asked to', async () => {
	const unlimited = await startSandbox();

	const replies = await Promise.all(
		Array.from({ length: 150 }, async () => await close(unlimited, 'GET /me/')),
	);
	await unlimited.close();

	expect(new Set(statuses(replies))).toEqual(new Set([200]));
});
