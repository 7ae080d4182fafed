import type { BinaryMode } from '../n8n/instance';
import { nameOf, type Combination } from './combinations';
import { proofs } from './proofs';
import { shortcomings, type QueueFigures } from './queue';
import type { Seen } from './trial';

/** A line of one of the page's two tables, and what is wrong with it. */
export interface Row {
	table: 'matrix' | 'queue';
	cells: string[];
	wrong: string[];
}

/** Of both tables: what tells which row it is. The first column is n8n's own words. */
const KEYS = ['n8n', 'store', 'binaryMode'];

export const heads: Record<Row['table'], string[]> = {
	matrix: [...KEYS, 'Node', 'credential', ...proofs.map(({ name }) => name)],
	queue: [
		...KEYS,
		'Node',
		'servers',
		'executions',
		'of worker 1, of worker 2',
		'drafts',
		'lost, doubled, damaged',
		'time',
	],
};

/** The cells under `KEYS`. */
export const keyOf = (n8n: string, { store, binaryMode }: Combination): string[] => [
	n8n,
	nameOf(store),
	binaryMode,
];

export function matrixRow(seen: Seen): Row {
	const { told, binaryMode } = seen;
	const missing = proofs.map((proof) => proof.missing(seen));
	return {
		table: 'matrix',
		cells: [
			...keyOf(told.versionCli, seen),
			told.nodeJsVersion,
			binaryMode === 'combined' ? 'OAuth2' : 'API key',
			...missing.map((each) => (each === undefined ? 'yes' : '**no**')),
		],
		wrong: missing.flatMap((each, index) =>
			each === undefined ? [] : [`${proofs[index].name}: ${each}`],
		),
	};
}

/** @param store the one that n8n was told to use. */
export function queueRow(store: BinaryMode, figures: QueueFigures): Row {
	const { told, servers, executions, byWorker, drafts, lost, doubled, damaged, seconds } = figures;
	const other = told.binaryDataMode === store ? [] : [`n8n's store is '${told.binaryDataMode}'`];
	return {
		table: 'queue',
		cells: [
			...keyOf(told.versionCli, { store: told.binaryDataMode, binaryMode: 'separate' }),
			told.nodeJsVersion,
			servers,
			String(executions),
			byWorker.join(', '),
			String(drafts),
			`${lost}, ${doubled}, ${damaged}`,
			`${seconds.toFixed(1)} s`,
		],
		wrong: [...other, ...shortcomings(figures)],
	};
}
