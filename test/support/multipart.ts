/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import { Busboy, type BusboyHeaders } from '@fastify/busboy';
import { buffer } from 'node:stream/consumers';
import { md5 } from './builders';
import type { RawRequest } from './recorder';

/** One part of a form, in the order in which they came. */
export interface Part {
	name: string;
	/** Of a field its text. */
	value?: string;
	/** Of the file: jest is slow at comparing buffers. */
	size?: number;
	md5?: string;
	filename?: string;
	contentType?: string;
}

/** Reads a form with a parser that is neither the sender's nor the sandbox's use of it. */
export async function partsOf({ headers, body }: RawRequest): Promise<Part[]> {
	const parts: Array<Promise<Part>> = [];
	await new Promise<void>((resolve, reject) => {
		const parser = new Busboy({ headers: headers as BusboyHeaders, preservePath: true });
		parser.on('field', (name, value) => parts.push(Promise.resolve({ name, value })));
		parser.on('file', (name, content, filename, _encoding, contentType) => {
			parts.push(
				buffer(content).then((bytes) => ({
					name,
					filename,
					contentType,
					size: bytes.length,
					md5: md5(bytes),
				})),
			);
		});
		parser.on('error', reject);
		parser.on('finish', () => resolve());
		parser.end(body);
	});
	return await Promise.all(parts);
}

/** The head of each part as it was written, without the file's name and type resolved. */
export function rawHeads(request: RawRequest): string[] {
	const delimiter = Buffer.from(`--${boundaryOf(request)}`);
	const heads: string[] = [];
	for (let at = request.body.indexOf(delimiter); at >= 0;) {
		const start = at + delimiter.length + 2;
		const end = request.body.indexOf('\r\n\r\n', start);
		if (end >= 0) heads.push(request.body.subarray(start, end).toString());
		at = request.body.indexOf(delimiter, start);
	}
	return heads;
}

export function boundaryOf({ headers }: RawRequest): string {
	return /boundary="?([^";]+)"?/.exec(headers['content-type'])?.[1] ?? '';
}
