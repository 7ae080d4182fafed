/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests never ship */
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { end, outcome, spawnNode, tail } from '../n8n/childProcess';
import { projectFolder } from '../n8n/package';
import { closeAtEnd, runProgram, say, temporaryFolder } from '../support/program';
import { combinationsOf, releases } from './combinations';
import { tables, writePage } from './page';
import { queueObstacle } from './queue';
import type { Row } from './rows';

const TABLES = ['matrix', 'queue'];

/**
 * `npm run compatibility [-- --only matrix] [-- --write]`: the built package in several releases of
 * n8n, with each of n8n's stores, and in queue mode. Ends with 1 when anything is not as it has to be.
 */
async function main(): Promise<number> {
	const { values } = parseArgs({
		options: { only: { type: 'string' }, write: { type: 'boolean', default: false } },
	});
	const asked = readTables(values.only);
	if (values.write && values.only !== undefined) {
		throw new Error('docs/compatibility.md is written by a whole run: leave --only out.');
	}
	const obstacle = asked.includes('queue') ? queueObstacle() : undefined;
	if (obstacle !== undefined) throw new Error(obstacle);

	// Each n8n, its files and Redis all live below it.
	temporaryFolder('compatibility');
	const rows: Row[] = [];
	const wrong: string[] = [];
	for (const release of releases) {
		const own = await tryRelease(release, asked);
		rows.push(...own.rows);
		wrong.push(...own.wrong);
	}
	say(`\n${tables(rows)}\n`);
	for (const each of wrong) say(each);
	if (values.write) await writePage(rows);
	return wrong.length > 0 ? 1 : 0;
}

function readTables(only: string | undefined): string[] {
	if (only === undefined) return TABLES;
	if (TABLES.includes(only)) return [only];
	throw new Error(`There is no part '${only}', only ${TABLES.join(', ')}.`);
}

/** In a process of its own; one that breaks off keeps no other release from its turn. */
async function tryRelease(
	release: string,
	asked: string[],
): Promise<{ rows: Row[]; wrong: string[] }> {
	say(`n8n ${release} …`);
	const child = spawnNode(
		process.execPath,
		['--import', 'tsx', join(__dirname, 'releaseProcess.ts'), ...asked],
		{ cwd: projectFolder, env: { ...process.env, N8N_RELEASE: release } },
	);
	closeAtEnd({ close: async () => await end(child) });
	const rows: Row[] = [];
	child.on('message', (row: Row) => {
		rows.push(row);
		say(`  ${row.wrong.length > 0 ? 'NO ' : 'yes'} ${row.cells.slice(0, 4).join(', ')}`);
	});
	const { code, log } = await outcome(child);
	const wrong = rows.flatMap((row) =>
		row.wrong.map((each) => `n8n ${row.cells.slice(0, 3).join(', ')} (${row.table}): ${each}`),
	);
	const expected = asked.map((table) => (table === 'matrix' ? combinationsOf(release).length : 1));
	const missing = expected.reduce((sum, each) => sum + each, 0) - rows.length;
	if (code !== 0 || missing !== 0) {
		wrong.push(`n8n ${release} ended with ${code}, ${missing} rows missing:\n${tail(log)}`);
	}
	const other = rows.find(({ cells }) => cells[0] !== release);
	if (other !== undefined) wrong.push(`n8n ${release} says that it is ${other.cells[0]}`);
	return { rows, wrong };
}

runProgram(main);
