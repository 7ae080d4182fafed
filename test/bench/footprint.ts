/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- tests never ship */
import { spawn } from 'node:child_process';

import { outcome, run, tail } from '../n8n/childProcess';
import { projectFolder } from '../n8n/package';
import type { Bench } from './bench';
import { builtFiles } from './builtNode';
import { atMost, median, type Findings } from './figures';

const PROCESSES = 9;

/** What n8n loads before, n8n's own luxon included, is not the package's cost. */
const program = `
	require('n8n-workflow');
	const began = performance.now();
	for (const file of ${JSON.stringify(builtFiles())}) require(file);
	console.log(performance.now() - began);
`;

/** What the package costs an n8n that only has it installed. */
export async function footprint(bench: Bench): Promise<Findings> {
	bench.say(`Requiring the package, in ${PROCESSES} processes`);
	const loads: number[] = [];
	for (let process = 0; process < PROCESSES; process++) loads.push(await load());
	return {
		verdicts: [
			atMost(
				'Requiring the node and the credentials, over `n8n-workflow`',
				median(loads),
				25,
				(ms) => `${ms.toFixed(1)} ms`,
			),
			atMost('The packed package', await packedSize(), 80_000, (bytes) => `${bytes / 1000} kB`),
		],
	};
}

async function load(): Promise<number> {
	const child = spawn(process.execPath, ['-e', program], { cwd: projectFolder });
	const { code, stdout, log } = await outcome(child);
	if (code !== 0) throw new Error(`The built package does not load:\n${tail(log)}`);
	return Number(stdout);
}

async function packedSize(): Promise<number> {
	const args = ['pack', '--dry-run', '--json', '--ignore-scripts', '--loglevel=error'];
	const printed = await run('Packing the package', 'npm', args, { cwd: projectFolder });
	const [{ size }] = JSON.parse(printed) as Array<{ size: number }>;
	return size;
}
