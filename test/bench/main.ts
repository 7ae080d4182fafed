/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests never ship */
import { parseArgs } from 'node:util';

import { end, outcome, spawnNode } from '../n8n/childProcess';
import { install } from '../n8n/install';
import { build, projectFolder } from '../n8n/package';
import { closeAtEnd, runProgram, say, temporaryFolder } from '../support/program';
import { Bench } from './bench';
import type { Findings, Verdict } from './figures';
import { footprint } from './footprint';
import { items } from './items';
import { machine } from './machine';
import { memory } from './memory';
import { tables, writePage } from './page';
import { throughput } from './throughput';
import { ways } from './ways';

const parts = { memory, throughput, items, footprint, ways };

/** `npm run bench [-- --only memory,items] [-- --write]`: exits with 1 when a limit is not met. */
async function main(): Promise<number> {
	const { values } = parseArgs({
		options: { only: { type: 'string' }, write: { type: 'boolean', default: false } },
	});
	const names = readParts(values.only);
	if (values.write && values.only !== undefined) {
		throw new Error('docs/benchmarks.md is written by a whole run: leave --only out.');
	}
	const { node } = await install();
	if (node !== process.execPath) return await again(node);
	await build();

	// The servers, n8n and its files all live below it.
	const folder = temporaryFolder('bench');
	const bench = closeAtEnd(await Bench.open(folder, (text) => say(`  ${text} …`)));

	const findings: Findings[] = [];
	for (const name of names) {
		say(name);
		const found = await parts[name](bench);
		for (const verdict of found.verdicts ?? []) say(`  ${inOneLine(verdict)}`);
		findings.push(found);
	}
	const description = await machine();
	say(`\n${description}\n\n${tables(findings)}`);
	if (values.write) await writePage(description, findings);
	const missed = findings
		.flatMap(({ verdicts = [] }) => verdicts)
		.filter(({ met, floor }) => !met && floor === undefined);
	for (const verdict of missed) say(inOneLine(verdict));
	return missed.length > 0 ? 1 : 0;
}

const inOneLine = ({ what, measured, limit, met, floor }: Verdict) =>
	`${met ? 'met    ' : (floor ?? 'NOT MET')} ${what}: ${measured}, limit ${limit}`;

function readParts(only: string | undefined): Array<keyof typeof parts> {
	const names = only?.split(',') ?? Object.keys(parts);
	const unknown = names.find((name) => !(name in parts));
	if (unknown === undefined) return names as Array<keyof typeof parts>;
	throw new Error(`There is no part '${unknown}', only ${Object.keys(parts).join(', ')}.`);
}

/** The same run by the Node that n8n needs. */
async function again(node: string): Promise<number> {
	const args = ['--import', 'tsx', __filename, ...process.argv.slice(2)];
	const child = spawnNode(node, args, { cwd: projectFolder });
	closeAtEnd({ close: async () => await end(child) });
	child.stdout?.pipe(process.stdout);
	child.stderr?.pipe(process.stderr);
	const { code } = await outcome(child);
	return typeof code === 'number' ? code : 1;
}

runProgram(main);
