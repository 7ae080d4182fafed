/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests never ship */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';

import { cached, isReady } from './cache';
import { answer, run } from './childProcess';

/**
 * The n8n that this process works with: a version that npm has, by N8N_RELEASE for another one.
 *
 * Not 2.41.3: it wants an `@n8n/agents` that npm does not have (seen 2026-11-23).
 */
export const n8nVersion = process.env.N8N_RELEASE || '2.41.1';

/**
 * Major version of the Node that runs an n8n: n8n 2.41 declares `>=24.0.0` in `engines`, and 1.123
 * `>=20.19 <= 24.x`, whose oldest is the one that is most likely to lack something.
 */
const nodeFor = (version: string): number => (version.startsWith('1.') ? 20 : 24);

/**
 * n8n 1.x takes the spreadsheet library from its maker's own server; n8n 2.41 has the same library
 * by this name of npm's. So npm is all that an installation needs.
 */
const fromNpm = { xlsx: 'npm:@e965/xlsx@0.20.2' };

export interface Installation {
	/** Path of the Node program that runs n8n. */
	node: string;
	/** Path of n8n's own command line script. */
	n8n: string;
}

/**
 * A real n8n and a Node that can run it, in the user's cache folder; installed when missing.
 *
 * The first time takes about five minutes and 3 GB.
 *
 * @throws Error of one line when a tool that builds n8n's native modules is missing.
 */
export async function install(): Promise<Installation> {
	const name = `n8n-${n8nVersion}`;
	if (!(await isReady(name))) requireBuildTools();

	const node = await installNode(nodeFor(n8nVersion));
	// isolated-vm is built for one version of Node's binary interface.
	const abi = answer(node, ['-p', 'process.versions.modules']);
	const folder = await cached(name, `abi ${abi}`, async (draft) => {
		await installN8n(draft, node);
	});
	return { node, n8n: join(folder, 'node_modules/n8n/bin/n8n') };
}

/** This process' Node when it is of that major version, else the one that npm carries as a package. */
async function installNode(major: number): Promise<string> {
	if (Number(process.versions.node.split('.')[0]) === major) return process.execPath;

	const program = `node-${process.platform}-${process.arch}`;
	const folder = await cached(`node-${major}`, program, async (draft) => {
		await createProject(draft, { [program]: String(major) });
		await npm(`Fetching Node ${major}`, draft, ['install', '--ignore-scripts']);
	});
	return join(folder, 'node_modules', program, 'bin/node');
}

/**
 * Of n8n's dependencies only these need their install scripts; another one's native build does not
 * succeed everywhere, and n8n runs without it. isolated-vm is for Node 22 and later; n8n 1.x does not
 * load it unless told to.
 */
const nativeModules = (node: number) => ['sqlite3', ...(node >= 22 ? ['isolated-vm'] : [])];

async function installN8n(folder: string, node: string): Promise<void> {
	await createProject(folder, { n8n: n8nVersion }, fromNpm);
	await npm(`Fetching n8n ${n8nVersion} (once, about 3 GB)`, folder, [
		'install',
		'--ignore-scripts',
	]);
	const modules = nativeModules(nodeFor(n8nVersion));
	const nodeFolder = dirname(dirname(node));
	const hasHeaders = existsSync(join(nodeFolder, 'include/node/node.h'));
	await npm(
		"Building n8n's native modules",
		folder,
		['rebuild', '--ignore-scripts=false', ...modules],
		{
			PATH: [dirname(node), process.env.PATH].join(delimiter),
			...(hasHeaders && { npm_config_nodedir: nodeFolder }),
		},
	);
	const proofs = modules.map((name) => `require('${name}')`);
	proofs.push("new (require('sqlite3').Database)(':memory:')");
	await run("Trying n8n's native modules", node, ['-e', proofs.join('; ')], { cwd: folder });
}

async function createProject(
	folder: string,
	dependencies: Record<string, string>,
	overrides: Record<string, string> = {},
): Promise<void> {
	const manifest = { private: true, dependencies, overrides };
	await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
}

async function npm(
	label: string,
	folder: string,
	args: string[],
	environment: Record<string, string> = {},
): Promise<void> {
	// The prefix is given as well: under `npm run` the environment names this project's folder.
	const quiet = ['--prefix', folder, '--no-audit', '--no-fund', '--loglevel=error'];
	await run(label, 'npm', [...args, ...quiet], {
		cwd: folder,
		env: { ...process.env, ...environment },
	});
}

function requireBuildTools(): void {
	const works = (command: string) => answer(command, ['--version']) !== undefined;
	const missing = [
		works('python3') ? [] : 'python3',
		works('make') ? [] : 'make',
		['c++', 'g++', 'clang++'].some(works) ? [] : 'a C++ compiler',
	].flat();
	if (missing.length === 0) return;
	throw new Error(
		`n8n's native modules cannot be built without ${missing.join(', ')}. ` +
			"Install them first (Debian and Ubuntu: 'apt install python3 make g++', macOS: 'xcode-select --install').",
	);
}
