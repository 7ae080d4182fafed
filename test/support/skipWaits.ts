/* eslint-disable @n8n/community-nodes/no-restricted-globals -- tests never ship */
import type * as N8nWorkflow from 'n8n-workflow';

/**
 * n8n-workflow whose `sleep` moves the clock instead of waiting. A test file asks for it by
 *
 *     jest.mock('n8n-workflow', () => jest.requireActual('../support/skipWaits'));
 *
 * The node waits with `sleep` only, and node and sandbox both read `Date.now()`: a test sees in the
 * sandbox's log how long was waited, in no time.
 *
 * Its `withoutPause` is the same for thousands of runs: it leaves no moment for what is under way.
 *
 *     jest.mock('n8n-workflow', () => jest.requireActual('../support/skipWaits').withoutPause);
 */
const actual = jest.requireActual<typeof N8nWorkflow>('n8n-workflow');

/** Time for answers that come in while the node waits. */
const PAUSE_MS = 2;

const realNow = Date.now;
let aheadMs = 0;
Date.now = () => realNow() + aheadMs;

const skipping = (pause: () => Promise<unknown>): typeof N8nWorkflow => ({
	...actual,
	sleep: async (ms: number): Promise<void> => {
		const until = Date.now() + ms;
		await pause();
		aheadMs = Math.max(aheadMs, until - realNow());
	},
});

const moment = async () => await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
const turn = async () => await new Promise((resolve) => setImmediate(resolve));

module.exports = { ...skipping(moment), withoutPause: skipping(turn) };
