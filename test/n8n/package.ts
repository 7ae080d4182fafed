/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests never ship */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { run } from './childProcess';

export const projectFolder = resolve(__dirname, '../..');

/** What the build reads. */
const sources = ['nodes', 'credentials', 'icons', 'gulpfile.js', 'package.json', 'tsconfig.json'];

/** Builds `dist` when it is missing or a source is newer. */
export async function build(): Promise<void> {
	const manifest = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as {
		n8n: { nodes: string[] };
	};
	const built = join(projectFolder, manifest.n8n.nodes[0]);
	const newest = Math.max(...sources.map((source) => lastChange(join(projectFolder, source))));
	if (existsSync(built) && statSync(built).mtimeMs > newest) return;
	await run('Building the package', 'npm', ['run', 'build'], { cwd: projectFolder });
}

/**
 * Puts the package where n8n's own installer puts a community package: packed by npm and unpacked
 * in `modulesFolder`, so that a file which `files` of package.json forgets is missing here too.
 */
export async function installPackage(modulesFolder: string): Promise<void> {
	const target = join(modulesFolder, 'n8n-nodes-close-files');
	await mkdir(target, { recursive: true });
	const folder = await mkdtemp(join(tmpdir(), 'close-files-pack-'));
	try {
		const args = ['pack', '--ignore-scripts', '--loglevel=error', '--pack-destination', folder];
		await run('Packing the package', 'npm', args, { cwd: projectFolder });
		const [tarball] = readdirSync(folder);
		const unpack = ['-xzf', join(folder, tarball), '-C', target, '--strip-components=1'];
		await run('Unpacking the package', 'tar', unpack);
	} finally {
		await rm(folder, { recursive: true });
	}
}

/** Time of the newest change in a file or folder, in ms since 1970; 0 when there is none. */
function lastChange(path: string): number {
	if (!existsSync(path)) return 0;
	const { mtimeMs, isDirectory } = { ...statSync(path), isDirectory: statSync(path).isDirectory() };
	if (!isDirectory) return mtimeMs;
	return Math.max(mtimeMs, ...readdirSync(path).map((name) => lastChange(join(path, name))));
}
