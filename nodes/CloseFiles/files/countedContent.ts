import { createHash } from 'crypto';

/** Content on its way to S3, counted against its promised size and hashed as it passes. */
export interface CountedContent {
	content: AsyncIterable<Uint8Array>;
	/** Bytes that passed so far. */
	passed(): number;
	/** MD5 of what passed, as hex. Once only, after the content ended. */
	checksum(): string;
	/** Whether the source owes the next bytes: the wait is for n8n's store then, not for the line. */
	isAwaited(): boolean;
	/** What is wrong with the content, completing "…, because": its length, or its reading. */
	violation(): string | undefined;
	/** Lets go of the source. The HTTP client does not when S3 answers before it has read all. */
	release(): void;
}

type Source = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/**
 * Wraps content so that S3 gets exactly `size` bytes or a broken connection: a short file would
 * leave S3 waiting for the rest, a long one would run over the form's end.
 */
export function countContent(open: () => Promise<Source>, size: number): CountedContent {
	const hash = createHash('md5');
	let passed = 0;
	let violation: string | undefined;
	let source: Source | undefined;
	let isReleased = false;
	let isAwaited = false;

	const refuse = (what: string): Error => {
		// The first word on it counts: letting go of the source may throw as well.
		violation ??= what;
		return new Error(violation);
	};

	async function* content(): AsyncGenerator<Uint8Array> {
		for await (const chunk of read()) {
			if (passed + chunk.length > size) {
				throw refuse(`it holds more than the ${size} bytes it is said to have`);
			}
			passed += chunk.length;
			hash.update(chunk);
			yield chunk;
		}
		if (passed < size) throw refuse(`it ended after ${passed} of ${size} bytes`);
	}

	// On its own, so that it catches the content's errors only: a connection that breaks may throw
	// into `content`, and that is not the content's fault.
	async function* read(): AsyncGenerator<Uint8Array> {
		try {
			isAwaited = true;
			source = await open();
			if (isReleased) end(source);
			for await (const chunk of source) {
				if (!ArrayBuffer.isView(chunk)) throw new TypeError('no bytes');
				isAwaited = false;
				yield chunk;
				isAwaited = true;
			}
		} catch {
			throw refuse(`n8n could not read it beyond ${passed} of ${size} bytes`);
		} finally {
			isAwaited = false;
		}
	}

	const bytes = content();
	return {
		content: bytes,
		passed: () => passed,
		isAwaited: () => isAwaited,
		checksum: () => hash.digest('hex'),
		violation: () => violation,
		release: () => {
			isReleased = true;
			void bytes.return(undefined).catch(() => {});
			// A source that gives nothing holds up the generator, its `return` too.
			end(source);
		},
	};
}

/** Closes a stream of n8n's store. Content from memory needs no end. */
function end(source: (Source & { destroy?(): void }) | undefined): void {
	source?.destroy?.();
}
