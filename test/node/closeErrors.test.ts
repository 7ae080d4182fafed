import type { Effect } from '../sandbox/server';
import { aSandbox } from '../support/aSandbox';
import { aFile, anItem, emailing, sendingNow } from '../support/builders';
import { throwAsIn1x } from '../support/errorsOf1x';
import { callsTo, errorOf, wholeTextOf } from '../support/observations';
import { startRecorder } from '../support/recorder';

jest.mock('n8n-workflow', () => jest.requireActual('../support/skipWaits'));

const SIGN = 'POST /files/upload/';
const CREATE = 'POST /activity/email/';
const CHANGE = 'PUT /activity/email/{id}/';

const sandbox = aSandbox();

const fault = (call: string, effect: Effect, rest = {}) =>
	sandbox.faults.add({ call, effect, times: Infinity, ...rest });
const sendOne = async () => emailing(sandbox, [anItem(await aFile())], sendingNow);
const count = (call: string) => callsTo(sandbox).filter((each) => each === call).length;

describe('an error of Close', () => {
	const purposes = [
		[SIGN, "upload the file 'Offer.pdf'"],
		[CREATE, 'create the email'],
		[CHANGE, 'send the email'],
	];
	const refusals: Array<[number, object, string, string, string | undefined]> = [
		[
			400,
			{ errors: ['Nope.'], 'field-errors': { to: 'Bad one.' } },
			"Close refused to PURPOSE: Nope.; 'To' Bad one.",
			'Correct the named fields',
			undefined,
		],
		[
			401,
			{ error: 'Unauthorized' },
			'Close did not accept the credential to PURPOSE',
			"Check 'API Key'",
			'credential-invalid',
		],
		[
			402,
			{ error: 'Upgrade.' },
			'The plan of your Close organization does not allow to PURPOSE: Upgrade.',
			'about the plan',
			undefined,
		],
		[
			403,
			{ error: 'Not you.' },
			'Close does not permit this user to PURPOSE: Not you.',
			'permission',
			undefined,
		],
		[
			404,
			{ error: 'Gone.' },
			'Close could not PURPOSE, because something it refers to does not exist: Gone.',
			'Check the IDs',
			undefined,
		],
	];

	describe.each(purposes)('to %s', (call, purpose) => {
		it.each(refusals)(
			'%d is told in plain words, and not tried again',
			async (status, body, message, advice, cause) => {
				fault(call, { status, body });

				const error = await errorOf(await sendOne());

				expect(error.message).toBe(message.replace('PURPOSE', purpose));
				expect(error.description).toContain(advice);
				expect(error).toMatchObject({ httpCode: String(status), context: { itemIndex: 0 } });
				expect(error.failure?.cause).toBe(cause);
				expect(count(call)).toBe(1);
			},
		);

		it('429 with a long wait gives up at once and says how long', async () => {
			fault(call, { status: 429, headers: { RateLimit: 'limit=100, remaining=0, reset=61' } });

			const error = await errorOf(await sendOne());

			expect(error.message).toBe('Close receives too many requests and asks to wait 61 seconds');
			expect(error.failure).toEqual({ cause: 'rate-limited', retryAfterMs: 61_000 });
			expect(error.httpCode).toBe('429');
			expect(count(call)).toBe(1);
		});

		it('429 says how long on n8n 1.x too, whose errors have lost the headers', async () => {
			fault(call, { status: 429, headers: { RateLimit: 'limit=100, remaining=0, reset=61' } });
			const sending = await sendOne();
			throwAsIn1x(sending.context);

			const error = await errorOf(sending);

			expect(error.failure).toEqual({ cause: 'rate-limited', retryAfterMs: 61_000 });
		});

		it('429 is waited for as told, at most five tries', async () => {
			fault(call, { status: 429, headers: { RateLimit: 'limit=100; remaining=0; reset=3' } });

			const error = await errorOf(await sendOne());

			const tries = sandbox.requests.filter((request) => request.call === call);
			expect(error.failure).toMatchObject({ cause: 'rate-limited' });
			expect(tries).toHaveLength(5);
			for (const [index, { at }] of tries.slice(1).entries()) {
				expect(at - tries[index].at).toBeGreaterThanOrEqual(3_000);
			}
		});

		it('429 that passes is no error', async () => {
			fault(call, { status: 429, headers: { RateLimit: '', 'retry-after': '2' } }, { times: 2 });

			const [output] = await (await sendOne()).run();

			expect(output.json).not.toHaveProperty('error');
			expect(sandbox.account.deliveries).toHaveLength(1);
			expect(count(call)).toBe(3);
		});

		it('503 that passes is no error', async () => {
			fault(call, { status: 503 }, { times: 2 });

			await (await sendOne()).run();

			expect(sandbox.account.deliveries).toHaveLength(1);
			expect(sandbox.account.emails).toHaveLength(1);
		});

		it('503 that stays is temporary', async () => {
			fault(call, { status: 503 });

			const error = await errorOf(await sendOne());

			expect(error.message).toBe(`Close was not able to ${purpose} (HTTP status 503)`);
			expect(error.failure).toEqual({ cause: 'temporarily-unavailable' });
			expect(count(call)).toBe(5);
		});

		it('never holds key, body, policy or signature', async () => {
			fault(call, { status: 400, body: { error: 'Nope.' } });

			const text = wholeTextOf(await errorOf(await sendOne()));

			for (const secret of [
				sandbox.apiKey,
				btoa(`${sandbox.apiKey}:`),
				'Here it is.',
				'policy',
				'signature',
			]) {
				expect(text).not.toContain(secret);
			}
		});
	});

	it('500 to sign is tried five times and then temporary', async () => {
		fault(SIGN, { status: 500, body: 'oops' });

		const error = await errorOf(await sendOne());

		expect(error.message).toBe(
			"Close was not able to upload the file 'Offer.pdf' (HTTP status 500)",
		);
		expect(error.failure).toEqual({ cause: 'temporarily-unavailable' });
		expect(count(SIGN)).toBe(5);
	});

	it('that redirects is not followed, so that the key goes nowhere', async () => {
		const elsewhere = await startRecorder();
		fault('*', { redirect: elsewhere.url });

		const error = await errorOf(await sendOne());
		await elsewhere.close();

		expect(error.message).toContain(
			"Close refused to upload the file 'Offer.pdf' (HTTP status 307)",
		);
		expect(elsewhere.connections.made).toBe(0);
	});

	it('names a word that n8n would replace by its own text', async () => {
		fault(CREATE, { status: 400, body: { error: 'ENOENT EPERM in approvepermissions' } });

		const error = await errorOf(await sendOne());

		expect(error.message).toBe(
			'Close refused to create the email: ENOENT EPERM in approvepermissions',
		);
	});

	it('tells what Close said of the attachments, counting from one', async () => {
		fault(CREATE, {
			status: 400,
			body: { 'field-errors': { attachments: { 0: { size: 'is wrong' } }, lead_id: ['a', 'b'] } },
		});

		const error = await errorOf(await sendOne());

		expect(error.message).toBe(
			"Close refused to create the email: 'Attachments > 1 > size' is wrong; 'Lead' a; 'Lead' b",
		);
	});

	it('refuses an email that Close saved without its attachments', async () => {
		const body = { id: 'acti_1', attachments: [] };
		fault(CREATE, { status: 200, body });

		const error = await errorOf(await sendOne());

		expect(error.message).toBe('Close saved the email with 0 of its 1 attachments');
		expect(error.description).toContain('acti_1');
		expect(count(CHANGE)).toBe(0);
	});
});
