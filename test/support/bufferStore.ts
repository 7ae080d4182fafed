/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

interface Metadata {
	fileName?: string;
	mimeType?: string;
}

/**
 * n8n's database store without the database: it, too, holds whole buffers and gives them as one
 * chunk. The real one is met by the end-to-end tests.
 */
export class BufferStore {
	private readonly files = new Map<string, Metadata & { content: Buffer }>();

	async init(): Promise<void> {}

	async store(_location: object, content: Buffer | Readable, metadata: Metadata) {
		const fileId = randomUUID();
		const whole = Buffer.isBuffer(content) ? content : await buffer(content);
		this.files.set(fileId, { ...metadata, content: whole });
		return { fileId, fileSize: whole.length };
	}

	async getAsStream(fileId: string): Promise<Readable> {
		return Readable.from(this.found(fileId).content);
	}

	async getAsBuffer(fileId: string): Promise<Buffer> {
		return this.found(fileId).content;
	}

	async getMetadata(fileId: string) {
		const { content, fileName, mimeType } = this.found(fileId);
		return { fileName, mimeType, fileSize: content.length };
	}

	private found(fileId: string) {
		const file = this.files.get(fileId);
		if (file === undefined) throw new Error(`no file ${fileId}`);
		return file;
	}
}
