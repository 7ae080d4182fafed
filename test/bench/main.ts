/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests never ship */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { end, outcome, spawnNode } from '../n8n/childProcess';
import { install } from '../n8n/install';
import { build, projectFolder } from '../n8n/package';
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

const say = (text: string) => process.stdout.write(`${text}\n`);

/** What is given back in the end, last opened first. */
const opened: Array<{ close(): unknown }> = [];

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
	const folder = mkdtempSync(join(tmpdir(), 'close-files-bench-'));
	process.env.TMPDIR = folder;
	opened.unshift({ close: () => rmSync(folder, { recursive: true, force: true }) });
	const bench = await Bench.open(folder, (text) => say(`  ${text} …`));
	opened.unshift(bench);

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
	opened.unshift({ close: async () => await end(child) });
	child.stdout?.pipe(process.stdout);
	child.stderr?.pipe(process.stderr);
	const { code } = await outcome(child);
	return typeof code === 'number' ? code : 1;
}

let finishing: Promise<void> | undefined;

/** Only the first call decides on the exit code: closing makes `main` fail as well. */
async function finish(code: number): Promise<void> {
	finishing ??= (async () => {
		for (const each of opened) await each.close();
		process.exit(code);
	})();
	await finishing;
}

process.once('SIGINT', () => void finish(130)).once('SIGTERM', () => void finish(143));
main()
	.catch((error: Error) => {
		if (!finishing) process.stderr.write(`${error.message}\n`);
		return 1;
	})
	.then(finish);
