/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface StoredObject {
	bucket: string;
	key: string;
	/** Its bytes on disk; empty with `discard`. */
	path: string;
	size: number;
	/** Hex; also the ETag. Empty with `discard`. */
	md5: string;
	contentType: string;
	contentDisposition?: string;
	/** Without the prefix `x-amz-meta-`. */
	metadata: Record<string, string>;
	/** Milliseconds since the epoch. */
	storedAt: number;
}

/** Bytes on their way to disk, hashed as they pass. */
export interface Incoming {
	write(chunk: Buffer): boolean;
	whenReady(resume: () => void): void;
	/** Resolves when the bytes are on disk. */
	end(): Promise<{ path: string; md5: string }>;
	/** Throws the bytes away. */
	abort(): void;
}

/** How much may wait for the disk, in bytes: enough to keep it busy, little enough to stay flat. */
const WRITE_BUFFER = 4 << 20;

/** Buckets and objects; an object exists from `commit` on, never half. */
export class Store {
	private readonly directory = mkdtempSync(join(tmpdir(), 'close-sandbox-'));
	private readonly buckets = new Map<string, Map<string, StoredObject>>();

	/** Told of every object when it begins to exist. */
	onCommit: (object: StoredObject) => void = () => {};

	constructor(private readonly discard: boolean) {}

	createBucket(bucket: string): boolean {
		if (this.buckets.has(bucket)) return false;
		this.buckets.set(bucket, new Map());
		return true;
	}

	hasBucket(bucket: string): boolean {
		return this.buckets.has(bucket);
	}

	get(bucket: string, key: string): StoredObject | undefined {
		return this.buckets.get(bucket)?.get(key);
	}

	commit(object: StoredObject): void {
		const replaced = this.get(object.bucket, object.key);
		if (replaced?.path) rmSync(replaced.path, { force: true });
		this.buckets.get(object.bucket)?.set(object.key, object);
		this.onCommit(object);
	}

	/** Opens a temporary file; nothing is visible before `commit`. */
	receive(): Incoming {
		return this.discard ? discarded() : receiveTo(join(this.directory, randomUUID()));
	}

	/** Removes all objects; the buckets stay. */
	clear(): void {
		for (const objects of this.buckets.values()) {
			for (const { path } of objects.values()) if (path) rmSync(path, { force: true });
			objects.clear();
		}
	}

	dispose(): void {
		rmSync(this.directory, { recursive: true, force: true });
	}
}

function receiveTo(path: string): Incoming {
	const hash = createHash('md5');
	const file = createWriteStream(path, { highWaterMark: WRITE_BUFFER });
	// Aborting in mid-write ends here as an error, and so does a full disk; `end` reports the latter.
	file.on('error', () => {});
	return {
		write(chunk) {
			hash.update(chunk);
			return file.write(chunk);
		},
		whenReady: (resume) => file.once('drain', resume),
		end: async () =>
			await new Promise((resolve, reject) => {
				file.once('error', reject);
				file.end(() => resolve({ path, md5: hash.digest('hex') }));
			}),
		abort() {
			// After 'close', so that a file whose opening was under way is removed too.
			file.once('close', () => rmSync(path, { force: true }));
			file.destroy();
		},
	};
}

/** For benchmarks: the bytes are counted by the form reader and go nowhere. */
function discarded(): Incoming {
	return {
		write: () => true,
		whenReady: (resume) => resume(),
		end: async () => ({ path: '', md5: '' }),
		abort: () => {},
	};
}
