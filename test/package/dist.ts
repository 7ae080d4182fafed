/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- tests never ship */
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The project's folder. */
export const root = resolve(__dirname, '../..');

const sources = ['nodes', 'credentials', 'icons', 'gulpfile.js', 'tsconfig.json'];

/**
 * Leaves a dist that is not older than its sources, so that `npm test` needs nothing done before.
 *
 * Only one test file may call this: the build empties dist, and test files run side by side.
 */
export function buildIfStale(): void {
	const built = modified(join(root, 'dist/nodes/CloseFiles/CloseFiles.node.js'));
	if (sources.some((source) => newest(join(root, source)) > built)) {
		const shell = process.platform === 'win32';
		execFileSync('npm', ['run', 'build'], { cwd: root, shell, stdio: 'pipe' });
	}
}

/** When a folder or anything in it was last changed; a folder itself changes with a removed file. */
function newest(path: string): number {
	if (!statSync(path).isDirectory()) return modified(path);
	const inside = readdirSync(path).map((name) => newest(join(path, name)));
	return Math.max(modified(path), ...inside);
}

/** Milliseconds since 1970; before everything else for a file that is not there. */
function modified(path: string): number {
	return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? -Infinity;
}
