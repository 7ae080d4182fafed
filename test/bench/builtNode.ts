/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests never ship */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { INodeType } from 'n8n-workflow';

import { projectFolder } from '../n8n/package';

/** Paths of the built nodes and credentials, as package.json names them to n8n. */
export function builtFiles(): string[] {
	const manifest = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as {
		n8n: { nodes: string[]; credentials: string[] };
	};
	const { nodes, credentials } = manifest.n8n;
	return [...nodes, ...credentials].map((path) => join(projectFolder, path));
}

/** The node as it ships. */
export function builtNode(): INodeType {
	const { CloseFiles } = createRequire(__filename)(builtFiles()[0]) as {
		CloseFiles: new () => INodeType;
	};
	return new CloseFiles();
}
