import { randomUUID } from 'node:crypto';
import type {
	IConnections,
	INode,
	INodeExecutionData,
	INodeParameters,
	IRunExecutionData,
} from 'n8n-workflow';

/** What `n8n import:workflow` and `POST /rest/workflows` take; the same shape as an exported file. */
export interface WorkflowFile {
	id: string;
	name: string;
	active: boolean;
	nodes: INode[];
	connections: IConnections;
	settings: Record<string, unknown>;
}

/** A workflow of the given nodes, each connected to the next. */
export function chain(name: string, ...nodes: INode[]): WorkflowFile {
	const connections: IConnections = {};
	nodes.slice(1).forEach((node, index) => {
		connections[nodes[index].name] = { main: [[{ node: node.name, type: 'main', index: 0 }]] };
	});
	nodes.forEach((node, index) => (node.position = [220 * index, 0]));
	return { id: newId(), name, active: false, nodes, connections, settings: {} };
}

export function manualTrigger(): INode {
	return node('Start', 'n8n-nodes-base.manualTrigger', 1, {});
}

/**
 * Starts at `GET /webhook/<path>`, or `POST`, which is answered when the workflow has ended. Each file
 * of a posted form lies in the field of its name.
 */
export function webhook(path: string, httpMethod: 'GET' | 'POST' = 'GET'): INode {
	const parameters = { path, httpMethod, responseMode: 'lastNode', options: {} };
	return { ...node('Webhook', 'n8n-nodes-base.webhook', 2, parameters), webhookId: path };
}

/**
 * One item per file that matches the pattern, its content in `binary.data`. The node streams into
 * n8n's store and needs neither a task runner nor the internet.
 */
export function readFiles(pattern: string): INode {
	return node('Read Files', 'n8n-nodes-base.readWriteFile', 1.1, {
		operation: 'read',
		fileSelector: pattern,
		options: {},
	});
}

/** The node under test. Parameters that are left out get their defaults from n8n. */
export function closeFiles(
	credential: { id: string; name: string },
	parameters: INodeParameters,
	settings: Partial<INode> = {},
): INode {
	return {
		...node('Close Files', 'n8n-nodes-close-files.closeFiles', 1, parameters),
		credentials: { closeApi: { id: credential.id, name: credential.name } },
		...settings,
	};
}

/** The items that a node gave in its last run. */
export function outputOf(run: { data: IRunExecutionData }, nodeName: string): INodeExecutionData[] {
	return run.data.resultData.runData[nodeName]?.at(-1)?.data?.main[0] ?? [];
}

/** n8n's own ids have 16 characters; longer ones do not fit its database. */
export function newId(): string {
	return randomUUID().replaceAll('-', '').slice(0, 16);
}

export function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: INodeParameters,
): INode {
	return { id: randomUUID(), name, type, typeVersion, parameters, position: [0, 0] };
}
