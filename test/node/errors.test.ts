import { startSandbox, type Effect, type Sandbox } from '../sandbox/server';
import {
	aFile,
	anItem,
	emailing,
	errorItems,
	goOn,
	itemsWithFiles,
	sendingNow,
	uploading,
} from '../support/builders';
import { useBinaryMode } from '../support/execution';
import { callsTo, errorOf, wholeTextOf } from '../support/observations';
import { startRecorder } from '../support/recorder';

jest.mock('n8n-workflow', () => jest.requireActual('../support/skipWaits'));

const SIGN = 'POST /files/upload/';
const CREATE = 'POST /activity/email/';
const CHANGE = 'PUT /activity/email/{id}/';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
	await useBinaryMode('filesystem');
});
afterEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

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
				// n8n itself asks once more after a 401, with a new token where there is one.
				expect(count(call)).toBe(status === 401 ? 2 : 1);
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

	it.each<[string, Effect]>([
		['500', { status: 500 }],
		['502 with HTML', { status: 502, body: '<h1>Bad Gateway</h1>' }],
		['a cut connection', { reset: 'before' }],
	])(
		'%s to create is never answered by posting again: it is looked for, and told',
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
	])('finds the email whose creation was answered when the answer %s', async (_what, effect) => {
		fault(CREATE, effect, { times: 1 });

		const [output] = await (await sendOne()).run();

		expect(count(CREATE)).toBe(1);
		expect(sandbox.account.emails.map(({ id }) => id)).toEqual([output.json.id]);
		expect(sandbox.account.deliveries).toHaveLength(1);
	});

	it.each<[string, Effect]>([
		['500', { status: 500 }],
		['a cut connection', { reset: 'before' }],
		['a lost answer', { reset: 'after' }],
		['a truncated answer', { body: 'truncated' }],
		['an HTML answer', { body: 'html' }],
		['an empty answer', { body: 'empty' }],
	])('%s to the change of status is read back, and sent once', async (_what, effect) => {
		fault(CHANGE, effect, { times: 1 });

		const [output] = await (await sendOne()).run();

		expect(sandbox.account.deliveries.map(({ emailId }) => emailId)).toEqual([output.json.id]);
		expect(count('GET /activity/email/{id}/')).toBe(1);
	});

	it('that hides whether the email was sent says so', async () => {
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
	])('that answers %s to signing is temporary, and nothing is uploaded', async (_what, effect) => {
		fault(SIGN, effect);

		const error = await errorOf(await sendOne());

		expect(error.message).toMatch(
			/^(Close gave an answer that is not readable when|The connection to Close was cut when it was) asked to upload the file 'Offer.pdf'$/,
		);
		expect(error.failure).toEqual({ cause: 'temporarily-unavailable' });
		expect(count('POST s3')).toBe(0);
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

	it('that never comes is waited for as long as Timeout says', async () => {
		fault(SIGN, { timeout: true }, { times: 1 });
		const items = [anItem(await aFile())];

		await emailing(sandbox, items, { options: { timeout: 0.2 } }).run();

		expect(count(SIGN)).toBe(2);
	});
});

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

describe('continue on fail', () => {
	it('makes the error the output of its item, and the others go on', async () => {
		fault(CREATE, { status: 400, body: { error: 'Nope.' } }, { skip: 1, times: 1 });
		const items = await itemsWithFiles(3);

		const outputs = await emailing(sandbox, items, { options: { maxParallel: 1 } }, goOn).run();

		expect(errorItems(outputs)).toEqual([1]);
		expect(Object.keys(outputs[1].json)).toEqual(['error', 'message', 'details']);
		expect(outputs[1]).toMatchObject({
			json: {
				error: 'Close refused to create the email: Nope.',
				message: expect.stringContaining('Correct the named fields and run the workflow again.'),
				details: { status: 400, uploaded: [{ filename: '2.pdf' }] },
			},
			pairedItem: { item: 1 },
		});
		expect(sandbox.account.emails).toHaveLength(2);
	});

	it('keeps the item’s error for n8n 1.x where there is an error output', async () => {
		fault(SIGN, { status: 402 });

		const [output] = await uploading(
			sandbox,
			await itemsWithFiles(1),
			{},
			{
				onError: 'continueErrorOutput',
			},
		).run();

		expect(output.error).toMatchObject({ httpCode: '402', context: { itemIndex: 0 } });
		expect(Object.keys(output)).toEqual(['json', 'pairedItem']);
	});

	it('makes items of an error about all of them', async () => {
		const credential = { baseUrl: 'http://close.example/api/v1', apiKey: 'api_secret' };

		const outputs = await uploading(
			sandbox,
			await itemsWithFiles(2),
			{},
			{ ...goOn, credential },
		).run();

		expect(errorItems(outputs)).toEqual([0, 1]);
	});
});

describe('without continue on fail', () => {
	it('the first error names its item and starts no new work', async () => {
		fault(CREATE, { status: 400 }, { skip: 1, times: 1 });

		const error = await errorOf(
			emailing(sandbox, await itemsWithFiles(5), { options: { maxParallel: 1 } }),
		);

		expect(error.context.itemIndex).toBe(1);
		expect(callsTo(sandbox)).toEqual([SIGN, 'POST s3', CREATE, SIGN, 'POST s3', CREATE]);
	});

	it('the error lists what other items created', async () => {
		fault(CREATE, { status: 400 }, { skip: 2, times: 1 });

		const error = await errorOf(
			emailing(sandbox, await itemsWithFiles(4), { options: { maxParallel: 1 } }),
		);

		const ids = sandbox.account.emails.map(({ id }) => id);
		expect(error.context.data).toMatchObject({
			created: [
				{ item: 0, id: ids[0] },
				{ item: 1, id: ids[1] },
			],
		});
		expect(error.description).toContain(`Already created in Close: ${ids.join(', ')}`);
	});

	it('a creation that is under way is let finish, and listed', async () => {
		sandbox.faults.add({ call: CREATE, effect: { delayMs: 150 } });
		fault(CREATE, { status: 400 }, { skip: 1 });

		const error = await errorOf(emailing(sandbox, await itemsWithFiles(2)));

		const item = 1 - Number(error.context.itemIndex);
		expect(sandbox.account.emails).toHaveLength(1);
		expect(error.context.data).toMatchObject({
			created: [{ item, id: sandbox.account.emails[0].id }],
		});
	});
});

describe('the base URL', () => {
	it.each([
		'http://close.example/api/v1',
		'http://127.0.0.1.evil.example/api/v1',
		'http://localhost.evil.example/api/v1',
		'http://10.0.0.1/api/v1',
		'http://[::2]/api/v1',
		'https://user:pass@api.close.com/api/v1',
		'https://api.close.com/api/v1?x=1',
		'ftp://127.0.0.1/',
		'api.close.com',
		'',
	])('%j is refused before any request', async (baseUrl) => {
		const credential = { baseUrl, apiKey: 'api_secret' };

		const error = await errorOf(uploading(sandbox, await itemsWithFiles(1), {}, { credential }));

		expect(error.message).toContain("'Base URL' of the credential");
		expect(error.description).toContain('https://api.close.com/api/v1');
		expect(wholeTextOf(error)).not.toContain('pass@');
	});

	it('may end in slashes', async () => {
		const credential = { ...sandbox, baseUrl: `${sandbox.baseUrl}//` };

		expect(
			await uploading(sandbox, await itemsWithFiles(1), {}, { credential }).run(),
		).toHaveLength(1);
	});

	it('may name this machine', async () => {
		const baseUrl = sandbox.baseUrl.replace('127.0.0.1', 'localhost');
		const credential = { ...sandbox, baseUrl };

		expect(
			await uploading(sandbox, await itemsWithFiles(1), {}, { credential }).run(),
		).toHaveLength(1);
	});
});
