import { startSandbox, type Effect } from '../sandbox/server';
import { anEmail, basic, close, eachWith, element, post, send, sign } from './client';

const sandbox = eachWith(async () => await startSandbox());

const EMAIL = 'POST /activity/email/';
const createEmail = async () => await close(sandbox(), EMAIL, anEmail(sandbox()));
const emails = () => sandbox().account.emails.length;
const inject = (effect: Effect, call = EMAIL) => sandbox().faults.add({ call, effect });
/** What became of a request: its status, 'cut', or 'no answer' within 500 ms. */
const outcome = async (call: Promise<{ status: number }>) =>
	await Promise.race([
		call.then(
			({ status }) => status,
			() => 'cut',
		),
		silenceAfter(500),
	]);

async function silenceAfter(ms: number): Promise<string> {
	return await new Promise((resolve) => {
		AbortSignal.timeout(ms).addEventListener('abort', () => resolve('no answer'));
	});
}

describe('a fault', () => {
	it.each<[string, Effect, number | string, number]>([
		['a status, instead of handling', { status: 503 }, 503, 0],
		['a reset before the commit', { reset: 'before' }, 'cut', 0],
		['a reset after the commit', { reset: 'after' }, 'cut', 1],
		['no answer before the commit', { timeout: true }, 'no answer', 0],
		['no answer after the commit', { timeout: 'after' }, 'no answer', 1],
		['a body cut short after the commit', { body: 'truncated' }, 'cut', 1],
		['an HTML body after the commit', { body: 'html' }, 200, 1],
		['an empty body after the commit', { body: 'empty' }, 200, 1],
		['a wrong content type after the commit', { body: 'wrongContentType' }, 200, 1],
		['a gateway’s status after the commit', { statusAfter: 504 }, 504, 1],
		['a redirect', { redirect: 'https://example.com/' }, 307, 0],
		['a delay', { delayMs: 1 }, 200, 1],
		['slow reading', { slowReadBytesPerSecond: 1_000_000 }, 200, 1],
	])('is %s', async (_what, effect, expected, created) => {
		inject(effect);

		expect(await outcome(createEmail())).toBe(expected);
		expect(emails()).toBe(created);
		expect(await outcome(createEmail())).toBe(200);
	});

	it('gives the headers and body that it was given', async () => {
		const headers = { RateLimit: '', 'retry-after': '7' };
		inject({ status: 429, headers, body: { error: 'Too many' } });

		const reply = await createEmail();

		expect([reply.status, reply.json]).toEqual([429, { error: 'Too many' }]);
		expect([reply.headers.get('ratelimit'), reply.headers.get('retry-after')]).toEqual([null, '7']);
	});

	it.each<[string, Effect, string, string]>([
		['html', { body: 'html' }, 'text/html', '<!DOCTYPE'],
		['empty', { body: 'empty' }, 'application/json', ''],
		['wrongContentType', { body: 'wrongContentType' }, 'text/html; charset=utf-8', '{"id"'],
	])('spoils a body as %s', async (_what, effect, type, begin) => {
		inject(effect, 'GET /me/');

		const reply = await close(sandbox(), 'GET /me/');

		expect(reply.headers.get('content-type')).toBe(type);
		expect(reply.text.slice(0, begin.length || 1)).toMatch(begin === '' ? /^$/ : begin);
	});

	it('delays a request that takes effect although its client has gone', async () => {
		inject({ delayMs: 40 });
		const gone = send(`${sandbox().baseUrl}/activity/email/`, {
			method: 'POST',
			headers: { authorization: basic(sandbox().apiKey), 'content-type': 'application/json' },
			body: JSON.stringify(anEmail(sandbox())),
			signal: AbortSignal.timeout(20),
		});

		await expect(gone).rejects.toThrow();
		expect(emails()).toBe(0);
		await silenceAfter(60);

		expect(emails()).toBe(1);
	});

	it('delays as long as it says', async () => {
		inject({ delayMs: 60 });
		const begun = performance.now();

		await createEmail();

		expect(performance.now() - begun).toBeGreaterThan(55);
	});

	it('reads as slowly as it says', async () => {
		const signed = await sign(sandbox());
		inject({ slowReadBytesPerSecond: 1_000_000 }, 'POST s3');
		const begun = performance.now();

		const reply = await post(signed, 'x'.repeat(100_000));

		expect(reply.status).toBe(201);
		expect(performance.now() - begun).toBeGreaterThan(90);
	});

	it('signs a policy that has expired', async () => {
		inject({ expiredPolicy: true }, 'POST /files/upload/');

		const reply = await post(await sign(sandbox()));

		expect(element(reply.text, 'Message')).toBe('Invalid according to Policy: Policy expired.');
	});

	it.each([
		['SlowDown', 503],
		['InternalError', 500],
		['RequestTimeout', 400],
		['RequestTimeTooSkewed', 403],
	] as const)('is S3’s %s', async (s3Error, status) => {
		const signed = await sign(sandbox());
		inject({ s3Error }, 'POST s3');

		const refused = await post(signed);
		const accepted = await post(signed);

		expect([refused.status, element(refused.text, 'Code')]).toEqual([status, s3Error]);
		expect(accepted.status).toBe(201);
	});

	it.each(['before', 'after'] as const)('resets an upload %s it is stored', async (reset) => {
		const signed = await sign(sandbox());
		inject({ reset }, 'POST s3');

		expect(await outcome(post(signed))).toBe('cut');
		expect(sandbox().s3.object(signed.download.url)?.size).toBe(reset === 'after' ? 5 : undefined);
	});

	it('strikes after the calls to skip, as often as told, on its own call only', async () => {
		sandbox().faults.add({ call: 'GET /me/', skip: 1, times: 2, effect: { status: 500 } });

		const statuses = [];
		for (const call of ['GET /user/', ...Array<string>(5).fill('GET /me/')]) {
			statuses.push((await close(sandbox(), call)).status);
		}

		expect(statuses).toEqual([200, 200, 500, 500, 200, 200]);
		expect(sandbox().faults.injected).toBe(2);
	});

	it('strikes by chance, in the same sequence for the same seed', async () => {
		const runs = [7, 7, 8].map((seed) => {
			sandbox().faults.clear();
			const effect = { status: 500 };
			sandbox().faults.add({ call: 'GET *', times: Infinity, probability: 0.3, seed, effect });
			return Array.from({ length: 100 }, () => sandbox().faults.take('GET /me/') !== undefined);
		});

		expect(runs[0]).toEqual(runs[1]);
		expect(runs[0]).not.toEqual(runs[2]);
		const strikes = runs[0].filter(Boolean).length;
		expect(strikes).toBeGreaterThan(15);
		expect(strikes).toBeLessThan(45);
	});

	it('is noted in the request log', async () => {
		inject({ status: 503 });
		await createEmail();

		const [{ call, fault, status, body }] = sandbox().requests;

		expect([call, fault, status]).toEqual([EMAIL, '{"status":503}', 503]);
		expect(body).toEqual(anEmail(sandbox()));
	});

	it('can be set, read and cleared over HTTP', async () => {
		const url = `${sandbox().url}/sandbox/faults`;
		const fault = { call: 'GET /me/', times: null, effect: { status: 500 } };

		const added = await send(url, { method: 'POST', body: JSON.stringify(fault) });
		const struck = await close(sandbox(), 'GET /me/');
		const listed = await send(url);
		await send(url, { method: 'DELETE' });
		const harmless = await close(sandbox(), 'GET /me/');

		expect([added.status, struck.status, harmless.status]).toEqual([201, 500, 200]);
		expect(listed.json).toEqual({ faults: [fault], injected: 1 });
	});

	it('does not keep the sandbox from closing', async () => {
		const own = await startSandbox();
		own.faults.add({ call: '*', effect: { timeout: true } });
		const call = outcome(close(own, 'GET /me/'));
		await expect(call).resolves.toBe('no answer');

		await expect(own.close()).resolves.toBeUndefined();
	});
});
