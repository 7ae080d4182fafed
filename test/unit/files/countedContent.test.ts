/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { countContent } from '../../../nodes/CloseFiles/files/countedContent';
import { settled } from '../caught';

const RUNS = { numRuns: 200 };

const opened = (content: Iterable<Uint8Array> | AsyncIterable<Uint8Array>) => async () => content;

async function read(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of content) chunks.push(chunk);
	return Buffer.concat(chunks);
}

const md5 = (content: Buffer) => createHash('md5').update(content).digest('hex');

const someChunks = fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 20 });

describe('content on its way', () => {
	it('passes byte for byte in any chunking, counted and hashed', async () => {
		await fc.assert(
			fc.asyncProperty(someChunks, async (chunks) => {
				const whole = Buffer.concat(chunks);
				const counted = countContent(opened(chunks), whole.length);

				expect(await read(counted.content)).toEqual(whole);
				expect([counted.passed(), counted.checksum()]).toEqual([whole.length, md5(whole)]);
				expect(counted.violation()).toBeUndefined();
			}),
			RUNS,
		);
	});

	it('is refused in any chunking when it ends early, after all its bytes', async () => {
		await fc.assert(
			fc.asyncProperty(someChunks, fc.integer({ min: 1, max: 99 }), async (chunks, missing) => {
				const { length } = Buffer.concat(chunks);
				const counted = countContent(opened(chunks), length + missing);

				expect(await settled(async () => await read(counted.content))).toBeInstanceOf(Error);
				expect(counted.passed()).toBe(length);
				expect(counted.violation()).toBe(`it ended after ${length} of ${length + missing} bytes`);
			}),
			RUNS,
		);
	});

	it('is refused in any chunking when it is too long, and never passes a byte too many', async () => {
		await fc.assert(
			fc.asyncProperty(someChunks, fc.integer({ min: 1, max: 99 }), async (chunks, surplus) => {
				const size = Math.max(0, Buffer.concat(chunks).length - surplus);
				fc.pre(size < Buffer.concat(chunks).length);
				const counted = countContent(opened(chunks), size);

				expect(await settled(async () => await read(counted.content))).toBeInstanceOf(Error);
				expect(counted.passed()).toBeLessThanOrEqual(size);
				expect(counted.violation()).toBe(`it holds more than the ${size} bytes it is said to have`);
			}),
			RUNS,
		);
	});

	it('is the content’s fault when it cannot be opened', async () => {
		const counted = countContent(async () => await Promise.reject(new RangeError('gone')), 5);

		await settled(async () => await read(counted.content));

		expect(counted.violation()).toBe('n8n could not read it beyond 0 of 5 bytes');
	});

	it('is the content’s fault when its reading breaks off', async () => {
		async function* breaking() {
			yield Buffer.from('abc');
			throw new RangeError('EIO: /secret/path');
		}
		const counted = countContent(opened(breaking()), 5);

		const error = await settled(async () => await read(counted.content));

		expect(counted.violation()).toBe('n8n could not read it beyond 3 of 5 bytes');
		expect(String(error)).not.toContain('secret');
	});

	it('is not to blame when the connection it goes over breaks', async () => {
		const counted = countContent(opened([Buffer.from('ab'), Buffer.from('cd')]), 4);
		const going = Readable.from(counted.content);
		await going[Symbol.asyncIterator]().next();

		going.destroy(new RangeError('ECONNRESET'));
		await settled(async () => await read(going));

		expect(counted.violation()).toBeUndefined();
	});

	it('is not opened before it is read', () => {
		const open = jest.fn(opened([]));

		countContent(open, 1);

		expect(open).not.toHaveBeenCalled();
	});

	it('is awaited while the source has nothing to give, and not while the reader takes its time', async () => {
		const given: Array<(chunk: Uint8Array) => void> = [];
		async function* slow() {
			for (let n = 0; n < 2; n++) yield await new Promise<Uint8Array>((give) => given.push(give));
		}
		const counted = countContent(opened(slow()), 4);
		const states = [counted.isAwaited()];

		for (let n = 0; n < 2; n++) {
			const chunk = counted.content[Symbol.asyncIterator]().next();
			while (given.length === n) await Promise.resolve();
			states.push(counted.isAwaited());
			given[n](Buffer.from('ab'));
			await chunk;
			states.push(counted.isAwaited());
		}
		await read(counted.content);
		states.push(counted.isAwaited());

		expect(states).toEqual([false, true, false, true, false, false]);
	});

	it('is let go of when the upload ends early', async () => {
		const source = Readable.from([Buffer.from('ab'), Buffer.from('cd')]);
		const { content } = countContent(opened(source), 4);

		for await (const chunk of content) if (chunk.length > 0) break;

		expect(source.destroyed).toBe(true);
	});
});
