import { startSandbox } from '../sandbox/server';
import { eachWith, element, form, send } from './client';
import {
	encoded,
	filesLeft,
	policyFor,
	postHalf,
	postThenRead,
	signedByHand,
	signedBySdk,
	type Fields,
} from './s3Client';

const sandbox = eachWith(async () => await startSandbox());

const KEY = 'test/hello.txt';
const url = () => `${sandbox().s3Url}/${sandbox().s3.bucket}`;
const stored = () => sandbox().s3.object(KEY);
const postForm = async (body: FormData, headers = {}) =>
	await send(url(), { method: 'POST', body, headers });
/** A good SigV2 form; the policy also demands what `extra` says. */
const signed = (extra: Parameters<typeof policyFor>[2] = [], fields: Fields = {}) => {
	const all = { key: KEY, 'Content-Type': 'text/plain', success_action_status: '201', ...fields };
	return signedByHand(sandbox(), all, policyFor(sandbox(), all, extra));
};

describe('S3’s POST Object', () => {
	it.each([
		['SigV2 by hand', async () => signed()],
		['SigV4 by the AWS SDK', async () => await signedBySdk(sandbox(), KEY)],
		[
			'SigV4 with a security token',
			async () => await signedBySdk(sandbox(), KEY, { temporary: true }),
		],
	])('stores a file whose policy is signed with %s', async (_what, fields) => {
		const reply = await postForm(form(await fields(), 'hello'));

		expect(reply.status).toBe(201);
		expect(element(reply.text, 'Key')).toBe(KEY);
		expect(element(reply.text, 'Bucket')).toBe(sandbox().s3.bucket);
		expect(element(reply.text, 'ETag')).toBe('&quot;5d41402abc4b2a76b9719d911017c592&quot;');
		expect(element(reply.text, 'Location')).toBe(`${url()}/${KEY}`);
		expect(stored()).toMatchObject({ size: 5, contentType: 'text/plain' });
	});

	it.each<[string, (fields: Fields) => Fields, number, string]>([
		['a changed signature', (f) => ({ ...f, signature: 'x' }), 403, 'SignatureDoesNotMatch'],
		['an unknown key id', (f) => ({ ...f, AWSAccessKeyId: 'x' }), 403, 'InvalidAccessKeyId'],
		['another value', (f) => ({ ...f, 'Content-Type': 'a/b' }), 403, 'AccessDenied'],
		['another key', (f) => ({ ...f, key: 'other' }), 403, 'AccessDenied'],
		['a field too many', (f) => ({ ...f, acl: 'public-read' }), 403, 'AccessDenied'],
		[
			'a token it did not ask for',
			(f) => ({ ...f, 'x-amz-security-token': 'x' }),
			400,
			'InvalidToken',
		],
		['a missing field', (f) => without(f, 'Content-Type'), 403, 'AccessDenied'],
		['no key', (f) => without(f, 'key'), 400, 'InvalidArgument'],
		['no signature', (f) => without(f, 'signature'), 400, 'InvalidArgument'],
		['no policy', (f) => without(f, 'policy'), 400, 'InvalidArgument'],
		[
			'no signature at all',
			(f) => without(without(without(f, 'policy'), 'signature'), 'AWSAccessKeyId'),
			403,
			'AccessDenied',
		],
		[
			'20 kB of fields',
			(f) => ({ ...f, 'x-ignore-a': 'x'.repeat(20_480) }),
			400,
			'MaxPostPreDataLengthExceeded',
		],
	])('refuses %s', async (_what, change, status, code) => {
		const reply = await postForm(form(change(signed())));

		expect([reply.status, element(reply.text, 'Code')]).toEqual([status, code]);
		expect(stored()).toBeUndefined();
	});

	it.each<[string, (policy: ReturnType<typeof policyFor>) => object | string, string]>([
		['no JSON', () => '{', 'InvalidPolicyDocument'],
		['no expiration', ({ conditions }) => ({ conditions }), 'InvalidPolicyDocument'],
		['no conditions', ({ expiration }) => ({ expiration }), 'InvalidPolicyDocument'],
		[
			'an operator that is none',
			({ expiration }) => ({ expiration, conditions: [['is', '$key', KEY]] }),
			'InvalidPolicyDocument',
		],
		[
			'a date of another form',
			(policy) => ({ ...policy, expiration: 'soon' }),
			'InvalidPolicyDocument',
		],
		[
			'no bucket',
			({ expiration, conditions }) => ({ expiration, conditions: conditions.slice(1) }),
			'AccessDenied',
		],
	])('refuses a policy with %s', async (_what, change, code) => {
		const policy = change(policyFor(sandbox(), { key: KEY }));

		const reply = await postForm(form(signedByHand(sandbox(), { key: KEY }, policy)));

		expect(element(reply.text, 'Code')).toBe(code);
	});

	it.each<[string, Parameters<typeof policyFor>[2], string | undefined]>([
		['a range that fits', [['content-length-range', 5, 5]], undefined],
		['a smaller range', [['content-length-range', 0, 4]], 'EntityTooLarge'],
		['a larger range', [['content-length-range', 6, 9]], 'EntityTooSmall'],
		['a beginning that fits', [['starts-with', '$key', 'test/']], undefined],
		['another beginning', [['starts-with', '$key', 'other/']], 'AccessDenied'],
		['an empty beginning', [['starts-with', '$Content-Type', '']], undefined],
		['an equal value', [['eq', '$KEY', KEY]], undefined],
		['another value', [['eq', '$key', 'other']], 'AccessDenied'],
	])('judges 5 bytes by %s', async (_what, conditions, code) => {
		const reply = await postForm(form(signed(conditions), 'hello'));

		expect(element(reply.text, 'Code')).toBe(code);
		expect(stored()?.size).toBe(code === undefined ? 5 : undefined);
	});

	it.each([
		[59_000, 201],
		[61_000, 403],
	])('judges a policy of a minute after %s ms', async (ms, status) => {
		const fields = await signedBySdk(sandbox(), KEY);
		sandbox().clock.advance(ms);

		expect((await postForm(form(fields))).status).toBe(status);
	});

	it('refuses the temporary key without its token', async () => {
		const fields = await signedBySdk(sandbox(), KEY, { temporary: true });

		const reply = await postForm(form(without(fields, 'X-Amz-Security-Token')));

		expect([reply.status, element(reply.text, 'Code')]).toEqual([403, 'InvalidAccessKeyId']);
	});

	it('ignores fields after the file', async () => {
		const { success_action_status, ...others } = signed();
		const body = form(others);
		body.append('success_action_status', success_action_status);

		const reply = await postForm(body);

		expect([reply.status, element(reply.text, 'Code')]).toEqual([403, 'AccessDenied']);
	});

	it('refuses two files, and none', async () => {
		const two = form(signed());
		two.append('file', new Blob(['again']), 'again.txt');
		const none = form(signed());
		none.delete('file');

		const replies = [await postForm(two), await postForm(none)];

		expect(replies.map(({ text }) => element(text, 'Message'))).toEqual([
			'POST requires exactly one file upload per request.',
			'POST requires exactly one file upload per request.',
		]);
		expect(stored()).toBeUndefined();
	});

	it('refuses a credential beside the form', async () => {
		const reply = await postForm(form(signed()), { authorization: 'Basic eDo=' });

		expect([reply.status, element(reply.text, 'Code')]).toEqual([400, 'InvalidArgument']);
	});

	it('refuses a body without Content-Length', async () => {
		const { body, type } = await encoded(form(signed()));
		const chunked = { body: new Blob([new Uint8Array(body)]).stream(), duplex: 'half' };

		const reply = await send(url(), {
			...(chunked as RequestInit),
			method: 'POST',
			headers: { 'content-type': type },
		});

		expect([reply.status, element(reply.text, 'Code')]).toEqual([411, 'MissingContentLength']);
	});

	it('refuses what is no form, and a form that is not closed', async () => {
		const { body, type } = await encoded(form(signed()));
		const open = new Uint8Array(body.subarray(0, body.lastIndexOf('--')));
		const init = { method: 'POST', headers: { 'content-type': type } };

		const plain = await send(url(), { method: 'POST', body: 'a=b' });
		const cut = await send(url(), { ...init, body: open });

		expect([plain.status, element(plain.text, 'Code')]).toEqual([412, 'PreconditionFailed']);
		expect([cut.status, element(cut.text, 'Code')]).toEqual([400, 'MalformedPOSTRequest']);
		expect(stored()).toBeUndefined();
	});

	it('lets a client that still writes read the refusal', async () => {
		const fields = signed([['content-length-range', 0, 10]]);

		const { body, type } = await encoded(form(fields, 'x'.repeat(20_000_000)));

		const answer = await postThenRead(url(), body, type);

		expect(answer).toMatch(/^HTTP\/1.1 400 /);
		expect(element(answer, 'Code')).toBe('EntityTooLarge');
	});

	it('stores nothing of an upload that breaks off, and lives on', async () => {
		const { body, type } = await encoded(form(signed(), 'x'.repeat(200_000)));
		const begun = () => (sandbox().requests[0]?.form?.file?.size ?? 0) > 0;

		await postHalf(url(), body, type, begun);
		const next = await postForm(form(signed([], { key: 'next' })));

		expect(next.status).toBe(201);
		expect(stored()).toBeUndefined();
		await filesLeft(sandbox().s3.object('next')?.path ?? '', 1);
	});
});

function without(fields: Fields, name: string): Fields {
	return Object.fromEntries(Object.entries(fields).filter(([each]) => each !== name));
}
