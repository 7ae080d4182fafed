/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests never ship */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ExecuteContext } from 'n8n-core';
import type { IHttpRequestOptions, INodeType } from 'n8n-workflow';

import { cacheFolder, cached } from '../n8n/cache';
import { run } from '../n8n/childProcess';

/** The only other package for Close on npm that uploads a file (2026-11-24), to notes. */
const name = '@crm-kraft/n8n-nodes-close';
const version = '2.3.68';
const folder = 'bench-crm-kraft';
export const rival = `${name} ${version}`;

/** What the package has every request go to. */
const CLOSE = 'https://api.close.com/api/v1';

/** Brings the package from npm into the cache folder. n8n-workflow, its peer, stays ours. */
export async function installRival(): Promise<void> {
	await cached(folder, version, async (draft) => {
		writeFileSync(join(draft, 'package.json'), JSON.stringify({ private: true }));
		const quiet = ['--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'];
		const args = ['install', `${name}@${version}`, '--prefix', draft, '--loglevel=error', ...quiet];
		await run(`Fetching ${rival}`, 'npm', args, { cwd: draft });
	});
}

/** The package's node as npm delivers it. */
export function loadRival(): INodeType {
	const path = join(cacheFolder, folder, 'node_modules', name, 'dist/nodes/Close/Close.node.js');
	const { Close } = createRequire(__filename)(path) as { Close: new () => INodeType };
	return new Close();
}

/** Leads the package's requests to Close, whose address is fixed in it, to another. */
export function leadTo(baseUrl: string, { helpers }: ExecuteContext): void {
	const request = helpers.httpRequestWithAuthentication;
	helpers.httpRequestWithAuthentication = async function (type, options: IHttpRequestOptions) {
		return await request.call(this, type, { ...options, url: options.url.replace(CLOSE, baseUrl) });
	};
}
