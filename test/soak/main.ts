/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- tests never ship */
import '../conformance/run/typescriptFirst';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { INodeExecutionData } from 'n8n-workflow';
import { aFile, anItem, content, locator, md5, sendingNow } from '../support/builders';
import { execution, useBinaryMode } from '../support/execution';
import { closeAtEnd, runProgram, say, temporaryFolder } from '../support/program';
import { Memory } from './memory';

/**
 * `npm run soak -- --items 2000 [--seed 1]`: sends that many emails, each with a file of its own,
 * while every twentieth answer of Close and S3 is faulty, and counts what arrived. Ends with 1 when
 * anything is lost or doubled, or when memory grows.
 */

/** The most that n8n's Retry On Fail offers. */
const TRIES = 1 + 5;
const MAX_PARALLEL = 20;
const TIMEOUT_SECONDS = 3;
/** The least and the most bytes of a file. */
const SIZES = [500, 40_000];
/** The outputs of all items are kept until the run ends, and n8n keeps them as well. */
const MEMORY_PER_ITEM = 12_000;
const MEMORY_SLACK = 24_000_000;

interface Account {
	emails: Array<{
		id: string;
		subject: string;
		status: string;
		files: Array<{ filename: string; md5?: string }>;
	}>;
	deliveries: string[];
	faults: number;
	kinds: Record<string, number>;
	requests: Record<string, number>;
}

interface Credential {
	baseUrl: string;
	apiKey: string;
	leadId: string;
}

async function main(): Promise<number> {
	temporaryFolder('soak');
	const { values } = parseArgs({
		options: {
			items: { type: 'string', default: '200' },
			seed: { type: 'string', default: '1' },
		},
	});
	const count = Number(values.items);
	const account = fork(join(__dirname, 'account.ts'), [values.seed], {
		execArgv: process.execArgv,
	});
	closeAtEnd({ close: () => account.kill() });
	const [credential] = (await once(account, 'message')) as [Credential];
	await useBinaryMode('filesystem');
	return (await soak(account, credential, count)) ? 0 : 1;
}

/** Whether nothing was lost or doubled, and memory did not grow. */
async function soak(child: ChildProcess, credential: Credential, count: number): Promise<boolean> {
	const items: INodeExecutionData[] = [];
	for (let n = 0; n < count; n++) items.push(await itemNumber(n));
	const memory = new Memory();
	const begun = performance.now();

	const tries = await untilDone(credential, items);
	const told = tries.outputs.filter(({ json }) => 'error' in json);
	const undone = told.map(({ pairedItem }) => items[(pairedItem as { item: number }).item]);
	// What the error advises: look in Close, then run the workflow again for what is not there.
	const { emails } = await tellOf(child);
	const missing = undone.filter(({ json }) => !emails.some((it) => it.subject === json.subject));
	let again = missing;
	for (let round = 0; again.length > 0 && round < TRIES; round++) {
		const fresh = again.map((item) => ({ ...item }));
		const { outputs } = await untilDone(credential, fresh);
		again = fresh.filter((_, index) => 'error' in outputs[index].json);
	}

	const seconds = (performance.now() - begun) / 1000;
	const levels = memory.levels();
	const account = await tellOf(child);
	const wrong = findWrong(account, tries.outputs, count);
	const calls = Object.values(account.requests).reduce((sum, each) => sum + each, 0);
	const allowed = MEMORY_SLACK + count * MEMORY_PER_ITEM;
	const grown = Math.max(levels.middle, levels.end) - levels.start;
	print({
		items: count,
		seconds: Math.round(seconds),
		requests: calls,
		'of them repeats, looks and read-backs': calls - 4 * count,
		'faults injected': account.faults,
		'of all answers': `${((100 * account.faults) / calls).toFixed(1)} %`,
		'policies expired': account.kinds['{"expiredPolicy":true}'] ?? 0,
		'tries that an error ended': tries.errors,
		'items that ended with an error': told.length,
		'of them not in Close, run again': missing.length,
		emails: account.emails.length,
		deliveries: account.deliveries.length,
		...wrong,
		'heap in MB (start, middle, end)': [levels.start, levels.middle, levels.end].map(inMb),
		'resident in MB (start, middle, end)': levels.resident.map(inMb),
	});
	if (grown > allowed) say(`The heap grew by ${inMb(grown)} MB.`);
	return grown <= allowed && Object.values(wrong).every((times) => times === 0);
}

/**
 * Runs the node as n8n does with Retry On Fail, and once more with Continue On Fail over the same
 * input when an item stays in doubt, which no further try can mend.
 */
async function untilDone(
	credential: Credential,
	items: INodeExecutionData[],
): Promise<{ outputs: INodeExecutionData[]; errors: string[] }> {
	const stopping = sending(credential, items, 'stopWorkflow');
	const errors: string[] = [];
	while (errors.length < TRIES && !errors.some((message) => message.includes('may '))) {
		const outputs = await stopping.run().catch((error: Error) => {
			errors.push(error.message);
		});
		if (outputs !== undefined) return { outputs, errors };
	}
	return { outputs: await sending(credential, items, 'continueRegularOutput').run(), errors };
}

function sending(
	{ leadId, ...credential }: Credential,
	items: INodeExecutionData[],
	onError: 'stopWorkflow' | 'continueRegularOutput',
) {
	return execution({
		credential,
		items,
		onError,
		parameters: {
			...sendingNow,
			resource: 'email',
			operation: 'createWithAttachment',
			leadId: locator(leadId),
			to: 'gina@bluth.example',
			subject: '={{ $json.subject }}',
			body: '<p>Here it is.</p>',
			options: { maxParallel: MAX_PARALLEL, timeout: TIMEOUT_SECONDS },
		},
	});
}

async function tellOf(child: ChildProcess): Promise<Account> {
	child.send('tell');
	const [account] = (await once(child, 'message')) as [Account];
	return account;
}

async function itemNumber(n: number): Promise<INodeExecutionData> {
	return anItem(await aFile(nameOf(n), { size: sizeOf(n) }), { subject: `Offer ${n}` });
}

const nameOf = (n: number): string => `Offer ${n}.pdf`;

const sizeOf = (n: number): number => SIZES[0] + ((n * 7_919) % (SIZES[1] - SIZES[0]));

/** What must not be, counted. */
function findWrong(
	{ emails, deliveries }: Account,
	outputs: INodeExecutionData[],
	count: number,
): Record<string, number> {
	const bySubject = new Map<string, Account['emails']>();
	for (const email of emails) {
		bySubject.set(email.subject, [...(bySubject.get(email.subject) ?? []), email]);
	}
	const sent = new Map<string, number>();
	for (const id of deliveries) sent.set(id, (sent.get(id) ?? 0) + 1);

	const wrong = { duplicates: 0, lost: 0, 'wrong attachments': 0, 'wrong outputs': 0 };
	for (let n = 0; n < count; n++) {
		const own = bySubject.get(`Offer ${n}`) ?? [];
		const times = own.reduce((sum, { id }) => sum + (sent.get(id) ?? 0), 0);
		if (own.length > 1 || times > 1) wrong.duplicates++;
		if (own.length === 0 || times === 0) wrong.lost++;
		const expected = JSON.stringify([
			{ filename: nameOf(n), md5: md5(content(sizeOf(n), nameOf(n))) },
		]);
		if (own.some(({ files }) => JSON.stringify(files) !== expected)) wrong['wrong attachments']++;
		const { json } = outputs[n];
		if (!('error' in json) && json.id !== own[0]?.id) wrong['wrong outputs']++;
	}
	return wrong;
}

const inMb = (bytes: number): number => Math.round(bytes / 100_000) / 10;

function print(figures: Record<string, unknown>): void {
	const lines = Object.entries(figures).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
	say(lines.join('\n'));
}

runProgram(main);
