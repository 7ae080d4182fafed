import { startSandbox, type Effect } from '../sandbox/server';
import { aSandbox } from '../support/aSandbox';
import { aFile, anItem, emailing, goOn, sendingNow, uploading } from '../support/builders';
import { callsTo, errorOf, wholeTextOf } from '../support/observations';
import { startRecorder } from '../support/recorder';

jest.mock('n8n-workflow', () => jest.requireActual('../support/skipWaits'));

const SIGN = 'POST /files/upload/';
const CREATE = 'POST /activity/email/';

const sandbox = aSandbox();

const fault = (call: string, effect: Effect, rest = {}) =>
	sandbox.faults.add({ call, effect, times: Infinity, ...rest });
const sendOne = async () => emailing(sandbox, [anItem(await aFile())], sendingNow);
const count = (call: string) => callsTo(sandbox).filter((each) => each === call).length;

describe('an error of S3', () => {
	it.each<[string, string, string]>([
		[
			'EntityTooLarge',
			"The file 'Offer.pdf' is too large for Close: it has 20 bytes",
			"'Max File Size (MB)'",
		],
		[
			'EntityTooSmall',
			"The file 'Offer.pdf' is too small for Close: it has 20 bytes",
			'Check the node',
		],
		[
			'AccessDenied',
			"Close's file storage refused the file 'Offer.pdf': AccessDenied, Access Denied",
			'maintainers',
		],
		[
			'SignatureDoesNotMatch',
			"Close's file storage refused the file 'Offer.pdf': SignatureDoesNotMatch",
			'maintainers',
		],
		[
			'InvalidPolicyDocument',
			"Close's file storage refused the file 'Offer.pdf': InvalidPolicyDocument",
			'maintainers',
		],
	])('%s is told in plain words, and not tried again', async (code, message, advice) => {
		fault('POST s3', { s3Error: code as never });

		const error = await errorOf(await sendOne());

		expect(error.message).toContain(message);
		expect(error.description).toContain(advice);
		expect(error.context.data).toMatchObject({ code });
		expect(count('POST s3')).toBe(1);
		expect(count(CREATE)).toBe(0);
	});

	it.each<[string, Effect]>([
		['SlowDown', { s3Error: 'SlowDown' }],
		['InternalError', { s3Error: 'InternalError' }],
		['RequestTimeout', { s3Error: 'RequestTimeout' }],
		['RequestTimeTooSkewed', { s3Error: 'RequestTimeTooSkewed' }],
		['a reset', { reset: 'before' }],
		['a lost answer', { reset: 'after' }],
	])('%s is mended by a new signature and a new stream', async (_what, effect) => {
		fault('POST s3', effect, { times: 3 });

		const [output] = await uploading(sandbox, [
			anItem(await aFile('a.pdf', { size: 70_000 })),
		]).run();

		expect([count(SIGN), count('POST s3')]).toEqual([4, 4]);
		expect(output.json.url).toBe(sandbox.account.uploads[3].url);
		expect(sandbox.s3.object(String(output.json.url))).toMatchObject({
			md5: output.json.checksum,
			size: 70_000,
		});
	});

	it.each<[string, Effect, string]>([
		['SlowDown', { s3Error: 'SlowDown' }, 'it receives too many uploads, 4 times'],
		['a reset', { reset: 'before' }, 'the connection was cut, 4 times'],
	])('%s that stays is temporary, after four tries', async (_what, effect, reason) => {
		fault('POST s3', effect);

		const error = await errorOf(await sendOne());

		expect(error.message).toBe(
			`The file 'Offer.pdf' (20 bytes) did not reach Close's file storage: ${reason}`,
		);
		expect(error.failure).toEqual({ cause: 'temporarily-unavailable' });
		expect(count('POST s3')).toBe(4);
	});

	it('about an expired policy is mended by a new signature', async () => {
		fault(SIGN, { expiredPolicy: true }, { times: 1 });

		await uploading(sandbox, [anItem(await aFile())]).run();

		expect([count(SIGN), count('POST s3')]).toEqual([2, 2]);
	});

	it('by redirect is a refusal, and the file goes nowhere', async () => {
		const elsewhere = await startRecorder();
		fault('POST s3', { redirect: elsewhere.url });

		const error = await errorOf(await sendOne());
		await elsewhere.close();

		expect(error.message).toContain(
			"Close's file storage refused the file 'Offer.pdf': HTTP status 307",
		);
		expect(elsewhere.connections.made).toBe(0);
	});

	it.each([202, 303])('is what the status %d is taken for', async (status) => {
		fault('POST s3', { status, body: '' });

		const error = await errorOf(uploading(sandbox, [anItem(await aFile())]));

		expect(error.httpCode).toBe(String(status));
	});

	it('never holds policy, signature or key ID', async () => {
		const secrets: string[] = [];
		fault('POST s3', { s3Error: 'SignatureDoesNotMatch' });
		const [{ accessKeyId, secretAccessKey }] = sandbox.s3.credentials;
		secrets.push(accessKeyId, secretAccessKey, sandbox.apiKey, '"policy"', '"signature"');

		const text = wholeTextOf(await errorOf(await sendOne()));

		for (const secret of secrets) expect(text).not.toContain(secret);
	});

	it('that never comes is waited for as long as Timeout says', async () => {
		fault('POST s3', { timeout: true }, { times: 1 });
		const items = [anItem(await aFile())];

		await uploading(sandbox, items, { options: { timeout: 0.2 } }).run();

		expect(count('POST s3')).toBe(2);
	});

	it('about a size beyond the policy is told although the file is still on its way', async () => {
		const strict = await startSandbox({ maxFileBytes: 1_000_000 });
		const items = [anItem(await aFile('a.pdf', { size: 5_000_000 }))];

		const error = await errorOf(uploading(strict, items));
		await strict.close();

		expect(error.message).toBe("The file 'a.pdf' is too large for Close: it has 5000000 bytes");
		expect(callsTo(strict)).toEqual([SIGN, 'POST s3']);
	});

	it('about one of several files tells which are uploaded, and no email is created', async () => {
		const item = anItem({
			a: await aFile('a.pdf'),
			b: await aFile('b.pdf'),
			c: await aFile('c.pdf'),
		});
		fault('POST s3', { s3Error: 'EntityTooLarge' }, { skip: 1, times: 1 });

		const error = await errorOf(
			emailing(sandbox, [item], { binaryPropertyName: '*', options: { maxParallel: 1 } }),
		);

		const urls = sandbox.account.uploads
			.filter(({ uploadedAt }) => uploadedAt !== undefined)
			.map(({ filename, url }) => `${filename}: ${url}`);
		expect(urls).toHaveLength(2);
		expect(error.message).toContain("The file 'b.pdf' is too large for Close");
		expect(error.description).toContain(
			`Already uploaded, usable for 24 hours: ${urls.join(', ')}`,
		);
		expect(count(CREATE)).toBe(0);
	});

	it('gives the uploaded files as data that Uploaded Files takes', async () => {
		const item = anItem({ a: await aFile('a.pdf'), b: await aFile('b.pdf') });
		fault('POST s3', { s3Error: 'EntityTooLarge' }, { skip: 1, times: 1 });
		const parameters = { binaryPropertyName: 'a, b', options: { maxParallel: 1 } };
		const [failed] = await emailing(sandbox, [item], parameters, goOn).run();

		const [output] = await emailing(sandbox, [failed], {
			fileSource: 'uploaded',
			uploadedFiles: '={{ $json.details.uploaded }}',
		}).run();

		expect(output.json.attachments).toMatchObject([{ filename: 'a.pdf' }]);
	});
});
