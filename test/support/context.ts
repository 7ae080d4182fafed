/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import 'reflect-metadata';
import { createRequire } from 'node:module';
import { BinaryDataService, ExecuteContext, LoadOptionsContext } from 'n8n-core';
import {
	createRunExecutionData,
	Workflow,
	type ICredentialDataDecryptedObject,
	type IHttpRequestOptions,
	type INode,
	type INodeExecutionData,
	type INodeType,
	type INodeTypes,
	type IWorkflowExecuteAdditionalData,
	type NodeParameterValueType,
} from 'n8n-workflow';

export interface ContextOptions {
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

/** n8n's binary store with its files below `folder`; every context uses it from now on. */
export async function openBinaryStore(folder: string): Promise<BinaryDataService> {
	const config = {
		mode: 'filesystem',
		localStoragePath: folder,
		signingSecret: 'for-tests-only',
	};
	const service = new BinaryDataService(config as never, console as never, console as never);
	await service.init();
	Container.set(BinaryDataService, service);
	return service;
}

/** n8n-core's own context for one execution of a node, with its HTTP client and binary store. */
export function createContext(nodeType: INodeType, options: ContextOptions): ExecuteContext {
	const { items, credential, signal, runIndex = 0 } = options;
	const { workflow, node } = createWorkflow(nodeType, options);
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
}

/**
 * n8n-core's own context in which the editor fills a pick-list of the node.
 *
 * @param field where the pick-list stands in the form, e.g. `additionalFields.contactId`.
 */
export function createPickListContext(
	nodeType: INodeType,
	{ credential, parameters }: Pick<ContextOptions, 'credential' | 'parameters'>,
	field: string,
): LoadOptionsContext {
	const { workflow, node } = createWorkflow(nodeType, { parameters });
	const data = { ...additionalData(credential), currentNodeParameters: parameters };
	return new LoadOptionsContext(workflow, node, data, `parameters.${field}`);
}

function createWorkflow(
	nodeType: INodeType,
	{ parameters, onError, settings }: Pick<ContextOptions, 'parameters' | 'onError' | 'settings'>,
): { workflow: Workflow; node: INode } {
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
	const nodeTypes = {
		getByName: () => nodeType,
		getByNameAndVersion: () => nodeType,
		getKnownTypes: () => ({}),
	} as unknown as INodeTypes;
	const workflow = new Workflow({
		id: 'w',
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes,
		settings: settings as never,
	});
	return { workflow, node };
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
