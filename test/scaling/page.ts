/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

import { projectFolder } from '../n8n/package';
import { WrittenPage } from '../support/writtenPage';
import type { Figures, Setting } from './figures';

const page = new WrittenPage('scaling.md', 'npm run scaling -- --write');

const HEAD = [
	'workers',
	'Max Parallel',
	'API keys',
	'emails',
	'time',
	'of the limit',
	'emails a second',
	'429s for each request let through',
	'slowest and fastest worker, of an equal share',
	'errors',
	'lost, doubled',
];

/** What was measured, as a Markdown table. */
export function table(measured: Array<[Setting, Figures]>): string {
	const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
	return [HEAD, HEAD.map(() => '---'), ...measured.map(cells)].map(line).join('\n');
}

function cells([setting, figures]: [Setting, Figures]): string[] {
	const { workers, maxParallel, keys, emails } = setting;
	const { ms, ofLimit, emailsPerSecond, refusals, shares, errors, lost, doubled } = figures;
	return [
		String(workers),
		String(maxParallel),
		String(keys),
		String(workers * emails),
		`${(ms / 1000).toFixed(1)} s`,
		`${Math.round(ofLimit * 100)} %`,
		emailsPerSecond.toFixed(1),
		refusals.toFixed(2),
		`${shares.least.toFixed(2)}, ${shares.most.toFixed(2)}`,
		String(errors),
		`${lost}, ${doubled}`,
	];
}

/** Puts the table of a whole run into docs/scaling.md. */
export async function writePage(measured: Array<[Setting, Figures]>): Promise<void> {
	const options = await resolveConfig(join(projectFolder, 'docs/scaling.md'));

	page.write((await format(table(measured), { ...options, parser: 'markdown' })).trim());
}
