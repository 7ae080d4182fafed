import type { Effect } from '../sandbox/server';
import { aSandbox } from '../support/aSandbox';
import { aFile, anItem, uploading } from '../support/builders';
import { errorOf } from '../support/observations';
import { validRuns } from '../support/operations';

jest.mock('n8n-workflow', () => jest.requireActual('../support/skipWaits'));

const sandbox = aSandbox();

const CREDENTIAL = { cause: 'credential-invalid' };
const LATER = { cause: 'temporarily-unavailable' };
const INPUT = { cause: 'configuration-invalid' };

/** Every sort of call to Close, and an operation that makes it. */
const calls: Array<[string, string]> = [
	['POST /files/upload/', 'file: upload'],
	['POST /activity/email/', 'email: createWithAttachment'],
	['PUT /activity/email/{id}/', 'email: sendDraft'],
	['GET /activity/note/{id}/', 'note: addAttachment'],
	['PUT /activity/note/{id}/', 'note: addAttachment'],
	['POST /lead/{id}/files/', 'file: attachToLead'],
	['GET /lead/{id}/files/', 'file: getMany'],
	['GET /go/file/', 'file: download'],
	['GET /activity/email/{id}/', 'email: downloadAttachments'],
	['POST /sms_template/', 'smsTemplate: createWithAttachment'],
];

const tooMany = (seconds: number): Effect => ({
	status: 429,
	headers: { RateLimit: `limit=100, remaining=0, reset=${seconds}` },
});

/** How one of them can end, each time it is tried, and why that is to n8n. */
const ends: Array<[string, Effect, object | undefined]> = [
	['400', { status: 400, body: { error: 'No.' } }, undefined],
	['401', { status: 401 }, CREDENTIAL],
	['402', { status: 402 }, undefined],
	['403', { status: 403 }, undefined],
	['404', { status: 404 }, undefined],
	['429 for a while', tooMany(3), { cause: 'rate-limited', retryAfterMs: 3_000 }],
	['429 for long', tooMany(61), { cause: 'rate-limited', retryAfterMs: 61_000 }],
	['500', { status: 500 }, LATER],
	['502', { status: 502 }, LATER],
	['503', { status: 503 }, LATER],
	['504', { status: 504 }, LATER],
	['a connection that is cut', { reset: 'before' }, LATER],
	['silence', { timeout: true }, LATER],
	['an answer that is no record', { status: 200, body: 'Welcome!' }, LATER],
];

const s3Ends: Array<[string, Effect, object | undefined]> = [
	['SlowDown', { s3Error: 'SlowDown' }, LATER],
	['InternalError', { s3Error: 'InternalError' }, LATER],
	['a connection that is cut', { reset: 'before' }, LATER],
	['silence', { timeout: true }, LATER],
	['EntityTooLarge', { s3Error: 'EntityTooLarge' }, undefined],
	['SignatureDoesNotMatch', { s3Error: 'SignatureDoesNotMatch' }, undefined],
	['AccessDenied', { s3Error: 'AccessDenied' }, undefined],
];

/** The failure that n8n is told of when a call ends so again and again. */
async function failureOf(operation: string, call: string, effect: Effect) {
	const parameters = 'timeout' in effect ? { options: { timeout: 0.1 } } : {};
	const run = await validRuns[operation](sandbox, [anItem(await aFile())], parameters);
	sandbox.faults.add({ call, effect, times: Infinity });
	return (await errorOf(run)).failure;
}

describe.each(calls)('why n8n is told that %s was in vain (%s)', (call, operation) => {
	it.each(ends)('is right after %s', async (_what, effect, failure) => {
		expect(await failureOf(operation, call, effect)).toEqual(failure);
	});
});

describe('why n8n is told that an upload to S3 was in vain', () => {
	it.each(s3Ends)('is right after %s', async (_what, effect, failure) => {
		expect(await failureOf('file: upload', 'POST s3', effect)).toEqual(failure);
	});
});

describe('why n8n is told that an item was refused', () => {
	it.each(Object.keys(validRuns).filter((name) => name !== 'file: upload'))(
		'is its configuration where a needed field is empty: %s',
		async (name) => {
			const [resource] = name.split(': ');
			const needed = { leadId: '', name: '', fileUrl: '', [`${resource}Id`]: '' };

			const run = await validRuns[name](sandbox, [anItem(await aFile())], needed);

			expect((await errorOf(run)).failure).toEqual(INPUT);
		},
	);

	it('is its configuration where the item has no file', async () => {
		expect((await errorOf(uploading(sandbox, [anItem()]))).failure).toEqual(INPUT);
	});
});
