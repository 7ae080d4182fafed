/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import packageJson from '../../package.json';
import {
	anchorsOf,
	linksOf,
	readPage,
	readPages,
	root,
	rowOf,
	type Page,
} from '../support/markdown';

const pages = readPages();
const scripts: Record<string, string> = packageJson.scripts;

/** Where each page says that something is, and what is not there. */
function brokenLinks(page: Page): string[] {
	return linksOf(page)
		.filter((target) => !/^[a-z]+:/.test(target))
		.filter((target) => !isThere(page, target))
		.map((target) => `${page.path}: ${target}`);
}

function isThere({ path }: Page, target: string): boolean {
	const [file, anchor] = target.split('#');
	const found = file === '' ? path : normalize(join(dirname(path), decodeURI(file)));
	if (!existsSync(join(root, found))) return false;
	return anchor === undefined || anchorsOf(readPage(found)).includes(anchor);
}

/** A command that a page tells its reader to run: in a block of shell, or in the text. */
interface Command {
	path: string;
	command: string;
}

const inText = (page: Page) =>
	[...page.prose.matchAll(/`((?:npm|npx) [^`]+)`/g)].map(([, it]) => it);

const commands: Command[] = pages.flatMap((page) => {
	const inBlocks = page.blocks
		.filter(({ language }) => ['sh', 'bash'].includes(language))
		.flatMap(({ code }) => code.split('\n'))
		.map((line) => line.replace(/\s+#.*$/, ''));
	return [...inBlocks, ...inText(page)]
		.flatMap((line) => line.split('&&'))
		.map((command) => ({ path: page.path, command: command.trim() }))
		.filter(({ command }) => /\bnp[mx] /.test(command));
});

/** What is not so in a command: a script, an option or a file that the project does not have. */
function mistakesIn({ command }: Command): string[] {
	const [, script] = /\bnpm (?:run )?(test\b|(?<=run )[\w:-]+)/.exec(command) ?? [];
	const files = command.match(/\btest\/[\w./]+\.ts\b/g) ?? [];
	const missing = files.filter((file) => !existsSync(join(root, file)));
	if (script === undefined) return missing;
	const body = scripts[script] as string | undefined;
	if (body === undefined) return [`no script ${script}`, ...missing];
	const [, given] = command.split(' -- ');
	const options = given?.match(/(?<=--)[a-z]\w*/g) ?? [];
	return [...options.filter((option) => !takes(body, option)), ...missing];
}

/** Whether a program of ours names the option; jest's own are not ours to know. */
function takes(body: string, option: string): boolean {
	const [program] = /test\/[\w/]+\.ts/.exec(body) ?? [];
	return (
		program === undefined ||
		new RegExp(`\\b${option}: \\{`).test(readFileSync(join(root, program), 'utf8'))
	);
}

/** Scripts that no gate runs, and why. */
const byHand: Record<string, string> = {
	format: 'lint refuses what it would change',
	'lint:fix': 'the same',
	demo: 'test/e2e/demo.test.ts runs it',
	sandbox: 'test/conformance/program.test.ts starts and stops it',
	bench: 'takes a quiet machine',
	scaling: 'takes a quiet machine',
	check: 'is the gate',
	prepublishOnly: 'n8n-node lets only a release through',
};

function gates(): string {
	const workflows = ['ci', 'publish', 'weekly'].map((name) => `.github/workflows/${name}.yml`);
	const files = ['.ci/run', ...workflows].map((path) => readFileSync(join(root, path), 'utf8'));
	return [scripts.check, scripts.lint, ...files].join('\n');
}

describe('the pages', () => {
	it('link to what is there, to the heading', () => {
		expect(pages.length).toBeGreaterThan(20);
		expect(pages.flatMap(brokenLinks)).toEqual([]);
	});

	it('name scripts, options and files that the project has', () => {
		expect(commands.length).toBeGreaterThan(20);
		const mistaken = commands.filter((command) => mistakesIn(command).length > 0);
		expect(
			mistaken.map((each) => `${each.path}: ${each.command}: ${mistakesIn(each).join()}`),
		).toEqual([]);
	});

	it('name scripts that a gate runs, or that are known to be run by hand', () => {
		const run = gates();
		const idle = Object.keys(scripts).filter(
			(name) => !(name in byHand) && !new RegExp(`npm (run )?${name}\\b`).test(run),
		);
		expect(idle).toEqual([]);
	});

	it('quote code as it is in the file that they name', () => {
		const quotes = pages
			.flatMap(({ blocks }) => blocks)
			.filter(({ language }) => language === 'ts')
			.map(({ code }) => /^\s*\/\/ (\S+)\n([^]*)$/.exec(code)?.slice(1) ?? [code, '']);

		expect(quotes.length).toBeGreaterThan(0);
		for (const [file, code] of quotes) {
			expect(compact(readFileSync(join(root, file), 'utf8'))).toContain(compact(code));
		}
	});

	it('show JSON that can be read', () => {
		const unreadable = pages.flatMap(({ path, blocks }) =>
			blocks
				.filter(({ language, code }) => !isReadable(language, code))
				.map(({ heading }) => `${path}: ${heading}`),
		);
		expect(unreadable).toEqual([]);
	});
});

/** Spaces and tabs aside, as prettier sets both. */
const compact = (code: string) => code.replace(/\s+/g, ' ').trim();

function isReadable(language: string, code: string): boolean {
	if (language !== 'json') return true;
	try {
		JSON.parse(code);
		return true;
	} catch {
		return false;
	}
}

/** Rows of README's table, and the rows of docs/benchmarks.md whose columns they repeat in part. */
const figures: Array<[row: string, source: string, columns: [ours: number, chain: number]]> = [
	['Memory for 300 MB, in n8n', '1 of 300 MB', [1, 3]],
	['Time for 300 MB, in n8n', '1 of 300 MB', [0, 2]],
];
const alone: Array<[row: string, column: number]> = [
	['Memory for 300 MB, in a bare process', 0],
	['Time for 300 MB, in a bare process', 1],
];

describe('the table "Why this one"', () => {
	const readme = readPage('README.md');
	const benchmarks = readPage('docs/benchmarks.md');
	/** The first figure with its unit; a text may follow. */
	const measured = (cell: string | undefined) => /^[\d.,]+ \w+/.exec(cell ?? '')?.[0];

	it.each(figures)('%s is what docs/benchmarks.md has', (row, source, columns) => {
		const cells = rowOf(benchmarks, source);
		const [ours, chain] = rowOf(readme, row);

		expect([measured(ours), measured(chain)]).toEqual(columns.map((column) => cells[column]));
	});

	it.each(alone)('%s is what docs/benchmarks.md has', (row, column) => {
		const [ours, , theirs] = rowOf(readme, row);
		const [own] = benchmarks.prose.match(/\| Close Files +\| \d+ MB +\| [\d.]+ s +\|/) ?? [];
		const cells = (own ?? '').split('|').map((cell) => cell.trim());
		const other = rowOf(benchmarks, '`@crm-kraft/n8n-nodes-close 2.3.68`, note with file');

		expect([measured(ours), measured(theirs)]).toEqual([cells[2 + column], other[column]]);
	});
});
