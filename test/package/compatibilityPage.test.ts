/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { combinationsOf, releases, sharedStoreOf } from '../compatibility/combinations';
import { heads, keyOf, type Row } from '../compatibility/rows';
import { WrittenPage } from '../support/writtenPage';
import { root } from './dist';

const page = new WrittenPage('compatibility.md', 'npm run compatibility -- --write');

/** How many cells from the left tell which row it is: n8n, store, binaryMode. Node follows. */
const KEYS = 3;

/** The table as it stands on the page: its head, then its rows. */
function tableOf(table: Row['table']): { head: string[]; rows: string[][] } {
	const lines = page
		.read()
		.split('\n')
		.filter((line) => line.startsWith('|') && !/^[| -]+$/.test(line))
		.map((line) =>
			line
				.split('|')
				.slice(1, -1)
				.map((cell) => cell.trim()),
		);
	const begin = lines.findIndex((cells) => cells.join() === heads[table].join());
	const [head = [], ...rest] = begin < 0 ? [] : lines.slice(begin);
	const end = rest.findIndex(([first]) => first === head[0]);
	return { head, rows: end < 0 ? rest : rest.slice(0, end) };
}

const keysOf = (table: Row['table']) => tableOf(table).rows.map((cells) => cells.slice(0, KEYS));

describe('docs/compatibility.md', () => {
	it('has a row for every combination of the matrix, with every proof', () => {
		const expected = releases.flatMap((release) =>
			combinationsOf(release).map((combination) => keyOf(release, combination)),
		);

		expect(tableOf('matrix').head).toEqual(heads.matrix);
		expect(keysOf('matrix')).toEqual(expected);
	});

	it('has a row of queue mode for every release of n8n', () => {
		const expected = releases.map((release) =>
			keyOf(release, { store: sharedStoreOf(release), binaryMode: 'separate' }),
		);

		expect(keysOf('queue')).toEqual(expected);
	});

	it('shows nothing that is not as it has to be', () => {
		const { head, rows } = tableOf('matrix');
		const proofsFrom = head.indexOf('credential') + 1;
		const cellsOfQueue = (name: string) =>
			tableOf('queue').rows.map((cells) => cells[heads.queue.indexOf(name)]);

		expect(new Set(rows.flatMap((cells) => cells.slice(proofsFrom)))).toEqual(new Set(['yes']));
		expect(new Set(cellsOfQueue('lost, doubled, damaged'))).toEqual(new Set(['0, 0, 0']));
		expect(cellsOfQueue('drafts')).toEqual(cellsOfQueue('executions'));
	});

	it('has Node versions that the package allows, the oldest major version among them', () => {
		const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
		const [, major, minor] = /^>=(\d+)\.(\d+)$/.exec(engines.node)!.map(Number);
		const tried = tableOf('matrix').rows.map((cells) => cells[KEYS].split('.').map(Number));
		const tooOld = tried.filter(
			([own, ownMinor]) => own < major || (own === major && ownMinor < minor),
		);

		expect(tooOld).toEqual([]);
		expect(Math.min(...tried.map(([own]) => own))).toBe(major);
	});

	it('has every n8n that the README says is tested, with its Node', () => {
		const readme = readFileSync(join(root, 'README.md'), 'utf8');
		const claims = [...readme.matchAll(/(\d+\.\d+\.\d+) \(Node (\d+)\)/g)].map(
			([, ...claim]) => claim,
		);
		const rows = tableOf('matrix').rows.map((cells) => [cells[0], cells[KEYS].split('.')[0]]);

		expect(claims).not.toEqual([]);
		expect(rows).toEqual(expect.arrayContaining(claims));
	});
});
