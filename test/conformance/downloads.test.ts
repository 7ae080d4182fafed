import { startSandbox, type SandboxOptions } from '../sandbox/server';
import { anEmail, basic, close, element, post, send, sign, upload } from './client';
import { anSms } from './fileRecords';

const started = async (options: SandboxOptions = {}) => {
	const sandbox = await startSandbox(options);
	const download = async (url: string) =>
		await send(url.replace('https://app.close.com', sandbox.url), {
			headers: { authorization: basic(sandbox.apiKey) },
		});
	return { sandbox, download };
};
type Started = Awaited<ReturnType<typeof started>>;

const media = async ({ sandbox }: Started) => {
	await upload(sandbox, 'other.png', 'another picture');
	const { url, filename } = await upload(sandbox, 'plan.png', 'the picture');
	const attachments = [{ url, filename, content_type: 'image/png' }];
	const sms = await close(sandbox, 'POST /activity/sms/', anSms(sandbox, { attachments }));
	return sms.json.attachments[0] as { url: string; thumbnail_url: string };
};

const persisted = async ({ sandbox }: Started) => {
	const attachments = [await upload(sandbox, 'Å & b.txt', 'the bytes')];
	const email = await close(sandbox, 'POST /activity/email/', anEmail(sandbox, { attachments }));
	return email.json.attachments[0].url as string;
};

describe('a file URL', () => {
	let running: Started;
	beforeEach(async () => {
		running = await started();
	});
	afterEach(async () => await running.sandbox.close());

	it('leads to the bytes at S3, by a link that needs no credential', async () => {
		const redirect = await running.download(await persisted(running));
		const location = redirect.headers.get('location') ?? '';

		const file = await send(location);

		expect([redirect.status, new URL(location).origin]).toEqual([302, running.sandbox.s3Url]);
		expect([file.status, file.text]).toEqual([200, 'the bytes']);
		expect(file.headers.get('content-type')).toBe('application/pdf');
	});

	it('leads to a link that refuses a credential beside its signature', async () => {
		const redirect = await running.download(await persisted(running));
		const headers = { authorization: basic(running.sandbox.apiKey) };

		const file = await send(redirect.headers.get('location') ?? '', { headers });

		expect([file.status, element(file.text, 'Code')]).toEqual([400, 'InvalidArgument']);
	});

	it('leads to a link that expires, and that fits one key only', async () => {
		const redirect = await running.download(await persisted(running));
		const location = redirect.headers.get('location') ?? '';

		const other = await send(location.replace('.txt?', '.pdf?'));
		running.sandbox.clock.advance(61_000);
		const late = await send(location);

		expect(element(other.text, 'Code')).toBe('SignatureDoesNotMatch');
		expect([late.status, element(late.text, 'Message')]).toEqual([403, 'Request has expired']);
	});

	it('wants the credential at Close', async () => {
		const url = await persisted(running);

		const reply = await send(url.replace('https://app.close.com', running.sandbox.url));

		expect(reply.status).toBe(401);
	});

	it('serves a temporary file for 24 hours, a persisted one for good', async () => {
		const temporary = await upload(running.sandbox);
		const kept = await persisted(running);
		const before = await running.download(temporary.url);
		running.sandbox.clock.advance(24 * 3_600_000 + 1);

		const after = await running.download(temporary.url);

		expect([before.status, after.status]).toEqual([302, 404]);
		expect((await running.download(kept)).status).toBe(302);
	});

	it('is not found before the upload, nor with another token', async () => {
		const { download } = await sign(running.sandbox);

		const statuses = [
			(await running.download(download.url)).status,
			(await running.download(download.url.replace('offer', 'other'))).status,
		];

		expect(statuses).toEqual([404, 404]);
	});
});

describe('the URL of an MMS’s file', () => {
	let running: Started;
	beforeEach(async () => {
		running = await started();
	});
	afterEach(async () => await running.sandbox.close());

	it('leads to the bytes at S3, and so does its thumbnail', async () => {
		const { url, thumbnail_url } = await media(running);
		const redirects = [await running.download(url), await running.download(thumbnail_url)];

		const files = await Promise.all(
			redirects.map(async ({ headers }) => await send(headers.get('location') ?? '')),
		);

		expect(redirects.map(({ status }) => status)).toEqual([302, 302]);
		expect(files.map(({ text }) => text)).toEqual(['the picture', 'the picture']);
		expect(running.sandbox.requests.map(({ call }) => call)).toContain('GET /go/sms/');
	});

	it('wants the credential, and exists for its own SMS only', async () => {
		const { url } = await media(running);
		const other = url.replace(/acti_\w+/, 'acti_other');

		const bare = await send(url.replace('https://app.close.com', running.sandbox.url));

		expect(bare.status).toBe(401);
		expect((await running.download(other)).status).toBe(404);
	});

	it('is gone when the SMS has the file no more', async () => {
		const { url } = await media(running);
		const [{ id }] = running.sandbox.account.sms;

		await close(running.sandbox, `PUT /activity/sms/${id}/`, { attachments: [] });

		expect((await running.download(url)).status).toBe(404);
	});
});

describe('an upload', () => {
	it.each(['v2', 'v4'] as const)('is stored when Close signs by Sig%s', async (signing) => {
		const { sandbox } = await started({ signing });

		const signed = await sign(sandbox);
		const reply = await post(signed, 'hello');
		const stored = sandbox.s3.object(signed.download.url);
		await sandbox.close();

		expect(reply.status).toBe(201);
		expect(stored).toMatchObject({ size: 5, md5: '5d41402abc4b2a76b9719d911017c592' });
		const token = signed.upload.fields['x-amz-security-token'];
		expect(token === undefined).toBe(signing === 'v2');
	});

	it('is refused over the account’s limit', async () => {
		const { sandbox } = await started({ maxFileBytes: 4 });

		const reply = await post(await sign(sandbox), 'hello');
		await sandbox.close();

		expect([reply.status, element(reply.text, 'Code')]).toEqual([400, 'EntityTooLarge']);
	});

	it('is refused a minute after it was signed', async () => {
		const { sandbox } = await started();
		const signed = await sign(sandbox);
		sandbox.clock.advance(60_000);

		const reply = await post(signed);
		await sandbox.close();

		expect([reply.status, element(reply.text, 'Message')]).toEqual([
			403,
			'Invalid according to Policy: Policy expired.',
		]);
	});

	it('is counted and dropped in a sandbox that discards', async () => {
		const { sandbox, download } = await started({ discard: true });
		const signed = await sign(sandbox);
		await post(signed, 'hello');

		const redirect = await download(signed.download.url);
		const file = await send(redirect.headers.get('location') ?? '');
		await sandbox.close();

		expect(sandbox.account.uploads[0].size).toBe(5);
		expect(element(file.text, 'Code')).toBe('NoSuchKey');
	});
});
