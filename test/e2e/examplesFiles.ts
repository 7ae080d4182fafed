/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INode } from 'n8n-workflow';

import type { CredentialFile } from '../n8n/instance';
import { projectFolder } from '../n8n/package';
import type { WorkflowFile } from '../n8n/workflow';

const folder = join(projectFolder, 'examples');

/** The example's nodes by their names. */
export type Nodes = Record<string, INode>;

export const exampleNames = readdirSync(folder).filter((name) => name.endsWith('.json'));

/** An example as a user imports it. */
export function readExample(name: string): WorkflowFile {
	return JSON.parse(readFileSync(join(folder, name), 'utf8')) as WorkflowFile;
}

export function nodesOf({ nodes }: WorkflowFile): Nodes {
	return Object.fromEntries(nodes.map((node) => [node.name, node]));
}

/** Chooses a credential in every node of the given type. */
export function choose({ nodes }: WorkflowFile, type: string, credential: CredentialFile): void {
	const { id, name } = credential;
	for (const node of nodes.filter((each) => each.type === type)) {
		node.credentials = { [credential.type]: { id, name } };
	}
}
