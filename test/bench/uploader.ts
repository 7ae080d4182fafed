/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests never ship */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { end, peakMemory, spawnNode } from '../n8n/childProcess';
import { projectFolder } from '../n8n/package';
import type { ContenderName } from './contenders';
import type { Server } from './server';
import type { Store, StoredFile } from './store';
import type { Answer, Order, Setup } from './uploaderProcess';

/** One way to upload, in a process of its own: n8n-core's execution context without the rest of n8n. */
export class Uploader {
	private readonly ended: Promise<never>;

	private constructor(
		private readonly child: ChildProcess,
		private readonly server: Server,
	) {
		this.ended = once(child, 'exit').then(([code, signal]) => {
			throw new Error(`The uploading process ended with ${code ?? signal}`);
		});
	}

	static async start(contender: ContenderName, server: Server, store: Store): Promise<Uploader> {
		const setup: Setup = { contender, address: server.address, folder: store.folder };
		const program = join(__dirname, 'uploaderProcess.ts');
		const args = ['--import', 'tsx', program, JSON.stringify(setup)];
		// n8n-workflow, which a package from npm expects from its host.
		const env = { ...process.env, NODE_PATH: join(projectFolder, 'node_modules') };
		const child = spawnNode(process.execPath, args, { cwd: projectFolder, env });
		child.stderr?.on('data', (text: Buffer) => process.stderr.write(text));
		const uploader = new Uploader(child, server);
		await uploader.answer();
		return uploader;
	}

	/**
	 * How long an upload took, in ms.
	 *
	 * @throws Error when it did not succeed or the server did not get all of the file.
	 */
	async upload(file: StoredFile): Promise<number> {
		const order: Order = { binary: file.binary };
		this.child.send(order);
		const { ms, refusal } = await this.answer();
		if (refusal !== undefined) throw new Error(refusal);
		const arrived = await this.server.lastUpload();
		if (arrived < file.size) throw new Error(`${arrived} of ${file.size} bytes arrived`);
		return ms;
	}

	/** Highest resident memory so far, in bytes. */
	get peakMemory(): number {
		return peakMemory(this.child);
	}

	async close(): Promise<void> {
		await end(this.child);
	}

	private async answer(): Promise<Answer> {
		const [answer] = (await Promise.race([once(this.child, 'message'), this.ended])) as [Answer];
		return answer;
	}
}

/** The highest memory, in bytes, of a new process that uploads the file, once or again and again. */
export async function peakOfUpload(
	start: () => Promise<Uploader>,
	file: StoredFile,
	uploads = 1,
): Promise<number> {
	const uploader = await start();
	try {
		for (let upload = 0; upload < uploads; upload++) await uploader.upload(file);
		return uploader.peakMemory;
	} finally {
		await uploader.close();
	}
}
