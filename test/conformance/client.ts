import type { Sandbox } from '../sandbox/server';

/** A raw client of the sandbox: what a test sends is what goes out. */
export interface Reply {
	status: number;
	headers: Headers;
	text: string;
	// Tests look at whatever Close answers; a wrong path shows up as undefined in an assertion.
	// eslint-disable-next-line @typescript-eslint/no-explicit-any
	json: any;
}

export const basic = (apiKey: string) => `Basic ${btoa(`${apiKey}:`)}`;

/** A call of Close's API with the sandbox's key. A string is sent as it is, an object as JSON. */
export async function close(
	sandbox: Sandbox,
	call: string,
	body?: object | string,
	headers: Record<string, string> = {},
): Promise<Reply> {
	const [method, path] = call.split(' ');
	return await send(sandbox.baseUrl + path, {
		method,
		headers: {
			authorization: basic(sandbox.apiKey),
			'content-type': 'application/json',
			...headers,
		},
		body: typeof body === 'object' ? JSON.stringify(body) : body,
	});
}

export async function send(url: string, init: RequestInit = {}): Promise<Reply> {
	const response = await fetch(url, { redirect: 'manual', ...init });
	const text = await response.text();
	const isJson = response.headers.get('content-type') === 'application/json';
	const { status, headers } = response;
	return { status, headers, text, json: isJson && text !== '' ? JSON.parse(text) : undefined };
}

/** The fields in their order, then the file, last. */
export function form(
	fields: Record<string, string>,
	content: string | Uint8Array<ArrayBuffer> | Blob = 'hello',
	filename = 'hello.txt',
): FormData {
	const data = new FormData();
	for (const [name, value] of Object.entries(fields)) data.append(name, value);
	data.append('file', new Blob([content]), filename);
	return data;
}

export interface SignedPost {
	upload: { url: string; fields: Record<string, string> };
	download: { url: string };
}

export async function sign(
	sandbox: Sandbox,
	filename = 'offer.pdf',
	contentType = 'application/pdf',
): Promise<SignedPost> {
	const body = { filename, content_type: contentType };
	return (await close(sandbox, 'POST /files/upload/', body)).json as SignedPost;
}

export async function post({ upload }: SignedPost, content = 'hello'): Promise<Reply> {
	return await send(upload.url, { method: 'POST', body: form(upload.fields, content) });
}

export interface SentAttachment {
	url: string;
	filename: string;
	content_type: string;
	size: number;
	[other: string]: unknown;
}

/** Uploads a small file; returns the attachment for an email. */
export async function upload(
	sandbox: Sandbox,
	filename = 'offer.pdf',
	content = 'hello',
): Promise<SentAttachment> {
	const signed = await sign(sandbox, filename);
	await post(signed, content);
	const size = new Blob([content]).size;
	return { url: signed.download.url, filename, content_type: 'application/pdf', size };
}

/** The least that an email in this status needs, for the first lead. */
export function anEmail(sandbox: Sandbox, fields: Record<string, unknown> = {}): object {
	const [lead] = sandbox.account.leads;
	const status = fields.status ?? 'draft';
	const forSending = { sender: 'nora@sandbox.example', to: ['gina@bluth.example'] };
	return {
		lead_id: lead.id,
		status,
		...(status === 'draft' || status === 'sent' ? {} : forSending),
		...fields,
	};
}

/** An S3 error's Code or any other element. */
export function element(xml: string, name: string): string | undefined {
	return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
}

/** Starts a sandbox before each test and closes it after. */
export function eachWith(start: () => Promise<Sandbox>): () => Sandbox {
	let sandbox: Sandbox;
	beforeEach(async () => {
		sandbox = await start();
	});
	afterEach(async () => {
		await sandbox.close();
	});
	return () => sandbox;
}
