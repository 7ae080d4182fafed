/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests never ship */
import { Readable } from 'node:stream';
import type { IBinaryData } from 'n8n-workflow';
import { BufferStore } from './bufferStore';
import { storeBinary, useBinaryMode } from './execution';

/** What n8n's store says of a file instead of the truth. */
export interface Lie {
	metadata?: Record<string, unknown>;
	stream?: (content: Buffer) => Promise<Readable>;
}

class LyingStore extends BufferStore {
	constructor(private readonly lie: Lie) {
		super();
	}

	override async getAsStream(fileId: string): Promise<Readable> {
		const content = await this.getAsBuffer(fileId);
		return (await this.lie.stream?.(content)) ?? Readable.from(content);
	}

	override async getMetadata(fileId: string) {
		return { ...(await super.getMetadata(fileId)), ...this.lie.metadata };
	}
}

/** A file in a store of its own that lies about it; the last one asked for is there, no other. */
export async function aFileLiedAbout(content: Buffer, lie: Lie): Promise<IBinaryData> {
	const service = await useBinaryMode('database');
	service.setManager('database', new LyingStore(lie) as never);
	return await storeBinary(content, { fileName: 'Offer.pdf' });
}

/** Streams that give more, less or something else than the content, or nothing more at all. */
export const streams = {
	'one byte at a time': async (content) => Readable.from(bytesOf(content)),
	'with nothing now and then': async (content) =>
		Readable.from([Buffer.alloc(0), content.subarray(0, 9), Buffer.alloc(0), content.subarray(9)]),
	'one byte too few': async (content) => Readable.from([content.subarray(1)]),
	nothing: async () => Readable.from([]),
	'one byte too many': async (content) => Readable.from([content, Buffer.alloc(1)]),
	'without end': async (content) => endless(content),
	'text in place of bytes': async (content) => Readable.from([content.toString('latin1')]),
	'objects in place of bytes': async () => Readable.from([{ length: 10 }]),
	'a broken disk': async () =>
		new Readable({
			read() {
				this.destroy(new Error('EPERM: operation not permitted, open /data/secret'));
			},
		}),
	'no file': async () => await Promise.reject(new Error('ENOENT: no such file')),
	'silence before the first byte': async () => silentAfter(Buffer.alloc(0)),
	'silence half way': async (content) => silentAfter(content.subarray(0, content.length / 2)),
	'silence in place of the end': async (content) => silentAfter(content),
	'a drop now and then': async (content) => dripping(content),
	'silence in place of a stream': async () => await new Promise<Readable>(() => {}),
} satisfies Record<string, NonNullable<Lie['stream']>>;

const DROP_EVERY_MS = 40;

function* bytesOf(content: Buffer): Generator<Buffer> {
	for (let at = 0; at < content.length; at++) yield content.subarray(at, at + 1);
}

function silentAfter(content: Buffer): Readable {
	const parts = content.length === 0 ? [] : [content];
	return new Readable({
		read() {
			const part = parts.pop();
			if (part !== undefined) this.push(part);
		},
	});
}

function endless(content: Buffer): Readable {
	return new Readable({
		read() {
			this.push(content);
		},
	});
}

function dripping(content: Buffer): Readable {
	let at = 0;
	return new Readable({
		read() {
			setTimeout(() => this.push(content.subarray(at++, at)), DROP_EVERY_MS);
		},
	});
}
