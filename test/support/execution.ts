/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests never ship */
import 'reflect-metadata';
import { mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { BinaryDataService, ExecuteContext } from 'n8n-core';
import {
	createRunExecutionData,
	Workflow,
	type IBinaryData,
	type ICredentialDataDecryptedObject,
	type IHttpRequestOptions,
	type INode,
	type INodeExecutionData,
	type INodeTypes,
	type IWorkflowExecuteAdditionalData,
	type NodeParameterValueType,
} from 'n8n-workflow';
import { CloseFiles } from '../../nodes/CloseFiles/CloseFiles.node';
import { BufferStore } from './bufferStore';

/** n8n's ways to store binary data. `database` stands on our own buffers, read as n8n reads its. */
export type BinaryMode = 'filesystem' | 'default' | 'database';

export const binaryModes: BinaryMode[] = ['filesystem', 'default', 'database'];

/** An execution of the node in n8n-core's own context, with its HTTP client and binary store. */
export interface Execution {
	context: ExecuteContext;
	/** Runs the node, again with the same input when called again, as Retry On Fail does. */
	run(): Promise<INodeExecutionData[]>;
}

export interface ExecutionOptions {
	/** By name; what is missing has the description's default, as in the editor. */
	parameters: Record<string, NodeParameterValueType>;
	items: INodeExecutionData[];
	/** What the credential's `baseUrl` and `apiKey` are. */
	credential: { baseUrl: string; apiKey: string };
	onError?: INode['onError'];
	settings?: { binaryMode?: 'separate' | 'combined'; timezone?: string };
	signal?: AbortSignal;
	runIndex?: number;
}

/** The container that n8n-core itself looks into; there may be other copies beside it. */
const { Container } = createRequire(require.resolve('n8n-core'))('@n8n/di') as {
	Container: { set(type: unknown, instance: unknown): void };
};

const nodeType = new CloseFiles();

const nodeTypes = {
	getByName: () => nodeType,
	getByNameAndVersion: () => nodeType,
	getKnownTypes: () => ({}),
} as unknown as INodeTypes;

let storage: Promise<BinaryDataService> | undefined;

/** n8n's binary store, writing in the given mode from now on. It reads every mode. */
export async function useBinaryMode(mode: BinaryMode): Promise<BinaryDataService> {
	storage ??= (async () => {
		const config = {
			mode: 'filesystem',
			localStoragePath: mkdtempSync(join(tmpdir(), 'close-files-test-')),
			signingSecret: 'for-tests-only',
		};
		const service = new BinaryDataService(config as never, console as never, console as never);
		await service.init();
		service.setManager('database', new BufferStore() as never);
		Container.set(BinaryDataService, service);
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

async function useBinaryModeNow(): Promise<BinaryDataService> {
	return await (storage ?? useBinaryMode('filesystem'));
}

export function execution(options: ExecutionOptions): Execution {
	const { parameters, items, credential, onError, settings, signal, runIndex = 0 } = options;
	const node: INode = {
		id: 'node-1',
		name: 'Close Files',
		type: 'n8n-nodes-close-files.closeFiles',
		typeVersion: 1,
		position: [0, 0],
		parameters,
		credentials: { closeApi: { id: '1', name: 'Close' } },
		onError,
	};
	const create = () => {
		const workflow = new Workflow({
			id: 'w',
			nodes: [node],
			connections: {},
			active: false,
			nodeTypes,
			settings: settings as never,
		});
		const data = { main: [items] };
		return new ExecuteContext(
			workflow,
			workflow.nodes[node.name],
			additionalData(credential),
			'manual',
			createRunExecutionData({}),
			runIndex,
			items,
			data,
			{ node, data, source: null },
			[],
			signal,
		);
	};
	const context = create();
	let used = false;
	return {
		context,
		run: async () => {
			// n8n makes a new context for every try, over the identical input array.
			const current = used ? create() : context;
			used = true;
			const [output] = await nodeType.execute.call(current);
			return output;
		},
	};
}

/** What the node needs of n8n beyond n8n-core: above all the credential, as n8n applies it. */
function additionalData(
	credential: ICredentialDataDecryptedObject,
): IWorkflowExecuteAdditionalData {
	const url = 'http://127.0.0.1/';
	return {
		restApiUrl: url,
		instanceBaseUrl: url,
		formWaitingBaseUrl: url,
		webhookBaseUrl: url,
		webhookWaitingBaseUrl: url,
		webhookTestBaseUrl: url,
		executionId: '1',
		credentialsHelper: {
			getParentTypes: () => [],
			isCredentialUsableByNode: async () => true,
			getCredentialsProperties: () => [],
			getDecrypted: async () => credential,
			preAuthentication: async () => undefined,
			authenticate: async (
				{ apiKey }: { apiKey: string },
				_type: string,
				request: IHttpRequestOptions,
			) => ({ ...request, auth: { username: apiKey, password: '' } }),
		},
	} as unknown as IWorkflowExecuteAdditionalData;
}
