/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { S3ServiceException } from '@aws-sdk/client-s3';
import { element, form, send } from './client';
import {
	encoded,
	policyFor,
	postHalf,
	postThenRead,
	signedByHand,
	signedBySdk,
	storedAt,
	type Condition,
	type Fields,
	type S3Server,
	type StoredFile,
} from './s3Client';

/** One POST to S3 and what AWS answers to it. */
export interface S3Case {
	/** Completes "S3's POST Object …". */
	title: string;
	/** Last part of the key. */
	name?: string;
	send(server: S3Server, key: string): Promise<Sent>;
	/** The parts of AWS's answer that the case is about. */
	answer: Answer;
}

export interface Sent {
	status: number;
	headers?: Headers;
	text: string;
}

/**
 * What can be told of an answer from outside. Keys, buckets and addresses read `KEY`, `BUCKET` and
 * `URL` (of the bucket), so that two servers' answers can be compared.
 */
export interface Answer {
	status?: number;
	/** Elements of the XML. */
	Code?: string;
	Message?: string;
	Bucket?: string;
	Key?: string;
	ETag?: string;
	Location?: string;
	/** Headers. */
	'etag header'?: string;
	'location header'?: string;
	/** What is under the key afterwards: an MD5, `nothing`, or `not readable (…)`. */
	stored?: string;
	'stored type'?: string;
	'stored disposition'?: string;
	'stored metadata'?: string;
}

const HELLO = 'hello';
const md5 = (content: string | Uint8Array) => createHash('md5').update(content).digest('hex');

/** Bytes that a careless reader of forms would take for a boundary. */
const lookalike = Buffer.concat([
	Buffer.from('\r\n--\r\n------WebKitFormBoundary\r\n\r\n'),
	Buffer.from(Array.from({ length: 70_000 }, (_, index) => (index * 7919) % 256)),
	Buffer.from('\r\n'),
]);

/** Sends the case's request and looks at the answer and at what is stored. */
export async function answerTo(each: S3Case, server: S3Server, key: string): Promise<Answer> {
	const { status, headers, text } = await each.send(server, key);
	const stored = await storedAt(server, key).catch(nameOf);
	const bucketUrl = `${server.url}/${server.bucket}`;
	const path = key.split('/').map(encodeURIComponent).join('/');
	const plain = (value: string | null | undefined) =>
		value
			?.replaceAll(bucketUrl, 'URL')
			.replaceAll(path, 'KEY')
			.replaceAll(encodeURIComponent(key), 'KEY')
			.replaceAll(key, 'KEY')
			.replaceAll(server.bucket, 'BUCKET');
	const xml = (name: string) => plain(unescaped(element(text, name)));
	return {
		status,
		Code: xml('Code'),
		Message: xml('Message'),
		Bucket: xml('Bucket'),
		Key: xml('Key'),
		ETag: xml('ETag'),
		Location: xml('Location'),
		'etag header': plain(headers?.get('etag')),
		'location header': plain(headers?.get('location')),
		...whatIs(stored),
	};
}

function whatIs(stored: StoredFile | string | undefined): Answer {
	if (stored === undefined) return { stored: 'nothing' };
	if (typeof stored === 'string') return { stored: `not readable (${stored})` };
	return {
		stored: stored.md5,
		'stored type': stored.contentType,
		'stored disposition': stored.contentDisposition,
		'stored metadata': JSON.stringify(stored.metadata),
	};
}

/** The refusal of a file that may be there. Anything but S3's own refusals is thrown on. */
export function nameOf(error: unknown): string {
	if (error instanceof S3ServiceException) return error.name;
	throw error;
}

const accepted = (content: string | Uint8Array = HELLO, more: Answer = {}): Answer => ({
	status: 201,
	Code: undefined,
	stored: md5(content),
	...more,
});

const refused = (status: number, Code: string, more: Answer = {}): Answer => ({
	status,
	Code,
	stored: 'nothing',
	...more,
});

const plain: Fields = { 'Content-Type': 'text/plain', success_action_status: '201' };

/** A good SigV2 form; the policy also demands what `extra` says. */
function signed(
	server: S3Server,
	key: string,
	extra: Condition[] = [],
	{ fields = plain, credential = server.credentials[0] } = {},
): Fields {
	const all = { key, ...fields };
	return signedByHand(server, all, policyFor(server, all, extra), credential);
}

async function post(
	{ url, bucket }: S3Server,
	body: FormData,
	headers: Record<string, string> = {},
): Promise<Sent> {
	return await send(`${url}/${bucket}`, { method: 'POST', body, headers });
}

/** A body as it stands, byte for byte. */
async function postBytes(
	{ url, bucket }: Pick<S3Server, 'url' | 'bucket'>,
	body: Uint8Array<ArrayBuffer>,
	type: string,
): Promise<Sent> {
	return await send(`${url}/${bucket}`, {
		method: 'POST',
		body,
		headers: { 'content-type': type },
	});
}

const signers: Array<[string, (server: S3Server, key: string) => Promise<Fields>]> = [
	['SigV2 by hand', async (server, key) => signed(server, key)],
	['SigV4 by the AWS SDK', async (server, key) => await signedBySdk(server, key)],
	[
		'SigV4 with a security token',
		async (server, key) => await signedBySdk(server, key, { credential: server.credentials[1] }),
	],
];

const whoseSignatures = signers.map<S3Case>(([what, sign]) => ({
	title: `stores a file whose policy is signed with ${what}`,
	send: async (server, key) => await post(server, form(await sign(server, key))),
	answer: accepted(HELLO, {
		Key: 'KEY',
		Bucket: 'BUCKET',
		ETag: `"${md5(HELLO)}"`,
		Location: 'URL/KEY',
		'etag header': `"${md5(HELLO)}"`,
		'location header': 'URL/KEY',
		'stored type': 'text/plain',
	}),
}));

const changes: Array<[string, (fields: Fields) => Fields, number, string]> = [
	['a changed signature', (f) => ({ ...f, signature: 'x' }), 403, 'SignatureDoesNotMatch'],
	[
		'a policy that was changed after signing',
		(f) => ({ ...f, policy: longerPolicy(f.policy) }),
		403,
		'SignatureDoesNotMatch',
	],
	['an unknown key id', (f) => ({ ...f, AWSAccessKeyId: 'x' }), 403, 'InvalidAccessKeyId'],
	['another value', (f) => ({ ...f, 'Content-Type': 'a/b' }), 403, 'AccessDenied'],
	['another key', (f) => ({ ...f, key: `${f.key}.other` }), 403, 'AccessDenied'],
	['a field too many', (f) => ({ ...f, acl: 'public-read' }), 403, 'AccessDenied'],
	['metadata too many', (f) => ({ ...f, 'x-amz-meta-a': 'b' }), 403, 'AccessDenied'],
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
		(f) => without(f, 'policy', 'signature', 'AWSAccessKeyId'),
		403,
		'AccessDenied',
	],
	[
		'20 kB of fields',
		(f) => ({ ...f, 'x-ignore-a': 'x'.repeat(20_480) }),
		400,
		'MaxPostPreDataLengthExceeded',
	],
];

const changedForms = changes.map<S3Case>(([what, change, status, code]) => ({
	title: `refuses ${what}`,
	send: async (server, key) => await post(server, form(change(signed(server, key)))),
	answer: refused(status, code),
}));

const changesV4: Array<[string, (fields: Fields) => Fields, string]> = [
	['a changed signature', (f) => ({ ...f, 'X-Amz-Signature': 'x' }), 'SignatureDoesNotMatch'],
	['another value', (f) => ({ ...f, 'Content-Type': 'a/b' }), 'AccessDenied'],
	['another key', (f) => ({ ...f, key: `${f.key}.other` }), 'AccessDenied'],
];

const changedFormsV4 = changesV4.map<S3Case>(([what, change, code]) => ({
	title: `refuses ${what}, with SigV4`,
	send: async (server, key) => await post(server, form(change(await signedBySdk(server, key)))),
	answer: refused(403, code),
}));

const strangers: S3Case[] = [
	{
		title: 'refuses a known key id with another secret',
		send: async (server, key) => {
			const credential = { ...server.credentials[0], secretAccessKey: 'x' };
			return await post(server, form(signed(server, key, [], { credential })));
		},
		answer: refused(403, 'SignatureDoesNotMatch'),
	},
	{
		title: 'refuses an unknown key id, with SigV4',
		send: async (server, key) => {
			const credential = { accessKeyId: 'NOBODYNOBODYNOBODYNO', secretAccessKey: 'x' };
			return await post(server, form(await signedBySdk(server, key, { credential })));
		},
		answer: refused(403, 'InvalidAccessKeyId'),
	},
	{
		title: 'refuses the temporary key without its token',
		send: async (server, key) => {
			const fields = await signedBySdk(server, key, { credential: server.credentials[1] });
			return await post(server, form(without(fields, 'X-Amz-Security-Token')));
		},
		answer: refused(403, 'InvalidAccessKeyId'),
	},
	{
		title: 'refuses a bucket that does not exist',
		send: async (server, key) => {
			const elsewhere = { ...server, bucket: 'there-is-no-such-bucket' };
			return await post(elsewhere, form(signed(elsewhere, key)));
		},
		answer: refused(404, 'NoSuchBucket'),
	},
];

type Policy = ReturnType<typeof policyFor>;

const policies: Array<[string, (policy: Policy, key: string) => object | string, number, string]> =
	[
		['no JSON', () => '{', 400, 'InvalidPolicyDocument'],
		['no expiration', ({ conditions }) => ({ conditions }), 400, 'InvalidPolicyDocument'],
		['no conditions', ({ expiration }) => ({ expiration }), 400, 'InvalidPolicyDocument'],
		[
			'an operator that is none',
			({ expiration }, key) => ({ expiration, conditions: [['is', '$key', key]] }),
			400,
			'InvalidPolicyDocument',
		],
		[
			'a date of another form',
			(policy) => ({ ...policy, expiration: 'soon' }),
			400,
			'InvalidPolicyDocument',
		],
		[
			'no bucket',
			({ expiration, conditions }) => ({ expiration, conditions: conditions.slice(1) }),
			403,
			'AccessDenied',
		],
		[
			'another bucket',
			(_policy, key) => policyFor({ bucket: 'other' }, { key }),
			403,
			'AccessDenied',
		],
		['an end a second ago', (policy) => ({ ...policy, expiration: ago(1) }), 403, 'AccessDenied'],
	];

const badPolicies = policies.map<S3Case>(([what, change, status, code]) => ({
	title: `refuses a policy with ${what}`,
	send: async (server, key) => {
		const policy = change(policyFor(server, { key }), key);
		return await post(server, form(signedByHand(server, { key }, policy)));
	},
	answer: refused(status, code),
}));

const conditions: Array<[string, (key: string) => Condition, Answer]> = [
	['a range that fits', () => ['content-length-range', 5, 5], accepted()],
	['a smaller range', () => ['content-length-range', 0, 4], refused(400, 'EntityTooLarge')],
	['a larger range', () => ['content-length-range', 6, 9], refused(400, 'EntityTooSmall')],
	['a beginning that fits', (key) => ['starts-with', '$key', key.slice(0, 4)], accepted()],
	['another beginning', () => ['starts-with', '$key', 'other/'], refused(403, 'AccessDenied')],
	['an empty beginning', () => ['starts-with', '$Content-Type', ''], accepted()],
	['an equal value', (key) => ['eq', '$KEY', key], accepted()],
	['another value', () => ['eq', '$key', 'other'], refused(403, 'AccessDenied')],
];

const judged = conditions.map<S3Case>(([what, condition, answer]) => ({
	title: `judges 5 bytes by ${what}`,
	send: async (server, key) => await post(server, form(signed(server, key, [condition(key)]))),
	answer,
}));

const successes: S3Case[] = [
	{
		title: 'takes a policy with five seconds left',
		send: async (server, key) =>
			await post(server, form(await signedBySdk(server, key, { seconds: 5 }))),
		answer: accepted(),
	},
	{
		title: 'refuses a policy that ended a second ago, with SigV4',
		send: async (server, key) =>
			await post(server, form(await signedBySdk(server, key, { seconds: -1 }))),
		answer: refused(403, 'AccessDenied', {
			Message: 'Invalid according to Policy: Policy expired.',
		}),
	},
	...(['200', '204'] as const).map<S3Case>((status) => ({
		title: `answers ${status} when asked to`,
		send: async (server, key) => {
			const fields = { success_action_status: status };
			return await post(server, form(signed(server, key, [], { fields })));
		},
		answer: { status: Number(status), stored: md5(HELLO) },
	})),
	{
		title: 'answers 204 when not asked for a status',
		send: async (server, key) => await post(server, form(signed(server, key, [], { fields: {} }))),
		answer: { status: 204, stored: md5(HELLO) },
	},
	{
		title: 'redirects when asked to',
		send: async (server, key) => {
			const fields = { success_action_redirect: 'http://127.0.0.1:9/done' };
			return await post(server, form(signed(server, key, [], { fields })));
		},
		answer: {
			status: 303,
			stored: md5(HELLO),
			'location header': `http://127.0.0.1:9/done?bucket=BUCKET&key=KEY&etag=%22${md5(HELLO)}%22`,
		},
	},
	{
		title: 'takes a field that it is to ignore',
		send: async (server, key) =>
			await post(server, form({ 'x-ignore-a': 'b', ...signed(server, key) })),
		answer: accepted(),
	},
	{
		title: 'stores the content type with its parameters, the disposition and metadata',
		send: async (server, key) => {
			const fields = {
				...plain,
				'Content-Type': 'text/plain; charset=utf-8; format=flowed',
				'Content-Disposition': 'inline; filename="a \\"b\\".txt"',
				'x-amz-meta-lead': 'lead_1',
			};
			return await post(server, form(signed(server, key, [], { fields })));
		},
		answer: accepted(HELLO, {
			'stored type': 'text/plain; charset=utf-8; format=flowed',
			'stored disposition': 'inline; filename="a \\"b\\".txt"',
			'stored metadata': '{"lead":"lead_1"}',
		}),
	},
	{
		title: 'stores a file without bytes',
		send: async (server, key) => await post(server, form(signed(server, key), '')),
		answer: accepted(''),
	},
	{
		title: 'stores bytes that look like a boundary as they are',
		send: async (server, key) => await post(server, form(signed(server, key), lookalike)),
		answer: accepted(lookalike),
	},
	{
		title: 'stores under a key with quotes, markup, umlauts and emoji',
		name: `“a” & <b> 'c' "d" äöü 文件 🎉.txt`,
		send: async (server, key) => await post(server, form(signed(server, key))),
		answer: accepted(HELLO, { Key: 'KEY' }),
	},
	{
		title: 'puts the file’s name where the key asks for it',
		name: 'plän 文.txt',
		send: async (server, key) => {
			const template = key.replace('plän 文.txt', '${filename}');
			const fields = await signedBySdk(server, template);
			return await post(server, form(fields, HELLO, 'plän 文.txt'));
		},
		answer: accepted(),
	},
	{
		title: 'takes names of fields in any case',
		send: async (server, key) => {
			const fields = Object.entries(await signedBySdk(server, key));
			const lower = fields.map(([name, value]) => [name.toLowerCase(), value]);
			return await post(server, form(Object.fromEntries(lower) as Fields));
		},
		answer: accepted(),
	},
	{
		title: 'takes a key of 1024 bytes',
		name: 'x'.repeat(1024 - 'case/00/'.length),
		send: async (server, key) => await post(server, form(signed(server, key))),
		answer: accepted(),
	},
];

const oneFileOnly = refused(400, 'InvalidArgument', {
	Message: 'POST requires exactly one file upload per request.',
});

const shapes: S3Case[] = [
	{
		title: 'refuses a key of 1025 bytes',
		name: 'x'.repeat(1025 - 'case/00/'.length),
		send: async (server, key) => await post(server, form(signed(server, key))),
		answer: refused(400, 'KeyTooLongError'),
	},
	{
		title: 'ignores fields after the file',
		send: async (server, key) => {
			const { success_action_status, ...others } = signed(server, key);
			const body = form(others);
			body.append('success_action_status', success_action_status);
			return await post(server, body);
		},
		answer: refused(403, 'AccessDenied'),
	},
	{
		title: 'refuses two files',
		send: async (server, key) => {
			const two = form(signed(server, key));
			two.append('file', new Blob(['again']), 'again.txt');
			return await post(server, two);
		},
		answer: oneFileOnly,
	},
	{
		title: 'refuses no file',
		send: async (server, key) => {
			const none = form(signed(server, key));
			none.delete('file');
			return await post(server, none);
		},
		answer: oneFileOnly,
	},
	{
		title: 'refuses a credential beside the form',
		send: async (server, key) =>
			await post(server, form(signed(server, key)), { authorization: 'Basic eDo=' }),
		answer: refused(400, 'InvalidArgument'),
	},
	{
		title: 'refuses a body without Content-Length',
		send: async ({ url, bucket, ...server }, key) => {
			const { body, type } = await encoded(form(signed({ url, bucket, ...server }, key)));
			const chunked = { body: new Blob([new Uint8Array(body)]).stream(), duplex: 'half' };
			return await send(`${url}/${bucket}`, {
				...(chunked as RequestInit),
				method: 'POST',
				headers: { 'content-type': type },
			});
		},
		answer: refused(411, 'MissingContentLength'),
	},
	{
		title: 'refuses what is no form',
		send: async (server) =>
			await postBytes(server, Buffer.from('a=b'), 'application/x-www-form-urlencoded'),
		answer: refused(412, 'PreconditionFailed'),
	},
	{
		title: 'refuses a form that is not closed',
		send: async (server, key) => {
			const { body, type } = await encoded(form(signed(server, key)));
			return await postBytes(
				server,
				new Uint8Array(body.subarray(0, body.lastIndexOf('--'))),
				type,
			);
		},
		answer: refused(400, 'MalformedPOSTRequest'),
	},
	{
		title: 'lets a client that still writes read the refusal',
		send: async (server, key) => {
			const fields = signed(server, key, [['content-length-range', 0, 10]]);
			const { body, type } = await encoded(form(fields, 'x'.repeat(20_000_000)));
			const text = await postThenRead(`${server.url}/${server.bucket}`, body, type);
			return { status: Number(/^HTTP\/1.1 (\d+)/.exec(text)?.[1]), text };
		},
		answer: refused(400, 'EntityTooLarge'),
	},
	{
		title: 'stores nothing of an upload that breaks off, and takes the next one',
		send: async (server, key) => {
			const { body, type } = await encoded(form(signed(server, key), 'x'.repeat(200_000)));
			const deadline = Date.now() + 200;
			const begun = () => Date.now() > deadline;
			await postHalf(`${server.url}/${server.bucket}`, body, type, begun);
			const { status } = await post(server, form(signed(server, `${key}.next`)));
			await sleep(100);
			return { status, text: '' };
		},
		answer: { status: 201, stored: 'nothing' },
	},
];

/** AWS's answers are from its documentation and from public tests of other S3 servers. */
export const s3Cases: S3Case[] = [
	...whoseSignatures,
	...changedForms,
	...changedFormsV4,
	...strangers,
	...badPolicies,
	...judged,
	...successes,
	...shapes,
];

/** The key of a case: as long for each of them, and with what the conditions ask for. */
export function keyOf({ name = 'hello.txt' }: S3Case, index: number): string {
	return `case/${String(index).padStart(2, '0')}/${name}`;
}

function without(fields: Fields, ...names: string[]): Fields {
	return Object.fromEntries(Object.entries(fields).filter(([each]) => !names.includes(each)));
}

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();

function longerPolicy(base64: string): string {
	const policy = JSON.parse(Buffer.from(base64, 'base64').toString()) as Policy;
	return Buffer.from(JSON.stringify({ ...policy, expiration: ago(-9_000) })).toString('base64');
}

function unescaped(text: string | undefined): string | undefined {
	return text
		?.replace(/&lt;/g, '<')
		.replace(/&gt;/g, '>')
		.replace(/&quot;|&#34;/g, '"')
		.replace(/&apos;|&#39;/g, "'")
		.replace(/&amp;/g, '&');
}
