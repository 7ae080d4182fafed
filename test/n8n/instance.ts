/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ICredentialDataDecryptedObject, IRun } from 'n8n-workflow';

import { outcome, spawnNode, tail, type Outcome } from './childProcess';
import { environmentOf } from './environment';
import { install, type Installation } from './install';
import { build, installPackage } from './package';
import { freePort } from './ports';
import { Server } from './server';
import type { WorkflowFile } from './workflow';

/** Where n8n keeps the files of items; `default` is in memory. */
export type BinaryMode = 'default' | 'filesystem' | 'database';

export interface CredentialFile {
	id: string;
	name: string;
	type: string;
	data: ICredentialDataDecryptedObject;
}

/**
 * A real n8n with this package installed, in a folder of its own that `remove` deletes.
 *
 * The command line (`execute`) and the server (`start`) work on the same database. Everything
 * listens on 127.0.0.1, and n8n asks nothing of the internet.
 */
export class Instance {
	/** Environment variables beyond those that every instance has; for what is started from then on. */
	readonly variables: Record<string, string> = {};
	private server?: Server;
	private readonly workers: Server[] = [];
	private readonly encryptionKey = randomBytes(16).toString('hex');

	private constructor(
		private readonly installation: Installation,
		private readonly folder: string,
		/** The folder that "Read/Write Files from Disk" may read; n8n refuses its own. */
		readonly filesFolder: string,
		private readonly binaryMode: BinaryMode,
	) {}

	static async create(binaryMode: BinaryMode = 'filesystem'): Promise<Instance> {
		const installation = await install();
		await build();
		const folder = await mkdtemp(join(tmpdir(), 'close-files-n8n-'));
		const filesFolder = join(folder, 'files');
		await mkdir(filesFolder);
		await installPackage(join(folder, '.n8n/nodes/node_modules'));
		return new Instance(installation, folder, filesFolder, binaryMode);
	}

	/** Address of the server, without a slash at the end; empty unless it runs. */
	get url(): string {
		return this.server?.url ?? '';
	}

	/** Stores credentials and workflows; faster before `start` than through the server. */
	async import(credentials: CredentialFile[], workflows: WorkflowFile[]): Promise<void> {
		await this.importFile('credentials', credentials);
		await this.importFile('workflow', workflows);
	}

	/**
	 * Runs a stored workflow to its end in a process of its own.
	 *
	 * @throws Error with the end of n8n's log when the workflow does not succeed.
	 */
	async execute(
		workflowId: string,
		binaryMode = this.binaryMode,
	): Promise<IRun & { peakMemory: number }> {
		const args = ['execute', `--id=${workflowId}`, '--rawOutput'];
		const result = await this.command(args, /^ {2}"status": "success"/m, {
			N8N_DEFAULT_BINARY_DATA_MODE: binaryMode,
		});
		return { ...(readJson(result.stdout) as IRun), peakMemory: result.peakMemory };
	}

	async start(): Promise<void> {
		const port = await freePort();
		const environment = await this.environment({ N8N_PORT: String(port) });
		this.server = new Server(this.installation, ['start'], { ...environment, port });
		// Comes with the whole REST API. n8n 1.x answers `/healthz/readiness` and `/rest/settings` before.
		await this.server.answers('/rest/login');
	}

	/** A worker of queue mode, which `remove` ends as well; the variables say where the queue is. */
	async startWorker(concurrency: number): Promise<Server> {
		const port = await freePort();
		const environment = await this.environment({
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(port),
			N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		});
		const args = ['worker', `--concurrency=${concurrency}`];
		const worker = new Server(this.installation, args, { ...environment, port });
		this.workers.push(worker);
		await worker.answers('/healthz/readiness');
		return worker;
	}

	/** Highest resident memory of the server so far, in bytes; 0 where only Linux would know. */
	get peakMemory(): number {
		return this.server?.peakMemory ?? 0;
	}

	/** Ends the server; resolves to everything that it printed. */
	async stop(): Promise<string> {
		const log = await this.server?.stop();
		this.server = undefined;
		return log ?? '';
	}

	/** The bytes of n8n's database as they lie on disk, with the changes not yet merged into it. */
	async readDatabase(): Promise<Buffer> {
		const folder = join(this.folder, '.n8n');
		const names = (await readdir(folder)).filter((name) => name.startsWith('database.sqlite'));
		return Buffer.concat(await Promise.all(names.map((name) => readFile(join(folder, name)))));
	}

	/** Stops what runs and deletes the folder. */
	async remove(): Promise<void> {
		await this.stop();
		await Promise.all(this.workers.map(async (worker) => await worker.stop()));
		await rm(this.folder, { recursive: true, force: true });
	}

	private async importFile(kind: 'credentials' | 'workflow', content: unknown[]): Promise<void> {
		if (content.length === 0) return;
		const file = join(this.folder, `${kind}.json`);
		await writeFile(file, JSON.stringify(content), { mode: 0o600 });
		await this.command([`import:${kind}`, `--input=${file}`], /^Successfully imported/m);
		await rm(file);
	}

	/**
	 * Goes by what n8n prints, not by its exit code: `n8n execute` exits with 0 when a workflow
	 * fails, and any command can crash (SIGSEGV) while it exits, when its work is done (seen with
	 * 2.41.1 on Node 24.21 in one of six runs).
	 */
	private async command(
		args: string[],
		success: RegExp,
		variables: Record<string, string> = {},
	): Promise<Outcome> {
		const { node, n8n } = this.installation;
		const result = await outcome(
			spawnNode(node, [n8n, ...args], await this.environment(variables)),
		);
		if (success.test(result.stdout)) return result;
		throw new Error(`'n8n ${args.join(' ')}' ended with ${result.code}:\n${tail(result.log)}`);
	}

	private async environment(variables: Record<string, string>) {
		const { node } = this.installation;
		const { folder, filesFolder, encryptionKey } = this;
		const env = {
			...(await environmentOf({ node, folder, filesFolder, encryptionKey })),
			N8N_DEFAULT_BINARY_DATA_MODE: this.binaryMode,
			...this.variables,
			...variables,
		};
		return { cwd: folder, env };
	}
}

/** The JSON document in what a command printed, which may have log lines around it. */
function readJson(text: string): unknown {
	const document = /^\{$[^]*^\}$/m.exec(text)?.[0];
	if (!document) throw new Error(`n8n printed no run:\n${tail(text)}`);
	return JSON.parse(document);
}
