/* eslint-disable @n8n/community-nodes/no-restricted-globals -- tests never ship */
import { startSandbox, type Effect } from '../sandbox/server';

/**
 * A Close account in a process of its own, so that what it keeps does not count as the node's memory.
 * Five of a hundred answers are faulty; the page at its URL and `/sandbox/records` tell the rest.
 */

/** Each with the same share of the faults, at any call. */
const mixed: Effect[] = [
	{ status: 500 },
	{ status: 502 },
	{ status: 503 },
	{ statusAfter: 502 },
	{ statusAfter: 504 },
	{ reset: 'before' },
	{ reset: 'after' },
	{ timeout: true },
	{ timeout: 'after' },
	{ body: 'truncated' },
	{ body: 'html' },
	{ body: 'empty' },
];

const tooMany: Effect = {
	status: 429,
	headers: { RateLimit: 'limit=100, remaining=0, reset=0.3' },
};

/** At their own call only. */
const special: Array<[call: string, effect: Effect, probability: number, times: number]> = [
	['POST /files/upload/', tooMany, 0.005, Infinity],
	['POST /activity/email/', tooMany, 0.005, Infinity],
	['PUT /activity/email/{id}/', tooMany, 0.005, Infinity],
	['POST /files/upload/', { expiredPolicy: true }, 0.01, Infinity],
	['POST s3', { s3Error: 'SlowDown' }, 0.005, Infinity],
	['POST s3', { s3Error: 'RequestTimeout' }, 0.005, Infinity],
	// Never repeated: these end a try of n8n's.
	['POST /activity/email/', { redirect: 'http://127.0.0.1:9/' }, 0.002, 1],
	['PUT /activity/email/{id}/', { redirect: 'http://127.0.0.1:9/' }, 0.002, 1],
	['POST s3', { s3Error: 'AccessDenied' }, 0.002, 1],
];

const SHARE = 0.045;

async function main(): Promise<void> {
	const [seed] = process.argv.slice(2).map(Number);
	const sandbox = await startSandbox({ listLagMs: 1_500, policySeconds: 60 });
	let number = seed * 1_000;
	for (const [call, effect, probability, times] of special) {
		sandbox.faults.add({ call, effect, probability, times, seed: number++ });
	}
	for (const effect of mixed) {
		const probability = SHARE / mixed.length;
		sandbox.faults.add({ call: '*', effect, probability, times: Infinity, seed: number++ });
	}
	process.on('message', () => {
		const { account, faults, requests, s3 } = sandbox;
		process.send?.({
			emails: account.emails.map(({ id, subject, status, attachments }) => ({
				id,
				subject,
				status,
				files: attachments.map(({ url, filename }) => ({ filename, md5: s3.object(url)?.md5 })),
			})),
			deliveries: account.deliveries.map(({ emailId }) => emailId),
			faults: faults.injected,
			kinds: countBy(requests.flatMap(({ fault }) => (fault === undefined ? [] : [fault]))),
			requests: countBy(requests.map(({ call }) => call)),
		});
	});
	process.send?.({
		baseUrl: sandbox.baseUrl,
		apiKey: sandbox.apiKey,
		leadId: sandbox.account.leads[0].id,
	});
}

function countBy(names: string[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
	return counts;
}

void main();
