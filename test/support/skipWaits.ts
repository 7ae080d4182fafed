/* eslint-disable @n8n/community-nodes/no-restricted-globals -- tests never ship */
import type * as N8nWorkflow from 'n8n-workflow';

/**
 * n8n-workflow whose `sleep` moves the clock instead of waiting. A test file asks for it by
 *
 *     jest.mock('n8n-workflow', () => jest.requireActual('../support/skipWaits'));
 *
 * The node waits with `sleep` only, and node and sandbox both read `Date.now()`: a test sees in the
 * sandbox's log how long was waited, in no time.
 */
const actual = jest.requireActual<typeof N8nWorkflow>('n8n-workflow');

const realNow = Date.now;
let aheadMs = 0;
Date.now = () => realNow() + aheadMs;

const sleep = async (ms: number): Promise<void> => {
	const until = Date.now() + ms;
	// Time for what is under way: answers that come in while the node waits.
	await new Promise((resolve) => setTimeout(resolve, 2));
	aheadMs = Math.max(aheadMs, until - realNow());
};

module.exports = { ...actual, sleep };
