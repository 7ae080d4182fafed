/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

import { end, outcome, peakMemory, spawnNode, tail, type Outcome } from './childProcess';
import type { Installation } from './install';

const READY_MS = 120_000;

/** A running process of n8n that listens: the server itself, or a worker of queue mode. */
export class Server {
	/** Address, without a slash at the end. */
	readonly url: string;
	private readonly child: ChildProcess;
	private readonly outcome: Promise<Outcome>;
	private ended?: Outcome;

	/** `port` is the one that `options.env` has it listen at. */
	constructor(
		{ node, n8n }: Installation,
		args: string[],
		{ port, ...options }: SpawnOptions & { port: number },
	) {
		this.url = `http://127.0.0.1:${port}`;
		this.child = spawnNode(node, [n8n, ...args], options);
		this.outcome = outcome(this.child);
		void this.outcome.then((result) => (this.ended = result));
	}

	/**
	 * Waits until `path` is answered with JSON, if only by a refusal.
	 *
	 * @throws Error with the end of n8n's log when it ends before, or takes too long.
	 */
	async answers(path: string): Promise<void> {
		const deadline = Date.now() + READY_MS;
		while (!(await isAnswered(this.url + path))) {
			if (this.ended)
				throw new Error(`n8n ended with ${this.ended.code}:\n${tail(this.ended.log)}`);
			if (Date.now() > deadline) {
				throw new Error(`n8n was not ready after two minutes:\n${tail(await this.stop())}`);
			}
			await sleep(200);
		}
	}

	/** Highest resident memory so far, in bytes; 0 where only Linux would know. */
	get peakMemory(): number {
		return peakMemory(this.child);
	}

	/** Ends it; resolves to everything that it printed. */
	async stop(): Promise<string> {
		await end(this.child);
		return (await this.outcome).log;
	}
}

async function isAnswered(url: string): Promise<boolean> {
	return await fetch(url).then(
		(answer) => answer.status !== 404 && answer.status < 500 && isJson(answer),
		() => false,
	);
}

/** While n8n starts, any path may be answered with 200 and "n8n is starting up" as HTML. */
export function isJson({ headers }: Response): boolean {
	return /^application\/json\b/.test(headers.get('content-type') ?? '');
}
