import type { Effect } from '../sandbox/server';

/** The six calls of an email's way, in their order, as the sandbox's log names them. */
export const calls = {
	sign: 'POST /files/upload/',
	upload: 'POST s3',
	create: 'POST /activity/email/',
	lookUp: 'GET /activity/email/',
	send: 'PUT /activity/email/{id}/',
	readBack: 'GET /activity/email/{id}/',
} as const;

export type CallName = keyof typeof calls;

/** How long the node waits for an answer where one is late or never comes, in ms. */
export const PATIENCE_MS = 30;
/**
 * A delay that the node sits through, and one that it does not. What is late comes before what is
 * slow was asked for at the node's second go: the first request overtakes the second.
 */
const SLOW_MS = 20;
export const LATE_MS = 45;

/**
 * How a call can go wrong. "After": it took effect and its sender does not learn it. `tooLate` is
 * carried out when the node has long given up on it.
 */
export const mishaps = {
	resetBefore: { reset: 'before' },
	resetAfter: { reset: 'after' },
	silenceBefore: { timeout: true },
	silenceAfter: { timeout: 'after' },
	slow: { delayMs: SLOW_MS },
	tooLate: { delayMs: LATE_MS },
	status500: { status: 500 },
	status502: { status: 502 },
	status503: { status: 503 },
	status504: { status: 504 },
	status500After: { statusAfter: 500 },
	status504After: { statusAfter: 504 },
	truncated: { body: 'truncated' },
	html: { body: 'html' },
	empty: { body: 'empty' },
} as const satisfies Record<string, Effect>;

export type MishapName = keyof typeof mishaps;

export const allMishaps = Object.keys(mishaps) as MishapName[];

/**
 * One of each sort that the node can tell apart or that leaves the account different: refused for
 * now, lost without effect, lost with effect, and lost with an effect that comes later.
 */
export const sorts: MishapName[] = ['status503', 'resetBefore', 'resetAfter', 'tooLate'];

/** Those after which the node waits in vain: their runs get a short timeout. */
export const needsPatience = (name: MishapName): boolean =>
	['silenceBefore', 'silenceAfter', 'slow', 'tooLate'].includes(name);
