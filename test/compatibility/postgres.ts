/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- tests never ship */
import { spawn, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { answer, end, outcome, run, tail } from '../n8n/childProcess';
import { freePort } from '../n8n/ports';

/** Debian keeps the server's programs out of the PATH, by version. */
const DEBIAN = '/usr/lib/postgresql';
/** Not TMPDIR, whose folders are this user's alone: PostgreSQL does not run as root. */
const TEMPORARY = '/tmp';
/** The user that Debian's package makes for the server. */
const SERVER_USER = 'postgres';

const READY = /database system is ready to accept connections/;

/** Debian's package that is missing; undefined when none is. */
export const noPostgres = (): string | undefined =>
	programs() === undefined ? 'postgresql' : undefined;

/** A PostgreSQL of its own on 127.0.0.1, with one empty database. */
export class Postgres {
	private constructor(
		private readonly child: ChildProcess,
		private readonly folder: string,
		private readonly port: number,
	) {}

	/** @throws Error with what it printed when it ends instead of starting. */
	static async start(): Promise<Postgres> {
		const bin = programs()!;
		const folder = mkdtempSync(join(TEMPORARY, 'close-files-postgres-'));
		const user = serverUser();
		if (user !== undefined) chownSync(folder, user.uid, user.gid);
		const port = await freePort();
		const owner = ['--username', SERVER_USER, '--auth', 'trust', '--encoding', 'UTF8'];
		const create = [join(bin, 'initdb'), '-D', folder, ...owner, '--locale', 'C', '--no-sync'];
		await run('Creating a database', 'setpriv', [...asServer(), ...create], { cwd: TEMPORARY });
		// Nothing of it is to outlast a crash.
		const settings = ['-c', 'unix_socket_directories=', '-c', 'fsync=off'];
		const serve = ['-D', folder, '-h', '127.0.0.1', '-p', String(port), ...settings];
		const args = [...asServer(), join(bin, 'postgres'), ...serve];
		const child = spawn('setpriv', args, { cwd: TEMPORARY, stdio: ['ignore', 'pipe', 'pipe'] });
		const ended = outcome(child);
		await new Promise<void>((resolve, reject) => {
			child.stderr.on('data', (text: string) => READY.test(text) && resolve());
			void ended.then(
				({ log }) => reject(new Error(`PostgreSQL did not start:\n${tail(log)}`)),
				reject,
			);
		});
		return new Postgres(child, folder, port);
	}

	/** What n8n has to be told to use it. */
	get variables(): Record<string, string> {
		return {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(this.port),
			DB_POSTGRESDB_DATABASE: 'postgres',
			DB_POSTGRESDB_USER: SERVER_USER,
		};
	}

	/** As it says itself: `15.18`. */
	static version(): string {
		const said = answer(join(programs()!, 'postgres'), ['--version']) ?? '';
		return /\d[\d.]*/.exec(said)?.[0] ?? '';
	}

	async close(): Promise<void> {
		await end(this.child);
		rmSync(this.folder, { recursive: true, force: true });
	}
}

/** The folder of the server's programs; Debian's newest when there are several. */
function programs(): string | undefined {
	const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN) : [];
	const debian = versions
		.sort((a, b) => Number(b) - Number(a))
		.map((each) => join(DEBIAN, each, 'bin'));
	const folders = [...debian, ...(process.env.PATH ?? '').split(delimiter)];
	return folders.find((folder) =>
		['initdb', 'postgres'].every((name) => existsSync(join(folder, name))),
	);
}

/** Parameters of setpriv: it ends with this process, however that ends, and is not root's. */
function asServer(): string[] {
	const user = serverUser();
	const identity = user ? [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups'] : [];
	return ['--pdeathsig', 'QUIT', ...identity];
}

function serverUser(): { uid: number; gid: number } | undefined {
	if (process.getuid?.() !== 0) return undefined;
	const [uid, gid] = ['-u', '-g'].map((which) => Number(answer('id', [which, SERVER_USER])));
	return { uid, gid };
}
