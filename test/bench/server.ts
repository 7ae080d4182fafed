/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests never ship */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { end, spawnNode } from '../n8n/childProcess';
import { projectFolder } from '../n8n/package';
import type { Fault, LoggedRequest } from '../sandbox/server';

/** Where uploads go: an origin that plays Close, and what a credential for it holds. */
export interface Address {
	url: string;
	baseUrl: string;
	apiKey: string;
}

/** A server in a process of its own, so that it takes no time of those that are measured. */
export abstract class Server {
	protected constructor(
		private readonly process: ChildProcess,
		readonly address: Address,
	) {}

	/** Bytes that the last upload brought; for the sink those of the whole form. */
	abstract lastUpload(): Promise<number>;

	async close(): Promise<void> {
		await end(this.process);
	}

	protected async call<T>(method: string, path: string, body?: object): Promise<T> {
		const answer = await fetch(`${this.address.url}${path}`, {
			method,
			body: body && JSON.stringify(body),
		});
		if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}`);
		return (await answer.json()) as T;
	}
}

/** Parses forms and checks signature and policy as S3 does, then drops the file. */
export class SandboxServer extends Server {
	static async start(): Promise<SandboxServer> {
		return new SandboxServer(...(await startProcess('sandboxProcess.ts')));
	}

	async requests(): Promise<LoggedRequest[]> {
		return await this.call('GET', '/sandbox/requests');
	}

	async lastUpload(): Promise<number> {
		const uploads = (await this.requests()).filter(({ call }) => call === 'POST s3');
		return uploads.at(-1)?.form?.file?.size ?? 0;
	}

	/** Has every matching call go this way from now on, and forgets what was before. */
	async always(fault: Pick<Fault, 'call' | 'effect'>): Promise<void> {
		await this.reset();
		// The sandbox reads null as "for ever".
		await this.call('POST', '/sandbox/faults', { ...fault, times: null });
	}

	async reset(): Promise<void> {
		await this.call('POST', '/sandbox/reset');
	}

	async firstLead(): Promise<string> {
		const { leads } = await this.call<{ leads: Array<{ id: string }> }>('GET', '/sandbox/records');
		return leads[0].id;
	}
}

/** Counts bytes and looks at nothing. */
export class SinkServer extends Server {
	static async start(): Promise<SinkServer> {
		return new SinkServer(...(await startProcess('sink.ts')));
	}

	async lastUpload(): Promise<number> {
		return (await this.call<{ bytes: number }>('GET', '/last-form')).bytes;
	}
}

/** Starts a program of this folder that prints its address as its first line. */
async function startProcess(program: string): Promise<[ChildProcess, Address]> {
	const args = ['--import', 'tsx', join(__dirname, program)];
	const child = spawnNode(process.execPath, args, { cwd: projectFolder });
	child.stderr?.on('data', (text: Buffer) => process.stderr.write(text));
	const ended = once(child, 'exit').then(() => {
		throw new Error(`${program} ended before it listened`);
	});
	const [line] = (await Promise.race([once(child.stdout!, 'data'), ended])) as [Buffer];
	return [child, JSON.parse(String(line)) as Address];
}
