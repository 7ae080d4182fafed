/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests never ship */
import { createHmac } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';

import type { Sandbox } from '../sandbox/server';

export type Fields = Record<string, string>;
type Condition = Record<string, string> | [string, string | number, string | number];

/** A form signed by the AWS SDK, in SigV4, with the temporary key if asked for. */
export async function signedBySdk(
	sandbox: Sandbox,
	key: string,
	{ temporary = false, conditions = [] as Condition[], seconds = 60 } = {},
): Promise<Fields> {
	const credentials = sandbox.s3.credentials[temporary ? 1 : 0];
	const client = new S3Client({ region: 'us-east-1', endpoint: sandbox.s3Url, credentials });
	const { fields } = await createPresignedPost(client, {
		Bucket: sandbox.s3.bucket,
		Key: key,
		Expires: seconds,
		Fields: { 'Content-Type': 'text/plain', success_action_status: '201' },
		// The SDK's own type for conditions is not exported.
		Conditions: conditions as Parameters<typeof createPresignedPost>[1]['Conditions'],
	});
	return fields;
}

/** A form signed by hand as Close's documentation shows it, SigV2. `policy` may be any text. */
export function signedByHand(sandbox: Sandbox, fields: Fields, policy: object | string): Fields {
	const [{ accessKeyId, secretAccessKey }] = sandbox.s3.credentials;
	const text = typeof policy === 'string' ? policy : JSON.stringify(policy);
	const base64 = Buffer.from(text).toString('base64');
	const signature = createHmac('sha1', secretAccessKey).update(base64).digest('base64');
	return { AWSAccessKeyId: accessKeyId, ...fields, policy: base64, signature };
}

/** A policy of a minute that names the bucket and these fields. */
export function policyFor(sandbox: Sandbox, fields: Fields, extra: Condition[] = []) {
	const conditions: Condition[] = [
		{ bucket: sandbox.s3.bucket },
		...Object.entries(fields).map(([name, value]) => ({ [name]: value })),
		...extra,
	];
	return { expiration: new Date(sandbox.clock.now() + 60_000).toISOString(), conditions };
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
			const chunks: Buffer[] = [];
			socket.on('data', (chunk: Buffer) => chunks.push(chunk));
			socket.on('end', () => resolve(Buffer.concat(chunks).toString()));
		});
	});
}

/** A multipart body as bytes, with its content type. */
export async function encoded(data: FormData): Promise<{ body: Buffer; type: string }> {
	const response = new Response(data);
	const type = response.headers.get('content-type') ?? '';
	return { body: Buffer.from(await response.arrayBuffer()), type };
}
