/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests never ship */
import type { ChildProcess } from 'node:child_process';
import { on } from 'node:events';
import { join } from 'node:path';

import { end, spawnNode } from '../n8n/childProcess';
import { projectFolder } from '../n8n/package';
import type { Setting } from './figures';
import type { AccountSetup, Done, Opened, Order, Trace } from './messages';

/** Enough for workers to be independent of each other; one for each would be too many for two cores. */
const PROCESSES = 4;

/** A Close account and the workers that share its limit, in processes of their own. */
export class Crew {
	private constructor(
		private readonly account: ChildProcess,
		private readonly opened: Opened,
		private readonly apiKeys: string[],
		private readonly processes: ChildProcess[],
	) {}

	static async start(setup: AccountSetup): Promise<Crew> {
		const account = spawnProgram('account.ts', JSON.stringify(setup));
		const processes = Array.from({ length: PROCESSES }, () => spawnProgram('workers.ts'));
		const [opened] = await Promise.all(
			[account, ...processes].map(async (child) => await answer(child)),
		);
		return new Crew(account, opened as Opened, setup.apiKeys, processes);
	}

	/** Has all workers of a setting send their emails at once. */
	async send({ workers, emails, maxParallel, keys }: Setting): Promise<Done[]> {
		const done: Array<Promise<Done>> = [];
		for (let worker = 0; worker < workers; worker++) {
			const process = this.processes[worker % PROCESSES];
			const apiKey = this.apiKeys[worker % keys];
			const order: Order = { ...this.opened, worker, apiKey, emails, maxParallel };
			done.push(answer(process, isOf(worker)) as Promise<Done>);
			process.send(order);
		}
		return await Promise.all(done);
	}

	/** What has come to the account since this was asked last. */
	async trace(): Promise<Trace> {
		this.account.send('trace');
		return (await answer(this.account)) as Trace;
	}

	async close(): Promise<void> {
		await Promise.all([this.account, ...this.processes].map(end));
	}
}

function spawnProgram(program: string, ...args: string[]): ChildProcess {
	const path = join(__dirname, program);
	const child = spawnNode(process.execPath, ['--import', 'tsx', path, ...args], {
		cwd: projectFolder,
	});
	child.stderr?.on('data', (text: Buffer) => process.stderr.write(text));
	return child;
}

const isOf = (worker: number) => (message: unknown) => (message as Done).worker === worker;

/** The first message that is asked for, or what keeps it from coming. */
async function answer(
	child: ChildProcess,
	isMeant: (message: unknown) => boolean = () => true,
): Promise<unknown> {
	for await (const [message] of on(child, 'message', { close: ['exit'] })) {
		if (isMeant(message)) return message;
	}
	throw new Error('A process of the measurement has ended');
}
