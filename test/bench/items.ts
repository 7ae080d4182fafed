import type { INodeExecutionData } from 'n8n-workflow';

import { createContext, type ContextOptions } from '../support/context';
import type { Bench } from './bench';
import { builtNode } from './builtNode';
import { atLeast, atMost, median, seconds, times, type Findings, type Verdict } from './figures';

const ITEMS = 100;
const FILE_SIZE = 20_000;

/** Added to every answer, as a server on another continent would. */
const DELAY_MS = 50;

/** The node's default. */
const MAX_PARALLEL = 5;

/** Of the parallel runs; one after another takes its time. */
const ROUNDS = 3;

interface Operation {
	label: string;
	parameters: ContextOptions['parameters'];
	/** That follow each other for one item. */
	roundTrips: number;
}

/** How many items go at once, and that a file they share goes once. */
export async function items(bench: Bench): Promise<Findings> {
	const files = await Promise.all(
		Array.from({ length: ITEMS }, async (_, index) => {
			const { binary } = await bench.store.add(`offer-${index + 1}.bin`, FILE_SIZE);
			return { json: {}, binary: { data: binary } };
		}),
	);
	const leadId = { __rl: true, mode: 'id', value: await bench.sandbox.firstLead() };
	const upload = { resource: 'file', operation: 'upload' };
	const email = { resource: 'email', operation: 'createWithAttachment', leadId, subject: 'Offer' };
	// Signing, posting to S3, and for an email its creation.
	const operations: Operation[] = [
		{ label: 'Upload File', parameters: upload, roundTrips: 2 },
		{ label: 'Create Email With Attachment', parameters: email, roundTrips: 3 },
	];

	const verdicts: Verdict[] = [];
	await run(bench, files.slice(0, 10), operations[1].parameters);
	for (const operation of operations) verdicts.push(...(await pace(bench, files, operation)));
	verdicts.push(await sharing(bench, files[0]));
	return { verdicts };
}

async function pace(
	bench: Bench,
	files: INodeExecutionData[],
	{ label, parameters, roundTrips }: Operation,
): Promise<Verdict[]> {
	bench.say(`${ITEMS} items, ${label}`);
	await bench.sandbox.always({ call: '*', effect: { delayMs: DELAY_MS } });
	const runs: number[] = [];
	for (let round = 0; round < ROUNDS; round++) runs.push(await run(bench, files, parameters));
	const parallel = median(runs);
	const oneByOne = await run(bench, files, { ...parameters, options: { maxParallel: 1 } });
	await bench.sandbox.reset();

	const waits = Math.ceil(ITEMS / MAX_PARALLEL) * roundTrips * DELAY_MS;
	const what = `${ITEMS} items of 20 kB, ${DELAY_MS} ms added to every answer, ${label}`;
	return [
		atMost(`${what}: time`, parallel, 1.25 * waits, seconds),
		atLeast(`${what}: faster than one after another`, oneByOne / parallel, 4, times),
	];
}

async function sharing(bench: Bench, item: INodeExecutionData): Promise<Verdict> {
	await bench.sandbox.reset();
	await run(
		bench,
		Array.from({ length: ITEMS }, () => item),
		{ resource: 'file', operation: 'upload' },
	);
	const requests = await bench.sandbox.requests();
	const uploads = requests.filter(({ call }) => call === 'POST s3').length;
	return {
		what: `Uploads of one file for ${ITEMS} items`,
		measured: String(uploads),
		limit: '1',
		met: uploads === 1,
	};
}

/** Runs the node over the items; resolves to the time in ms. */
async function run(
	{ sandbox }: Bench,
	items: INodeExecutionData[],
	parameters: ContextOptions['parameters'],
): Promise<number> {
	const { baseUrl, apiKey } = sandbox.address;
	const node = builtNode();
	const context = createContext(node, { credential: { baseUrl, apiKey }, items, parameters });
	const began = performance.now();
	const output = (await node.execute!.call(context)) as INodeExecutionData[][];
	const ms = performance.now() - began;
	const whole = output[0].filter(({ json }) => !('error' in json)).length;
	if (whole !== items.length) throw new Error(`${whole} of ${items.length} items came through`);
	return ms;
}
