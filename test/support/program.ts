/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests never ship */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { errorText } from './errorText';

/** What a program has opened and gives back in the end, last opened first. */
const opened: Array<{ close(): unknown }> = [];

let finishing: Promise<never> | undefined;

export const say = (text: string) => process.stdout.write(`${text}\n`);

/** Has it closed when the program ends, however it ends. */
export function closeAtEnd<T extends { close(): unknown }>(thing: T): T {
	opened.unshift(thing);
	return thing;
}

/** A folder for all temporary files of the program and of the processes it starts from now on. */
export function temporaryFolder(name: string): string {
	const folder = mkdtempSync(join(tmpdir(), `close-files-${name}-`));
	process.env.TMPDIR = folder;
	closeAtEnd({ close: () => rmSync(folder, { recursive: true, force: true }) });
	return folder;
}

/**
 * Runs a program to its end, the user's Ctrl+C or its failure; then closes all it has opened.
 *
 * @param main answers the exit code.
 */
export function runProgram(main: () => Promise<number>): void {
	process.once('SIGINT', () => void finish(130)).once('SIGTERM', () => void finish(143));
	main().then(finish, async (error: Error) => {
		// Closing makes `main` fail as well.
		if (!finishing) process.stderr.write(`${errorText(error)}\n`);
		await finish(1);
	});
}

/** Only the first call decides on the exit code. */
async function finish(code: number): Promise<never> {
	finishing ??= closeAll().then(
		() => process.exit(code),
		(error: Error) => {
			process.stderr.write(`Not all could be closed: ${error.message}\n`);
			process.exit(code || 1);
		},
	);
	return await finishing;
}

/** One that cannot be closed keeps no other from it. */
async function closeAll(): Promise<void> {
	const failures: unknown[] = [];
	for (const each of opened) {
		try {
			await each.close();
		} catch (error) {
			failures.push(error);
		}
	}
	if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join('; '));
}
