/* eslint-disable @n8n/community-nodes/no-restricted-globals -- tests never ship */
import type * as N8nWorkflow from 'n8n-workflow';

/**
 * n8n-workflow whose `sleep` moves the clock and goes on at once: for thousands of runs. In
 * `skipWaits` it also lets a moment pass, so that what is under way can come in. A test file asks
 * for it by
 *
 *     jest.mock('n8n-workflow', () => jest.requireActual('../support/fastForward'));
 */
const actual = jest.requireActual<typeof N8nWorkflow>('n8n-workflow');

const realNow = Date.now;
let aheadMs = 0;
Date.now = () => realNow() + aheadMs;

const sleep = async (ms: number): Promise<void> => {
	const until = Date.now() + ms;
	await new Promise((resolve) => setImmediate(resolve));
	aheadMs = Math.max(aheadMs, until - realNow());
};

module.exports = { ...actual, sleep };
