/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import { setTimeout as sleep } from 'node:timers/promises';
import { answerTo, keyOf, s3Cases, type Answer, type S3Case } from '../s3Cases';
import { errorText } from '../../support/errorText';
import type { S3Server } from '../s3Client';
import { gatewayDifferences, type Difference } from './differences';

/** How long one case may take, with its look at what is stored. */
const CASE_MS = 20_000;

export type Verdict = 'PASS' | 'DIFFERS' | 'FAIL';

/** One case at both servers. */
export interface Comparison {
	title: string;
	verdict: Verdict;
	sandbox: string;
	gateway: string;
	/** Why the gateway may differ, or what is wrong. */
	reason?: string;
}

/** Every case at both servers; `tell` hears of each when it is done. */
export async function compareCases(
	servers: { sandbox: S3Server; gateway: S3Server },
	tell: (done: Comparison) => void,
): Promise<Comparison[]> {
	const done: Comparison[] = [];
	for (const [index, each] of s3Cases.entries()) {
		const key = keyOf(each, index);
		const [sandbox, gateway] = await Promise.all(
			[servers.sandbox, servers.gateway].map(async (server) => await tried(each, server, key)),
		);
		const comparison = {
			title: each.title,
			...judge(each, sandbox, gateway),
			sandbox: describe(sandbox, each.answer),
			gateway: describe(gateway, each.answer),
		};
		tell(comparison);
		done.push(comparison);
	}
	return done;
}

/** Allowed differences that name no case. */
export function strayDifferences(): string[] {
	const titles = new Set(s3Cases.map(({ title }) => title));
	return gatewayDifferences.flatMap((each) => each.titles).filter((title) => !titles.has(title));
}

async function tried(each: S3Case, server: S3Server, key: string): Promise<Answer> {
	const patience = new AbortController();
	const tooLong = sleep(CASE_MS, undefined, { signal: patience.signal }).then(
		() => ({ status: 0, Message: `no answer within ${CASE_MS / 1000} s` }),
		() => ({}),
	);
	const answer = answerTo(each, server, key).catch((error: Error) => ({
		status: 0,
		Message: errorText(error),
	}));
	const first = await Promise.race([answer, tooLong]);
	patience.abort();
	return first;
}

function judge(
	{ title, answer }: S3Case,
	sandbox: Answer,
	gateway: Answer,
): Pick<Comparison, 'verdict' | 'reason'> {
	const ofSandbox = differing(sandbox, answer);
	if (ofSandbox.length > 0) return { verdict: 'FAIL', reason: `sandbox: ${ofSandbox.join(', ')}` };
	const ofGateway = differing(gateway, answer);
	const allowed = gatewayDifferences.find(({ titles }) => titles.includes(title));
	if (allowed === undefined) {
		if (ofGateway.length === 0) return { verdict: 'PASS' };
		return { verdict: 'FAIL', reason: `gateway: ${ofGateway.join(', ')}` };
	}
	return judgeAllowed(allowed, answer, gateway);
}

function judgeAllowed(
	{ reason, answer: allowed }: Difference,
	expected: Answer,
	gateway: Answer,
): Pick<Comparison, 'verdict' | 'reason'> {
	const beyond = differing(gateway, { ...expected, ...allowed });
	if (beyond.length === 0) return { verdict: 'DIFFERS', reason };
	if (differing(gateway, expected).length === 0) {
		return {
			verdict: 'FAIL',
			reason: `stale, it answers as AWS now: take it out of differences.ts`,
		};
	}
	return { verdict: 'FAIL', reason: `gateway, beyond what is allowed: ${beyond.join(', ')}` };
}

type Name = keyof Answer;

function differing(seen: Answer, expected: Answer): string[] {
	return (Object.keys(expected) as Name[])
		.filter((name) => seen[name] !== expected[name])
		.map((name) => `${name} is ${seen[name] ?? 'missing'}, not ${expected[name] ?? 'missing'}`);
}

/** An answer in words: status, code, whether the file is stored, and what else differs. */
function describe(seen: Answer, expected: Answer): string {
	const { status, Code, Message, stored, ...details } = seen;
	if (status === 0) return Message ?? 'no answer';
	const isTaken = status !== undefined && status < 400;
	const others = Object.keys(details) as Array<keyof typeof details>;
	const unlike = others
		.filter((name) => name in expected && details[name] !== expected[name])
		.map((name) => `${name} ${details[name] ?? 'missing'}`);
	return [
		[status, Code].filter(Boolean).join(' '),
		...storedInWords(stored, isTaken),
		...(Message !== undefined && 'Message' in expected ? [`“${Message}”`] : []),
		...unlike,
	].join(', ');
}

function storedInWords(stored: string | undefined, isTaken: boolean): string[] {
	if (stored === undefined || stored === 'nothing') return isTaken ? ['nothing stored'] : [];
	return [stored.startsWith('not readable') ? `stored, ${stored}` : 'stored'];
}
