import type { Effect } from '../sandbox/server';
import { aSandbox } from '../support/aSandbox';
import { aFile, anItem, emailing, sendingNow } from '../support/builders';
import { callsTo, errorOf } from '../support/observations';

jest.mock('n8n-workflow', () => jest.requireActual('../support/skipWaits'));

const SIGN = 'POST /files/upload/';
const CREATE = 'POST /activity/email/';
const CHANGE = 'PUT /activity/email/{id}/';

const sandbox = aSandbox();

const fault = (call: string, effect: Effect, rest = {}) =>
	sandbox.faults.add({ call, effect, times: Infinity, ...rest });
const sendOne = async () => emailing(sandbox, [anItem(await aFile())], sendingNow);
const count = (call: string) => callsTo(sandbox).filter((each) => each === call).length;

describe('an answer of Close that is lost', () => {
	it.each<[string, Effect]>([
		['500', { status: 500 }],
		['502 with HTML', { status: 502, body: '<h1>Bad Gateway</h1>' }],
		['a cut connection', { reset: 'before' }],
	])(
		'to creating (%s) is never followed by posting again: the email is looked for, and told',
		async (_what, effect) => {
			fault(CREATE, effect);

			const error = await errorOf(await sendOne());

			expect(error.message).toBe(
				"The email may have been created: Close's answer was lost, and the email was not found afterwards",
			);
			expect(error.description).toContain('Look at the lead in Close');
			expect(count(CREATE)).toBe(1);
			expect(count('GET /activity/email/')).toBe(5);
		},
	);

	it.each<[string, Effect]>([
		['is cut', { reset: 'after' }],
		['is truncated', { body: 'truncated' }],
		['is HTML', { body: 'html' }],
		['is empty', { body: 'empty' }],
	])(
		'to creating is made up for by finding the email when the answer %s',
		async (_what, effect) => {
			fault(CREATE, effect, { times: 1 });

			const [output] = await (await sendOne()).run();

			expect(count(CREATE)).toBe(1);
			expect(sandbox.account.emails.map(({ id }) => id)).toEqual([output.json.id]);
			expect(sandbox.account.deliveries).toHaveLength(1);
		},
	);

	it.each<[string, Effect]>([
		['500', { status: 500 }],
		['a cut connection', { reset: 'before' }],
		['a lost answer', { reset: 'after' }],
		['a truncated answer', { body: 'truncated' }],
		['an HTML answer', { body: 'html' }],
		['an empty answer', { body: 'empty' }],
	])('to sending (%s) is read back, and the email sent once', async (_what, effect) => {
		fault(CHANGE, effect, { times: 1 });

		const [output] = await (await sendOne()).run();

		expect(sandbox.account.deliveries.map(({ emailId }) => emailId)).toEqual([output.json.id]);
		expect(count('GET /activity/email/{id}/')).toBe(1);
	});

	it('leaves open whether the email was sent when it cannot be read back, and says so', async () => {
		fault(CHANGE, { reset: 'after' });
		fault('GET /activity/email/{id}/', { status: 403 });

		const error = await errorOf(await sendOne());

		const [{ id }] = sandbox.account.emails;
		expect(error.message).toContain('The email may have been sent');
		expect(error.description).toContain(`Already created in Close: ${id}`);
		expect(count(CHANGE)).toBe(1);
	});

	it.each<[string, Effect]>([
		['HTML', { body: 'html' }],
		['nothing', { body: 'empty' }],
		['a cut body', { body: 'truncated' }],
		['a list', { status: 200, body: [] }],
		['another object', { status: 200, body: { ok: true } }],
		[
			'an S3 address on plain http',
			{
				status: 200,
				body: {
					download: { url: 'https://app.close.com/go/file/a/' },
					upload: { url: 'http://s3.example/', fields: {} },
				},
			},
		],
	])(
		'because %s came is temporary when it was to sign, and nothing is uploaded',
		async (_what, effect) => {
			fault(SIGN, effect);

			const error = await errorOf(await sendOne());

			expect(error.message).toMatch(
				/^(Close gave an answer that is not readable when|The connection to Close was cut when it was) asked to upload the file 'Offer.pdf'$/,
			);
			expect(error.failure).toEqual({ cause: 'temporarily-unavailable' });
			expect(count('POST s3')).toBe(0);
		},
	);

	it('is waited for as long as Timeout says', async () => {
		fault(SIGN, { timeout: true }, { times: 1 });
		const items = [anItem(await aFile())];

		await emailing(sandbox, items, { options: { timeout: 0.2 } }).run();

		expect(count(SIGN)).toBe(2);
	});
});
