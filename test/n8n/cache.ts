/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests never ship */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Outside the project: n8n takes 3 GB, and its nodes must not be found by the project's tools. */
export const cacheFolder = join(
	process.env.XDG_CACHE_HOME || join(homedir(), '.cache'),
	'n8n-nodes-close-files',
);

/** Written last, so a folder that has it is complete. Holds the stamp that the folder was made for. */
const marker = 'ready';

/** Whether `name` was made completely, for this stamp or (without one) for any. */
export async function isReady(name: string, stamp?: string): Promise<boolean> {
	const path = join(cacheFolder, name, marker);
	if (!existsSync(path)) return false;
	return stamp === undefined || (await readFile(path, 'utf8')).trim() === stamp;
}

/**
 * The folder `name` of the cache, made by `fill` unless it is there for the same stamp.
 *
 * `fill` works in a draft folder that is renamed when it is complete: an interrupted or parallel
 * run never leaves a folder that looks finished.
 */
export async function cached(
	name: string,
	stamp: string,
	fill: (draft: string) => Promise<void>,
): Promise<string> {
	const folder = join(cacheFolder, name);
	if (await isReady(name, stamp)) return folder;

	await mkdir(cacheFolder, { recursive: true });
	const unlock = await lock(name);
	try {
		// Another process may have made it while this one waited.
		if (await isReady(name, stamp)) return folder;
		await removeAbandonedDrafts(name);
		const draft = `${folder}.draft-${process.pid}`;
		await mkdir(draft);
		await fill(draft);
		await writeFile(join(draft, marker), `${stamp}\n`);
		await rm(folder, { recursive: true, force: true });
		await rename(draft, folder);
	} finally {
		await unlock();
	}
	return folder;
}

/** Waits for its turn; resolves to the function that gives it back. */
async function lock(name: string): Promise<() => Promise<void>> {
	const path = join(cacheFolder, `${name}.lock`);
	for (let told = false; ; told = true) {
		const taken = await mkdir(path).then(
			() => true,
			() => false,
		);
		if (taken) break;
		const owner = await readOwner(path);
		if (!told) process.stderr.write(`Waiting for process ${owner || '…'}, which has ${path}\n`);
		await sleep(1000);
		// Looked at a second time, since the owner writes its id just after it made the folder.
		const stillOwner = await readOwner(path);
		if (owner === stillOwner && !isAlive(owner)) await rm(path, { recursive: true });
	}
	await writeFile(join(path, 'pid'), String(process.pid));
	return async () => await rm(path, { recursive: true, force: true });
}

/** Id of the process that holds a lock; 0 when it did not write it. */
async function readOwner(path: string): Promise<number> {
	return Number(await readFile(join(path, 'pid'), 'utf8').catch(() => 0));
}

async function removeAbandonedDrafts(name: string): Promise<void> {
	for (const entry of await readdir(cacheFolder)) {
		const [owner, id] = basename(entry).split('.draft-');
		if (owner !== name || id === undefined || isAlive(Number(id))) continue;
		await rm(join(cacheFolder, entry), { recursive: true, force: true });
	}
}

function isAlive(pid: number): boolean {
	// What has this process' id is left from an earlier one of the same id.
	if (!pid || pid === process.pid) return false;
	try {
		return process.kill(pid, 0);
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}
