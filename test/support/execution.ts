/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { BinaryDataService, ExecuteContext } from 'n8n-core';
import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';
import { CloseFiles } from '../../nodes/CloseFiles/CloseFiles.node';
import { BufferStore } from './bufferStore';
import { createContext, openBinaryStore, type ContextOptions } from './context';

/** n8n's ways to store binary data. `database` stands on our own buffers, read as n8n reads its. */
export type BinaryMode = 'filesystem' | 'default' | 'database';

export const binaryModes: BinaryMode[] = ['filesystem', 'default', 'database'];

/** An execution of the node in n8n-core's own context, with its HTTP client and binary store. */
export interface Execution {
	context: ExecuteContext;
	/** Runs the node, again with the same input when called again, as Retry On Fail does. */
	run(): Promise<INodeExecutionData[]>;
}

export type ExecutionOptions = ContextOptions;

const nodeType = new CloseFiles();

let storage: Promise<BinaryDataService> | undefined;

/** Streams that n8n's store has opened and that are not closed yet. */
export const openStreams = new Set<Readable>();

/** n8n's binary store, writing in the given mode from now on. It reads every mode. */
export async function useBinaryMode(mode: BinaryMode): Promise<BinaryDataService> {
	storage ??= (async () => {
		const service = await openBinaryStore(mkdtempSync(join(tmpdir(), 'close-files-test-')));
		service.setManager('database', new BufferStore() as never);
		const getAsStream = service.getAsStream.bind(service);
		service.getAsStream = async (...parameters) => {
			const stream = await getAsStream(...parameters);
			openStreams.add(stream);
			return stream.once('close', () => openStreams.delete(stream));
		};
		return service;
	})();
	const service = await storage;
	// n8n sets it once from its configuration; tests go through all modes.
	Object.assign(service, { mode: mode === 'filesystem' ? 'filesystem-v2' : mode });
	return service;
}

/** Puts content into n8n's store in the present mode; the result stands on an item. */
export async function storeBinary(
	content: Buffer | Readable,
	metadata: { fileName?: string; mimeType?: string } = {},
): Promise<IBinaryData> {
	const service = await useBinaryModeNow();
	const { fileName, mimeType = 'application/pdf' } = metadata;
	const location = { type: 'execution', workflowId: 'w', executionId: '1' } as const;
	return await service.store(location, content, { data: '', mimeType, fileName });
}

/** Where a file of the filesystem store lies, for tests that change it behind n8n's back. */
export async function pathOf({ id = '' }: IBinaryData): Promise<string> {
	return (await useBinaryModeNow()).getPath(id);
}

async function useBinaryModeNow(): Promise<BinaryDataService> {
	return await (storage ?? useBinaryMode('filesystem'));
}

export function execution(options: ExecutionOptions): Execution {
	const context = createContext(nodeType, options);
	let used = false;
	return {
		context,
		run: async () => {
			// n8n makes a new context for every try, over the identical input array.
			const current = used ? createContext(nodeType, options) : context;
			used = true;
			const [output] = await nodeType.execute.call(current);
			return output;
		},
	};
}
