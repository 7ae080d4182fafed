import { aSandbox } from '../support/aSandbox';
import {
	aFile,
	anItem,
	emailing,
	errorItems,
	goOn,
	itemsWithFiles,
	uploading,
} from '../support/builders';
import { useBinaryMode } from '../support/execution';
import { bodiesOf, callsTo, errorOf, jsonOf } from '../support/observations';

const sandbox = aSandbox();

const DELAY = 100;
const slow = (times = Infinity, call = '*') =>
	sandbox.faults.add({ call, times, effect: { delayMs: DELAY } });

/** How many requests were under way at once at most, each taking at least the delay. */
function mostAtOnce(): number {
	const arrivals = sandbox.requests.map(({ at }) => at).sort((a, b) => a - b);
	return Math.max(
		...arrivals.map((from) => arrivals.filter((at) => at >= from && at < from + DELAY - 5).length),
	);
}

describe('items in parallel', () => {
	it('come out in the order of the input, whichever is ready first', async () => {
		slow(2, 'POST /files/upload/');

		const outputs = await uploading(sandbox, await itemsWithFiles(8)).run();

		expect(outputs.map(({ json, pairedItem }) => [json.filename, pairedItem])).toEqual(
			outputs.map((_, item) => [`${item + 1}.pdf`, { item }]),
		);
		expect(outputs).toHaveLength(8);
	});

	it.each([1, 2, 3])('have at most %d requests under way', async (maxParallel) => {
		slow();

		await uploading(sandbox, await itemsWithFiles(5), { options: { maxParallel } }).run();

		expect(mostAtOnce()).toBe(maxParallel);
	});

	it('have at most 5 requests under way unless set', async () => {
		slow();

		await uploading(sandbox, await itemsWithFiles(12)).run();

		expect(mostAtOnce()).toBe(5);
	});

	it('share that bound with the files of one item', async () => {
		slow();
		const files = Object.fromEntries(
			await Promise.all(
				[1, 2, 3, 4, 5, 6].map(async (n) => [`f${n}`, await aFile(`${n}.pdf`)] as const),
			),
		);

		await uploading(sandbox, [anItem(files)], {
			binaryPropertyName: '*',
			options: { maxParallel: 2 },
		}).run();

		expect(mostAtOnce()).toBe(2);
	});

	it('takes Max Parallel from the first item', async () => {
		slow();
		const items = (await itemsWithFiles(4)).map((item, index) => ({
			...item,
			json: { limit: index === 0 ? 1 : 10 },
		}));

		await uploading(sandbox, items, { options: { maxParallel: '={{ $json.limit }}' } }).run();

		expect(mostAtOnce()).toBe(1);
	});

	it.each([0, -1, 1.5, 'many'])('refuses %p as Max Parallel', async (maxParallel) => {
		const items = await itemsWithFiles(2);

		const error = await errorOf(uploading(sandbox, items, { options: { maxParallel } }));

		expect(error.message).toBe(
			`'Max Parallel' holds '${maxParallel}', which is no whole number from 1`,
		);
		expect(sandbox.requests).toEqual([]);
	});

	it('signs each upload right before it is posted', async () => {
		await uploading(sandbox, await itemsWithFiles(4), { options: { maxParallel: 1 } }).run();

		expect(callsTo(sandbox)).toEqual(
			Array.from({ length: 4 }, () => ['POST /files/upload/', 'POST s3']).flat(),
		);
	});
});

describe('the same file of several items', () => {
	it('is uploaded once and answered for each', async () => {
		const data = await aFile('Price list.pdf');

		const outputs = await uploading(
			sandbox,
			Array.from({ length: 20 }, () => anItem(data)),
		).run();

		expect(callsTo(sandbox)).toEqual(['POST /files/upload/', 'POST s3']);
		expect(new Set(jsonOf(outputs).map(({ url }) => url)).size).toBe(1);
		expect(outputs.map(({ pairedItem }) => pairedItem)).toEqual(
			outputs.map((_, item) => ({ item })),
		);
	});

	it('is uploaded once in memory mode, where only its content tells', async () => {
		await useBinaryMode('default');
		const items = [anItem(await aFile('a.pdf')), anItem(await aFile('a.pdf'))];
		await useBinaryMode('filesystem');

		await uploading(sandbox, items).run();

		expect(callsTo(sandbox)).toEqual(['POST /files/upload/', 'POST s3']);
	});

	it.each([
		['name', { fileName: 'Other.pdf' }],
		['type', { mimeType: 'text/plain' }],
	])('is uploaded for each %s that it goes under', async (_what, change) => {
		const data = await aFile();

		await uploading(sandbox, [anItem(data), anItem({ ...data, ...change })]).run();

		expect(sandbox.account.uploads).toHaveLength(2);
	});

	it('is attached to the email of each', async () => {
		const data = await aFile('Price list.pdf');

		await emailing(sandbox, [anItem(data), anItem(data), anItem(data)]).run();

		const urls = bodiesOf(sandbox, 'POST /activity/email/').map(
			({ attachments }) => (attachments as Array<{ url: string }>)[0].url,
		);
		expect(new Set(urls)).toEqual(new Set([sandbox.account.uploads[0].url]));
		expect(urls).toHaveLength(3);
	});

	it('is uploaded anew for an item whose email may not share it', async () => {
		const data = await aFile();
		const body = { 'field-errors': { attachments: { 0: { url: 'In use.' } } } };
		sandbox.faults.add({ call: 'POST /activity/email/', skip: 1, effect: { status: 400, body } });
		const options = { maxParallel: 1 };

		await emailing(sandbox, [anItem(data), anItem(data), anItem(data)], { options }).run();

		const urls = sandbox.account.uploads.map(({ token }) => token);
		const attached = sandbox.account.emails.map(
			({ attachments: [{ url }] }) => sandbox.account.upload(url)?.token,
		);
		expect(attached).toEqual(urls);
		expect(urls).toHaveLength(3);
	});

	it('fails for each of them when its upload fails', async () => {
		const data = await aFile();
		sandbox.faults.add({ call: 'POST s3', effect: { s3Error: 'EntityTooLarge' } });

		const outputs = await uploading(sandbox, [anItem(data), anItem(data)], {}, goOn).run();

		expect(errorItems(outputs)).toEqual([0, 1]);
		expect(callsTo(sandbox)).toEqual(['POST /files/upload/', 'POST s3']);
	});
});
