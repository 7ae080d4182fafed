/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import { parseArgs } from 'node:util';

import { closeAtEnd, runProgram, say, temporaryFolder } from '../support/program';
import { Crew } from './crew';
import { figuresOf, type Figures, type Setting } from './figures';
import { table, writePage } from './page';

/**
 * `npm run scaling [-- --write]`: 1, 4 and 16 workers send emails with files over one Close account,
 * whose token buckets let through what Close's documentation gives as its example: 20 requests a
 * second for a key and 60 for the organization. Ends with 1 when a worker starves, the limit is not
 * made use of, or an email is lost, doubled or ends in an error.
 */

const LIMIT = 20;
const API_KEYS = ['api_first', 'api_second', 'api_third', 'api_fourth'];
const SETUP = {
	requestsPerSecond: LIMIT,
	// The shortest that was seen of Close, and the hardest on those that wait for it to end.
	windowSeconds: 1,
	delayMs: 100,
	apiKeys: API_KEYS,
};
/** What the organization may have, in keys. */
const MOST_KEYS = 3;

const SETTINGS: Setting[] = [
	{ workers: 1, maxParallel: 1, keys: 1, emails: 20 },
	{ workers: 1, maxParallel: 5, keys: 1, emails: 100 },
	{ workers: 4, maxParallel: 5, keys: 1, emails: 40 },
	{ workers: 16, maxParallel: 1, keys: 1, emails: 12 },
	{ workers: 16, maxParallel: 5, keys: 1, emails: 14 },
	{ workers: 16, maxParallel: 20, keys: 1, emails: 14 },
	{ workers: 16, maxParallel: 5, keys: 4, emails: 20 },
];

/** Of the limit, where the workers would have more than it if they could. */
const LEAST_OF_LIMIT = 0.9;
/** Of an equal share, for the slowest worker while all are at work. */
const LEAST_SHARE = 0.5;

async function main(): Promise<number> {
	const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } });
	// n8n's stores and the account's files all live below it.
	temporaryFolder('scaling');
	const crew = closeAtEnd(await Crew.start(SETUP));

	const measured: Array<[Setting, Figures]> = [];
	const wrong: string[] = [];
	for (const setting of SETTINGS) {
		const { workers, maxParallel, keys } = setting;
		const what = `${workers} workers, Max Parallel ${maxParallel}, API keys: ${keys}`;
		say(`${what} …`);
		const done = await crew.send(setting);
		const limit = LIMIT * Math.min(keys, MOST_KEYS);
		const figures = figuresOf(setting, await crew.trace(), { ...SETUP, done, limit });
		measured.push([setting, figures]);
		for (const message of new Set(done.flatMap(({ errors }) => errors))) say(`  ${message}`);
		wrong.push(...shortcomings(setting, figures).map((short) => `${what}: ${short}`));
	}
	say(`\n${table(measured)}`);
	for (const each of wrong) say(each);
	if (values.write) await writePage(measured);
	return wrong.length > 0 ? 1 : 0;
}

function shortcomings({ workers, maxParallel }: Setting, figures: Figures): string[] {
	const { ofLimit, shares, errors, lost, doubled } = figures;
	// One request at a time is answered too late to come to the limit.
	const isUnderLimit = workers * maxParallel === 1;
	return [
		!isUnderLimit && ofLimit < LEAST_OF_LIMIT && `only ${ofLimit.toFixed(2)} of the limit`,
		shares.least < LEAST_SHARE && `a worker had ${shares.least.toFixed(2)} of an equal share`,
		errors > 0 && `${errors} items ended in an error`,
		lost > 0 && `${lost} emails did not leave`,
		doubled > 0 && `${doubled} emails were doubled`,
	].filter((each) => each !== false);
}

runProgram(main);
