/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { BinaryDataService } from 'n8n-core';
import type { IBinaryData } from 'n8n-workflow';

import { openBinaryStore } from '../support/context';

export interface StoredFile {
	/** What stands on an item. */
	binary: IBinaryData;
	/** Bytes. */
	size: number;
	/** Where it lies, for curl. */
	path: string;
}

/** n8n's filesystem store, which all processes of the run read. */
export class Store {
	private readonly files = new Map<number, StoredFile>();

	private constructor(
		private readonly service: BinaryDataService,
		readonly folder: string,
	) {}

	static async open(parent: string): Promise<Store> {
		const folder = join(parent, 'store');
		return new Store(await openBinaryStore(folder), folder);
	}

	/** The one large file of this size. */
	async file(size: number): Promise<StoredFile> {
		const file = this.files.get(size) ?? (await this.add('offer.bin', size));
		this.files.set(size, file);
		return file;
	}

	/** A new file, none of whose blocks repeats. */
	async add(fileName: string, size: number): Promise<StoredFile> {
		const location = { type: 'execution', workflowId: 'w', executionId: '1' } as const;
		const metadata = { fileName, mimeType: 'application/octet-stream', data: '' };
		const binary = await this.service.store(location, Readable.from(blocks(size)), metadata);
		return { binary, size, path: this.service.getPath(binary.id!) };
	}
}

function* blocks(size: number): Generator<Buffer> {
	const block = randomBytes(1 << 20);
	for (let written = 0; written < size; written += block.length) {
		const numbered = Buffer.from(block.subarray(0, size - written));
		if (numbered.length >= 8) numbered.writeDoubleLE(written);
		yield numbered;
	}
}
