import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { CloseFilesError } from './errors';
import type { Connection } from './transport/connection';
import { cancelled } from './transport/explain';

/** One output item of an operation; the node adds `pairedItem`. */
export type OutputItem = Pick<INodeExecutionData, 'json' | 'binary'>;

/** What all items of one execution of the node share. */
export interface Run {
	context: IExecuteFunctions;
	connection: Connection;
	/** At most so many items are worked on at a time. */
	maxParallel: number;
	memory: Memory;
	/** Ends uploads, in mid-body too: on n8n's cancel, and when an item's error stops the run. */
	stop: AbortSignal;
	/** Uploads and fetches under way or ended, by what they are for: one serves several items. */
	shared: Map<string, Promise<unknown>>;
	/** The last work in each line of `inTurn`. */
	lines: Map<string, Promise<unknown>>;
}

/** What is done for the items of one input, kept over n8n's own retries of the node. */
export interface Memory {
	/** Finished steps by item and name, e.g. `0 record`. */
	steps: Map<string, unknown>;
	/** Finished uploads and fetches, by what they are for. */
	shared: Map<string, unknown>;
	/** The item that asked for an upload first, by the upload's key; others share its upload. */
	uploaders: Map<string, number>;
	/** Keys of uploads that Close refused on their second use: made anew for each item. */
	unshared: Set<string>;
	/** IDs of the records that the items created. */
	created: Map<number, string[]>;
	/** Shown above the node's output, each text once. */
	hints: Set<string>;
}

/**
 * n8n's Retry On Fail runs the whole node again with the identical input array, so that array is
 * the key; what n8n has dropped, the garbage collector forgets.
 */
const memories = new WeakMap<INodeExecutionData[], Map<string, Memory>>();

/** What earlier tries of this very run have done; empty in the first one. */
export function recall(context: IExecuteFunctions): Memory {
	const input = context.getInputData();
	const ofInput = memories.get(input) ?? new Map<string, Memory>();
	memories.set(input, ofInput);
	const memory = ofInput.get(keyOf(context)) ?? {
		steps: new Map(),
		shared: new Map(),
		uploaders: new Map(),
		unshared: new Set(),
		created: new Map(),
		hints: new Set(),
	};
	ofInput.set(keyOf(context), memory);
	return memory;
}

/** To be called when n8n will not run this input again. */
export function forget(context: IExecuteFunctions): void {
	memories.get(context.getInputData())?.delete(keyOf(context));
}

/** The same array may be the input of two nodes, or of one node in two rounds of a loop. */
function keyOf(context: IExecuteFunctions): string {
	return `${context.getNode().id} ${context.getWorkflowDataProxy(0).$runIndex}`;
}

/** Does a step of an item, unless an earlier try of n8n's Retry On Fail has done it. */
export async function once<T>(
	{ memory, stop, connection }: Run,
	itemIndex: number,
	step: string,
	work: () => Promise<T>,
): Promise<T> {
	const key = `${itemIndex} ${step}`;
	if (memory.steps.has(key)) return memory.steps.get(key) as T;
	if (stop.aborted) throw connection.signal?.aborted ? cancelled() : notGoneOnWith();
	const result = await work();
	memory.steps.set(key, result);
	return result;
}

/**
 * Does work once for all items that ask for it under the same key. Where it came to nothing, it did
 * so for each of them; n8n's Retry On Fail begins anew with that, and keeps what is finished.
 */
export async function sharing<T>(
	{ shared, memory }: Run,
	key: string,
	work: () => Promise<T>,
): Promise<T> {
	if (memory.shared.has(key)) return memory.shared.get(key) as T;
	const underWay = (shared.get(key) ?? work()) as Promise<T>;
	shared.set(key, underWay);
	const result = await underWay;
	memory.shared.set(key, result);
	return result;
}

/** Does work that belongs to one line after the work before it in that line, whatever came of it. */
export async function inTurn<T>({ lines }: Run, line: string, work: () => Promise<T>): Promise<T> {
	const before = lines.get(line) ?? Promise.resolve();
	const turn = before.then(work, work);
	lines.set(line, turn);
	return await turn;
}

/** The error of an item that was left where it was, because another item's error ended the run. */
function notGoneOnWith(): CloseFilesError {
	return new CloseFilesError(
		'The item was not gone on with, because another one could not be done',
		'Run the workflow again for this item.',
	);
}
