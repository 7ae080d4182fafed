import {
	NodeOperationError,
	type IBinaryData,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';
import type { Run } from '../../nodes/CloseFiles/run';
import type { Connection } from '../../nodes/CloseFiles/transport/connection';
import { limitOf } from '../../nodes/CloseFiles/transport/limit';
import { Pace } from '../../nodes/CloseFiles/transport/pace';

/** n8n's binary store, by ID. */
export type Store = Record<
	string,
	{ content: Buffer; fileName?: string; mimeType?: string; fileSize?: number }
>;

interface ContextOptions {
	parameters?: IDataObject;
	items?: INodeExecutionData[];
	store?: Store;
	binaryMode?: 'separate' | 'combined';
	timezone?: string;
	nodeId?: string;
	runIndex?: number;
	baseUrl?: string;
}

export const aNode = (fields: Partial<INode> = {}): INode => ({
	id: 'node-1',
	name: 'Close Files',
	type: 'n8n-nodes-close-files.closeFiles',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
	...fields,
});

/** As much of n8n as the modules below the network touch; the tests in test/node have the real one. */
export function aContext(options: ContextOptions = {}): IExecuteFunctions {
	const { parameters = {}, items = [{ json: {} }], store = {}, binaryMode } = options;
	const node = aNode({ id: options.nodeId ?? 'node-1' });
	const stored = (id: string) => {
		if (Object.hasOwn(store, id)) return store[id];
		throw new RangeError(`no file ${id}`);
	};
	return {
		getNode: () => node,
		getInputData: () => items,
		getNodeParameter: (name: string, _item: number, fallback: unknown) =>
			parameters[name] ?? fallback,
		getTimezone: () => options.timezone ?? 'UTC',
		getWorkflowSettings: () => ({ binaryMode }),
		getWorkflowDataProxy: () => ({ $runIndex: options.runIndex ?? 0 }),
		getCredentials: async () => ({ apiKey: 'api_secret', baseUrl: options.baseUrl }),
		getExecutionCancelSignal: () => undefined,
		helpers: {
			assertBinaryData: (itemIndex: number, path: string) => {
				const { binary, json }: INodeExecutionData = items[itemIndex];
				const found = binaryMode === 'combined' ? valueAt(json, path) : binary?.[path];
				if (found === undefined) throw new NodeOperationError(node, `no file ${path}`);
				return found;
			},
			getBinaryMetadata: async (id: string) => ({
				fileSize: stored(id).content.length,
				...stored(id),
			}),
			getBinaryStream: async (id: string, chunkSize: number) =>
				chunks(stored(id).content, chunkSize),
			getBinaryDataBuffer: async (_item: number, { data }: IBinaryData) =>
				Buffer.from(data, 'base64'),
		},
	} as unknown as IExecuteFunctions;
}

function valueAt(json: unknown, path: string): unknown {
	const keys = path.split(/[.[\]]/).filter(Boolean);
	return keys.reduce((value, key) => Object(value)[key] as unknown, json);
}

async function* chunks(content: Buffer, size: number): AsyncGenerator<Buffer> {
	for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}

/** A file as it stands on an item when n8n keeps it in memory. */
export function inMemory(content: string, fields: Partial<IBinaryData> = {}): IBinaryData {
	return {
		data: Buffer.from(content).toString('base64'),
		mimeType: 'application/pdf',
		fileName: 'Offer.pdf',
		...fields,
	};
}

/** A file as it stands on an item when n8n keeps it in a store. */
export function inStore(id: string, fields: Partial<IBinaryData> = {}): IBinaryData {
	return { data: 'filesystem-v2', mimeType: 'application/pdf', id, ...fields };
}

/** A connection that leads nowhere. */
export function aConnection(fields: Partial<Connection> = {}): Connection {
	return {
		context: aContext(),
		credentialType: 'closeApi',
		baseUrl: 'https://api.close.com/api/v1',
		secrets: () => [],
		slots: limitOf(5),
		pace: new Pace(5),
		clockOffsetMs: 0,
		...fields,
	};
}

export function aRun(fields: Partial<Run> = {}): Run {
	return {
		context: aContext(),
		connection: aConnection(),
		maxParallel: 5,
		memory: {
			steps: new Map(),
			shared: new Map(),
			uploaders: new Map(),
			unshared: new Set(),
			created: new Map(),
			hints: new Set(),
		},
		stop: new AbortController().signal,
		shared: new Map(),
		lines: new Map(),
		...fields,
	};
}
