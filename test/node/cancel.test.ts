/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import { truncate } from 'node:fs/promises';
import { aSandbox } from '../support/aSandbox';
import {
	aFile,
	anItem,
	emailing,
	errorItems,
	goOn,
	itemsWithFiles,
	signFor,
	uploading,
} from '../support/builders';
import { openStreams, pathOf } from '../support/execution';
import { callsTo, errorOf, until } from '../support/observations';
import { startRecorder, type Recorder } from '../support/recorder';

const SIZE = 30_000_000;

const sandbox = aSandbox();
let recorder: Recorder;
let cancel: AbortController;
beforeEach(async () => {
	recorder = await startRecorder({ slowly: true });
	cancel = new AbortController();
});
afterEach(async () => await recorder.close());

/** Starts an upload that takes seconds and cancels it when bytes have arrived. */
const cancelledUpload = async () => {
	signFor(sandbox, recorder.url);
	const items = [anItem(await aFile('a.pdf', { size: SIZE }))];
	const ended = errorOf(uploading(sandbox, items, {}, { signal: cancel.signal }));
	await until(() => recorder.received > 0);
	const from = performance.now();
	cancel.abort();
	const error = await ended;
	return { error, tookMs: performance.now() - from };
};

describe('cancelling the execution', () => {
	it('ends an upload in mid-body within a second', async () => {
		const { error, tookMs } = await cancelledUpload();

		expect(error.message).toBe('The execution was canceled');
		expect(tookMs).toBeLessThan(1_000);
	});

	it('closes the connection to S3, whatever is left of the file', async () => {
		await cancelledUpload();
		recorder.hurry();

		await until(() => recorder.connections.open === 0);
		expect(recorder.received).toBeLessThan(SIZE);
		expect(recorder.requests).toEqual([]);
	});

	it('closes the stream of the store', async () => {
		await cancelledUpload();

		await until(() => openStreams.size === 0);
	});

	it('starts no other item', async () => {
		signFor(sandbox, recorder.url);
		const big = anItem(await aFile('a.pdf', { size: SIZE }));
		const items = [big, ...(await itemsWithFiles(3))];
		const options = { maxParallel: 1 };
		const ended = errorOf(uploading(sandbox, items, { options }, { signal: cancel.signal }));
		await until(() => recorder.received > 0);

		cancel.abort();
		await ended;

		expect(callsTo(sandbox)).toEqual(['POST /files/upload/']);
	});

	it('before the run lets nothing begin', async () => {
		cancel.abort();

		const error = await errorOf(
			uploading(sandbox, await itemsWithFiles(2), {}, { signal: cancel.signal }),
		);

		expect(error.message).toContain('cancel');
		expect(sandbox.requests).toEqual([]);
	});

	it('ends a request that Close does not answer', async () => {
		sandbox.faults.add({ call: 'POST /files/upload/', effect: { timeout: true } });
		const ended = errorOf(
			uploading(sandbox, await itemsWithFiles(1), {}, { signal: cancel.signal }),
		);
		await until(() => sandbox.requests.length === 1);

		const from = performance.now();
		cancel.abort();
		const error = await ended;

		expect(error.message).toBe('The execution was canceled');
		expect(performance.now() - from).toBeLessThan(1_000);
	});

	it('ends the wait for a rate limit', async () => {
		const headers = { RateLimit: 'limit=1, remaining=0, reset=30' };
		sandbox.faults.add({ call: '*', effect: { status: 429, headers } });
		const ended = errorOf(
			uploading(sandbox, await itemsWithFiles(2), {}, { signal: cancel.signal }),
		);
		await until(() => sandbox.requests.some(({ status }) => status === 429));

		const from = performance.now();
		cancel.abort();
		await ended;

		expect(performance.now() - from).toBeLessThan(1_000);
	});

	it('tells of an email whose creation was under way', async () => {
		sandbox.faults.add({ call: 'POST /activity/email/', effect: { timeout: 'after' } });
		const ended = errorOf(
			emailing(sandbox, await itemsWithFiles(1), {}, { signal: cancel.signal }),
		);
		await until(() => sandbox.account.emails.length === 1);

		const from = performance.now();
		cancel.abort();
		const error = await ended;

		expect(error.message).toContain('The email may have been created');
		expect(performance.now() - from).toBeLessThan(1_000);
	});

	it('ends the run where it goes on after errors, too', async () => {
		signFor(sandbox, recorder.url);
		const items = [anItem(await aFile('a.pdf', { size: SIZE })), ...(await itemsWithFiles(1))];
		const more = { ...goOn, signal: cancel.signal };
		const ended = uploading(sandbox, items, { options: { maxParallel: 1 } }, more).run();
		await until(() => recorder.received > 0);

		cancel.abort();

		expect(errorItems(await ended)).toEqual([0, 1]);
		expect(callsTo(sandbox)).toEqual(['POST /files/upload/']);
	});
});

describe('an error that ends the run', () => {
	it('ends an upload of another item in mid-body', async () => {
		signFor(sandbox, recorder.url);
		signFor(sandbox, recorder.url);
		const broken = await aFile('b.pdf', { size: 200_000 });
		await truncate(await pathOf(broken), 100_000);
		const items = [anItem(await aFile('a.pdf', { size: SIZE })), anItem(broken)];

		const from = performance.now();
		const error = await errorOf(uploading(sandbox, items));

		expect(error.context.itemIndex).toBe(1);
		expect(performance.now() - from).toBeLessThan(1_500);
		expect(recorder.requests).toEqual([]);
		await until(() => openStreams.size === 0);
	});
});
