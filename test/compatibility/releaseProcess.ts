/* eslint-disable @n8n/community-nodes/no-restricted-globals -- tests never ship */
import type { BinaryMode } from '../n8n/instance';
import { n8nVersion } from '../n8n/install';
import { runProgram } from '../support/program';
import { combinationsOf, sharedStoreOf } from './combinations';
import { tryQueue } from './queue';
import { matrixRow, queueRow, type Row } from './rows';
import { tryStore } from './trial';

/** Tries the n8n that N8N_RELEASE names; the arguments are tables. Sends each row when it is done. */
async function main(): Promise<number> {
	const tables = process.argv.slice(2);
	const send = (row: Row) => process.send?.(row);
	if (tables.includes('matrix')) {
		const combinations = combinationsOf(n8nVersion);
		for (const store of new Set<BinaryMode>(combinations.map((each) => each.store))) {
			const withStore = combinations.filter((each) => each.store === store);
			await tryStore(withStore, (seen) => send(matrixRow(seen)));
		}
	}
	if (tables.includes('queue')) {
		const store = sharedStoreOf(n8nVersion);
		send(queueRow(store, await tryQueue(store)));
	}
	return 0;
}

runProgram(main);
