/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/require-node-api-error -- tests never ship */
import { createHash, createHmac } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { GetObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import type { S3Credential } from '../sandbox/s3/signature';
import type { ForeignS3, Sandbox } from '../sandbox/server';

/** An S3 that forms can be signed for: the sandbox's, or another one. */
export type S3Server = ForeignS3;

export type Fields = Record<string, string>;
export type Condition = Record<string, string> | [string, string | number, string | number];

export const s3Of = ({ s3Url, s3 }: Sandbox): S3Server => ({
	url: s3Url,
	bucket: s3.bucket,
	region: 'us-east-1',
	credentials: s3.credentials,
});

/** The AWS SDK's client with the server's long-term key, unless another is given. */
export function s3Client(
	{ url, region, credentials: [longTerm] }: S3Server,
	credentials: S3Credential = longTerm,
): S3Client {
	return new S3Client({
		region,
		endpoint: url,
		credentials,
		forcePathStyle: true,
		maxAttempts: 1,
		requestChecksumCalculation: 'WHEN_REQUIRED',
		responseChecksumValidation: 'WHEN_REQUIRED',
	});
}

/** An object as the AWS SDK reads it. */
export interface StoredFile {
	size: number;
	/** Hex, of the bytes that were read. */
	md5: string;
	contentType?: string;
	contentDisposition?: string;
	/** Without the prefix `x-amz-meta-`. */
	metadata: Record<string, string>;
}

/**
 * What is stored under a key; undefined when nothing is.
 *
 * @throws S3ServiceException when the server does not give it out.
 */
export async function storedAt(server: S3Server, key: string): Promise<StoredFile | undefined> {
	const client = s3Client(server);
	try {
		const answer = await client.send(new GetObjectCommand({ Bucket: server.bucket, Key: key }));
		const hash = createHash('md5');
		let size = 0;
		for await (const chunk of answer.Body as unknown as AsyncIterable<Uint8Array>) {
			hash.update(chunk);
			size += chunk.length;
		}
		return {
			size,
			md5: hash.digest('hex'),
			contentType: answer.ContentType,
			contentDisposition: answer.ContentDisposition,
			metadata: answer.Metadata ?? {},
		};
	} catch (error) {
		if (error instanceof S3ServiceException && error.name === 'NoSuchKey') return undefined;
		throw error;
	} finally {
		client.destroy();
	}
}

interface SdkOptions {
	credential?: S3Credential;
	conditions?: Condition[];
	seconds?: number;
	fields?: Fields;
}

/** A form signed by the AWS SDK, in SigV4, with the long-term key unless another is given. */
export async function signedBySdk(
	server: S3Server,
	key: string,
	{ credential, conditions = [], seconds = 60, fields: more = {} }: SdkOptions = {},
): Promise<Fields> {
	const { fields } = await createPresignedPost(s3Client(server, credential), {
		Bucket: server.bucket,
		Key: key,
		Expires: seconds,
		Fields: { 'Content-Type': 'text/plain', success_action_status: '201', ...more },
		// The SDK's own type for conditions is not exported.
		Conditions: conditions as Parameters<typeof createPresignedPost>[1]['Conditions'],
	});
	return fields;
}

/** A form signed by hand as Close's documentation shows it, SigV2. `policy` may be any text. */
export function signedByHand(
	{ credentials: [longTerm] }: S3Server,
	fields: Fields,
	policy: object | string,
	{ accessKeyId, secretAccessKey }: S3Credential = longTerm,
): Fields {
	const text = typeof policy === 'string' ? policy : JSON.stringify(policy);
	const base64 = Buffer.from(text).toString('base64');
	// Not by the sandbox's own function: it would agree with itself.
	const signature = createHmac('sha1', secretAccessKey).update(base64).digest('base64');
	return { AWSAccessKeyId: accessKeyId, ...fields, policy: base64, signature };
}

/** A policy of a minute that names the bucket and these fields. */
export function policyFor(
	{ bucket }: Pick<S3Server, 'bucket'>,
	fields: Fields,
	extra: Condition[] = [],
) {
	const conditions: Condition[] = [
		{ bucket },
		...Object.entries(fields).map(([name, value]) => ({ [name]: value })),
		...extra,
	];
	return { expiration: new Date(Date.now() + 60_000).toISOString(), conditions };
}

/**
 * Sends half of a body that was announced, then cuts the connection.
 * Resolves when the server has seen the beginning: `begun` is asked until it says so.
 */
export async function postHalf(url: string, body: Buffer, type: string, begun: () => boolean) {
	const headers = { 'content-type': type, 'content-length': body.length };
	const sending = request(url, { method: 'POST', headers });
	sending.on('error', () => {});
	sending.write(body.subarray(0, body.length / 2));
	while (!begun()) await new Promise((resolve) => setImmediate(resolve));
	sending.destroy();
}

/** Resolves when only this many files are left in the folder of a stored file. */
export async function filesLeft(path: string, count: number): Promise<void> {
	while (readdirSync(dirname(path)).length !== count) {
		await new Promise((resolve) => setImmediate(resolve));
	}
}

/** The answer, as text, for a client that looks for it only when its whole body is written. */
export async function postThenRead(url: string, body: Buffer, type: string): Promise<string> {
	const { hostname, port, pathname } = new URL(url);
	const socket = connect(Number(port), hostname);
	const head = `POST ${pathname} HTTP/1.1\r\nHost: s3\r\nContent-Type: ${type}\r\n`;
	return await new Promise((resolve, reject) => {
		socket.on('error', reject);
		socket.write(`${head}Content-Length: ${body.length}\r\n\r\n`);
		socket.write(body, () => {
			let answer = '';
			const whole = () => resolve(answer);
			socket.on('end', whole);
			socket.setEncoding('utf8').on('data', (text: string) => {
				answer += text;
				// A server may keep the connection open for more.
				if (answer.includes('</Error>')) socket.destroy().once('close', whole);
			});
		});
	});
}

/** A multipart body as bytes, with its content type. */
export async function encoded(data: FormData): Promise<{ body: Buffer; type: string }> {
	const response = new Response(data);
	const type = response.headers.get('content-type') ?? '';
	return { body: Buffer.from(await response.arrayBuffer()), type };
}
