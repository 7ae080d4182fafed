/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests never ship */
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ICredentialDataDecryptedObject, IRun } from 'n8n-workflow';

import { end, outcome, peakMemory, spawnNode, tail, type Outcome } from './childProcess';
import { install, type Installation } from './install';
import { build, installPackage } from './package';
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
	/** Address of the server, without a slash at the end; empty unless it runs. */
	url = '';
	/** Environment variables beyond those that every instance has; for what is started from then on. */
	readonly variables: Record<string, string> = {};
	private server?: ChildProcess;
	private serverOutcome?: Promise<Outcome>;
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
		this.server = spawnNode(this.installation.node, [this.installation.n8n, 'start'], environment);
		this.serverOutcome = outcome(this.server);
		this.url = `http://127.0.0.1:${port}`;
		let ended: Outcome | undefined;
		void this.serverOutcome.then((result) => (ended = result));

		// `/healthz` itself answers while the REST API is still missing.
		const deadline = Date.now() + 120_000;
		while (!(await answersOk(`${this.url}/healthz/readiness`))) {
			if (ended) throw new Error(`n8n ended with ${ended.code}:\n${tail(ended.log)}`);
			if (Date.now() > deadline) throw new Error('n8n was not ready after two minutes');
			await sleep(200);
		}
	}

	/** Highest resident memory of the server so far, in bytes; 0 where only Linux would know. */
	get peakMemory(): number {
		return this.server ? peakMemory(this.server) : 0;
	}

	/** Ends the server; resolves to everything that it printed. */
	async stop(): Promise<string> {
		if (!this.server || !this.serverOutcome) return '';
		await end(this.server);
		this.server = undefined;
		this.url = '';
		return (await this.serverOutcome).log;
	}

	/** The bytes of n8n's database as they lie on disk, with the changes not yet merged into it. */
	async readDatabase(): Promise<Buffer> {
		const folder = join(this.folder, '.n8n');
		const names = (await readdir(folder)).filter((name) => name.startsWith('database.sqlite'));
		return Buffer.concat(await Promise.all(names.map((name) => readFile(join(folder, name)))));
	}

	/** Stops the server and deletes the folder. */
	async remove(): Promise<void> {
		await this.stop();
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

	/** Names of variables: n8n's `@n8n/config` 2.41.1 and docs.n8n.io/hosting/configuration. */
	private async environment(variables: Record<string, string>) {
		const inherited = ['LANG', 'TMPDIR', 'HTTP_PROXY', 'HTTPS_PROXY', 'NODE_EXTRA_CA_CERTS'];
		const env = {
			...Object.fromEntries(inherited.map((name) => [name, process.env[name]])),
			NO_PROXY: '127.0.0.1,localhost',
			PATH: [dirname(this.installation.node), process.env.PATH].join(delimiter),
			HOME: this.folder,
			N8N_USER_FOLDER: this.folder,
			N8N_ENCRYPTION_KEY: this.encryptionKey,
			N8N_LISTEN_ADDRESS: '127.0.0.1',
			N8N_HOST: '127.0.0.1',
			N8N_RUNNERS_BROKER_PORT: String(await freePort()),
			N8N_SECURE_COOKIE: 'false',
			N8N_RESTRICT_FILE_ACCESS_TO: this.filesFolder,
			N8N_DEFAULT_BINARY_DATA_MODE: this.binaryMode,
			GENERIC_TIMEZONE: 'UTC',
			// Nothing that would ask n8n's own servers.
			N8N_DIAGNOSTICS_ENABLED: 'false',
			N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
			N8N_DYNAMIC_BANNERS_ENABLED: 'false',
			N8N_TEMPLATES_ENABLED: 'false',
			N8N_VERIFIED_PACKAGES_ENABLED: 'false',
			N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
			N8N_DISABLED_MODULES: 'mcp-registry',
			EXTERNAL_FRONTEND_HOOKS_URLS: '',
			// Nothing that stands between the login and the workflow in the editor.
			N8N_PERSONALIZATION_ENABLED: 'false',
			N8N_HIRING_BANNER_ENABLED: 'false',
			...this.variables,
			...variables,
		};
		return { cwd: this.folder, env };
	}
}

/** The JSON document in what a command printed, which may have log lines around it. */
function readJson(text: string): unknown {
	const document = /^\{$[^]*^\}$/m.exec(text)?.[0];
	if (!document) throw new Error(`n8n printed no run:\n${tail(text)}`);
	return JSON.parse(document);
}

async function answersOk(url: string): Promise<boolean> {
	return await fetch(url).then(
		(response) => response.ok,
		() => false,
	);
}

async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}
