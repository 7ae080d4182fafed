/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

import { projectFolder } from '../n8n/package';
import { WrittenPage } from '../support/writtenPage';
import { heads, type Row } from './rows';

const path = 'compatibility.md';

const page = new WrittenPage(path, 'npm run compatibility -- --write');

const titles = { matrix: 'Matrix', queue: 'Queue mode' };

/** The tables that have rows, as Markdown. */
export function tables(rows: Row[]): string {
	return (['matrix', 'queue'] as const)
		.map((table) => ({ table, own: rows.filter((row) => row.table === table) }))
		.filter(({ own }) => own.length > 0)
		.map(({ table, own }) => {
			const head = heads[table];
			const lines = [head, head.map(() => '---'), ...own.map(({ cells }) => cells)];
			return `### ${titles[table]}\n\n${lines.map(line).join('\n')}`;
		})
		.join('\n\n');
}

const line = (cells: string[]): string => `| ${cells.join(' | ')} |`;

/** Puts the tables of a whole run into docs/compatibility.md. */
export async function writePage(rows: Row[]): Promise<void> {
	const options = await resolveConfig(join(projectFolder, 'docs', path));
	page.write((await format(tables(rows), { ...options, parser: 'markdown' })).trim());
}
