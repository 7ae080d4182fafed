/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions -- tests never ship */
import { spawn, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';

import { answer, end, outcome, tail } from '../n8n/childProcess';
import { freePort } from '../n8n/ports';

/** Debian's package that is missing; undefined when none is. */
export const noRedis = (): string | undefined =>
	answer('redis-server', ['--version']) === undefined ? 'redis-server' : undefined;

/** A Redis of its own on 127.0.0.1, which keeps nothing. */
export class Redis {
	private constructor(
		private readonly child: ChildProcess,
		private readonly port: number,
	) {}

	/** @throws Error with what it printed when it ends instead of starting. */
	static async start(): Promise<Redis> {
		const port = await freePort();
		const place = ['--bind', '127.0.0.1', '--port', String(port), '--dir', tmpdir()];
		const keepsNothing = ['--save', '', '--appendonly', 'no'];
		// Ends with this process, however that ends.
		const args = ['--pdeathsig', 'KILL', 'redis-server', ...place, ...keepsNothing];
		const child = spawn('setpriv', args, { stdio: ['ignore', 'pipe', 'pipe'] });
		const ended = outcome(child);
		await new Promise<void>((resolve, reject) => {
			child.stdout.on('data', (text: string) => {
				if (/Ready to accept connections/.test(text)) resolve();
			});
			void ended.then(({ log }) => reject(new Error(`Redis did not start:\n${tail(log)}`)), reject);
		});
		return new Redis(child, port);
	}

	/** What n8n has to be told to run in queue mode with it. */
	get variables(): Record<string, string> {
		return {
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(this.port),
		};
	}

	/** As it says itself: `7.0.15`. */
	static version(): string {
		return /v=(\S+)/.exec(answer('redis-server', ['--version']) ?? '')?.[1] ?? '';
	}

	async close(): Promise<void> {
		await end(this.child);
	}
}
