/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { INodeParameters } from 'n8n-workflow';

import { Instance, type BinaryMode, type CredentialFile } from '../n8n/instance';
import { startSandbox, type Sandbox, type SandboxOptions } from '../sandbox/server';

export interface SampleFile {
	path: string;
	name: string;
	/** Bytes. */
	size: number;
	/** Hex. */
	md5: string;
}

/** A sandbox and an n8n whose credential points at it. */
export class Setting {
	private constructor(
		readonly n8n: Instance,
		readonly sandbox: Sandbox,
	) {}

	static async create(options?: SandboxOptions, store?: BinaryMode): Promise<Setting> {
		return new Setting(await Instance.create(store), await startSandbox(options));
	}

	get credential(): CredentialFile {
		const { apiKey, baseUrl } = this.sandbox;
		return {
			id: 'closeSandboxApi',
			name: 'Close sandbox',
			type: 'closeApi',
			data: { apiKey, baseUrl },
		};
	}

	/** Parameters for an email on the sandbox's first lead, with the file of the field `data`. */
	email(parameters: INodeParameters = {}): INodeParameters {
		const [lead] = this.sandbox.account.leads;
		return {
			resource: 'email',
			operation: 'createWithAttachment',
			leadId: { __rl: true, mode: 'id', value: lead.id },
			to: 'gina@bluth.example',
			subject: 'Your offer',
			body: '<p>Please find it attached.</p>',
			...parameters,
		};
	}

	/** Writes a file of `size` bytes, whose 64 kB blocks differ, where n8n may read it. */
	async writeFile(name: string, size: number): Promise<SampleFile> {
		const path = join(this.n8n.filesFolder, name);
		const hash = createHash('md5');
		const file = await open(path, 'w');
		const block = Buffer.alloc(64 << 10, name);
		for (let written = 0; written < size; written += block.length) {
			block.writeUInt32BE(written % 2 ** 32);
			const part = block.subarray(0, size - written);
			hash.update(part);
			await file.write(part);
		}
		await file.close();
		return { path, name, size, md5: hash.digest('hex') };
	}

	async close(): Promise<void> {
		await this.n8n.remove();
		await this.sandbox.close();
	}
}
