import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { quoted, refusal } from '../../errors';
import { collectionIn } from './values';

/** What Node's timers take. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** The options of every operation. */
const runOptions: INodeProperties[] = [
	{
		displayName: 'Max Parallel',
		name: 'maxParallel',
		type: 'number',
		default: 5,
		typeOptions: { minValue: 1, maxValue: 50 },
		description:
			'How many items, and how many requests, are under way at a time. Taken from the first item.',
	},
	{
		displayName: 'Timeout (Seconds)',
		name: 'timeout',
		type: 'number',
		default: 60,
		typeOptions: { minValue: 1 },
		description:
			'How long one request may take. Unless set, uploads get 60 seconds and one more for every 100 kB. Taken from the first item.',
	},
];

/** The "Options" collection of an operation: its own and those of every operation, by their label. */
export function optionsField(own: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [...own, ...runOptions].sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}

/** The options that hold for the run as a whole. */
export function readRunOptions(context: IExecuteFunctions): {
	maxParallel: number;
	timeoutMs?: number;
} {
	const options = collectionIn(context.getNodeParameter('options', 0, {}), 'Options');
	const { maxParallel = 5, timeout } = options as { maxParallel?: number; timeout?: number };
	if (!Number.isInteger(maxParallel) || maxParallel < 1) {
		throw refusal(
			`'Max Parallel' holds ${quoted(maxParallel)}, which is no whole number from 1`,
			'Set it to 5, or remove it from the options.',
		);
	}
	if (timeout === undefined) return { maxParallel };
	if (!Number.isFinite(timeout) || timeout <= 0) {
		throw refusal(
			`'Timeout (Seconds)' holds ${quoted(timeout)}, which is no number of seconds`,
			'Set it to 60, or remove it from the options.',
		);
	}
	return { maxParallel, timeoutMs: Math.min(Math.ceil(timeout * 1000), LONGEST_TIMEOUT_MS) };
}
