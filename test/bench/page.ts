/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

import { projectFolder } from '../n8n/package';
import { chart } from './chart';
import type { Findings, Verdict } from './figures';

const page = join(projectFolder, 'docs/benchmarks.md');
const image = join(projectFolder, 'docs/images/benchmarks.svg');

/** What stands between these is written by the run. */
const BEGIN = '<!-- begin: written by npm run bench -- --write -->';
const END = '<!-- end -->';

/** All figures, as Markdown. */
export function tables(findings: Findings[]): string {
	const verdicts = findings.flatMap(({ verdicts: found = [] }) => found);
	const comparisons = findings.flatMap(({ comparisons: found = [] }) => found);
	const sections = comparisons.map(
		({ title, text, head, rows }) => `### ${title}\n\n${text}\n\n${table(head, rows)}`,
	);
	return [...(verdicts.length > 0 ? [verdictTable(verdicts)] : []), ...sections].join('\n\n');
}

/** Puts the figures of a whole run into docs/benchmarks.md, and its chart beside it. */
export async function writePage(description: string, findings: Findings[]): Promise<void> {
	const [head, rest] = readFileSync(page, 'utf8').split(BEGIN);
	const [, tail] = rest.split(END);
	const figures = `Measured with: ${description}.\n\n${tables(findings)}`;
	const text = `${head}${BEGIN}\n\n${figures}\n\n${END}${tail}`;
	const options = await resolveConfig(page);
	writeFileSync(page, await format(text, { ...options, parser: 'markdown' }));
	writeFileSync(image, chart(findings.flatMap(({ bars = [] }) => bars)));
}

function verdictTable(verdicts: Verdict[]): string {
	const rows = verdicts.map(({ what, measured, limit, met, floor }) => [
		what,
		measured,
		limit,
		met ? 'yes' : (floor ?? '**no**'),
	]);
	return table(['what', 'measured', 'limit', 'met'], rows);
}

function table(head: string[], rows: string[][]): string {
	const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
