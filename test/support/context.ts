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
	/** Set, the node's authentication is OAuth2, with this credential. */
	oAuth2?: StoredCredential;
	onError?: INode['onError'];
	settings?: { binaryMode?: 'separate' | 'combined'; timezone?: string };
	signal?: AbortSignal;
	runIndex?: number;
}

/** A credential as n8n's database holds it; n8n-core stores refreshed tokens here. */
export interface StoredCredential {
	data: ICredentialDataDecryptedObject;
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
	const { items, signal, runIndex = 0 } = options;
	const { workflow, node } = createWorkflow(nodeType, options);
	const data = { main: [items] };
	return new ExecuteContext(
		workflow,
		workflow.nodes[node.name],
		additionalData(options),
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
	{ credential, parameters, oAuth2 }: Pick<ContextOptions, 'credential' | 'parameters' | 'oAuth2'>,
	field: string,
): LoadOptionsContext {
	const { workflow, node } = createWorkflow(nodeType, { parameters, oAuth2 });
	// The form as the editor shows it; n8n takes the choice of credential from there.
	const currentNodeParameters = node.parameters;
	const data = { ...additionalData({ credential, oAuth2 }), currentNodeParameters };
	return new LoadOptionsContext(workflow, node, data, `parameters.${field}`);
}

function createWorkflow(
	nodeType: INodeType,
	{
		parameters,
		oAuth2,
		onError,
		settings,
	}: Pick<ContextOptions, 'parameters' | 'oAuth2' | 'onError' | 'settings'>,
): { workflow: Workflow; node: INode } {
	const node: INode = {
		id: 'node-1',
		name: 'Close Files',
		type: 'n8n-nodes-close-files.closeFiles',
		typeVersion: 1,
		position: [0, 0],
		parameters: { authentication: oAuth2 ? 'oAuth2' : 'apiKey', ...parameters },
		credentials: {
			closeApi: { id: '1', name: 'Close' },
			closeOAuth2Api: { id: '2', name: 'Close' },
		},
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
function additionalData({
	credential,
	oAuth2,
}: Pick<ContextOptions, 'credential' | 'oAuth2'>): IWorkflowExecuteAdditionalData {
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
			getParentTypes: (type: string) => (type === 'closeOAuth2Api' ? ['oAuth2Api'] : []),
			isCredentialUsableByNode: async () => true,
			getCredentialsProperties: () => [],
			getDecrypted: async (_data: unknown, _credential: unknown, type: string) =>
				type === 'closeOAuth2Api' ? structuredClone(oAuth2?.data) : credential,
			runPreAuthentication: async () => undefined,
			updateCredentialsOauthTokenData: async (
				_credential: unknown,
				_type: string,
				{ oauthTokenData }: ICredentialDataDecryptedObject,
			) => {
				Object.assign(oAuth2?.data ?? {}, { oauthTokenData });
			},
			preAuthentication: async () => undefined,
			authenticate: async (
				{ apiKey }: { apiKey: string },
				_type: string,
				request: IHttpRequestOptions,
			) => ({ ...request, auth: { username: apiKey, password: '' } }),
		},
	} as unknown as IWorkflowExecuteAdditionalData;
}
