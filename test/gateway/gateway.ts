/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- tests never ship */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import {
	closeSync,
	mkdirSync,
	mkdtempSync,
	openSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { s3Client, type S3Server } from '../conformance/s3Client';
import { end, tail } from '../n8n/childProcess';
import { freePort } from '../n8n/ports';
import type { S3Credential } from '../sandbox/s3/signature';
import { assumeRole } from './assumeRole';
import { configuration } from './configuration';

/** How long one command of the set-up may take, and the gateway until it answers. */
const COMMAND_MS = 30_000;
const READY_MS = 60_000;

const ROLE = 'uploader';
const USER = 'conformance';

/**
 * Ceph's S3 gateway with a store of its own in memory: one monitor, one OSD and the gateway, on
 * 127.0.0.1 only, their files in a temporary folder. `close` ends them; so does the end of this
 * process, however it comes.
 */
export class Gateway {
	private readonly folder = mkdtempSync(join(tmpdir(), 'close-files-gateway-'));
	/** In the order of their start. */
	private readonly daemons: Array<{ name: string; child: ChildProcess }> = [];
	private closing: Promise<void> | undefined;

	/** @throws Error that says which step failed, with the end of the daemon's log. */
	async start(): Promise<S3Server> {
		const [monitorPort, port] = [await freePort(), await freePort()];
		const monitor = `[v2:127.0.0.1:${monitorPort}/0]`;
		const fsid = randomUUID();
		for (const data of ['mon', 'osd', 'rgw']) mkdirSync(join(this.folder, data));
		writeFileSync(
			join(this.folder, 'ceph.conf'),
			configuration({ folder: this.folder, fsid, monitor, port }),
		);

		const map = join(this.folder, 'monmap');
		await this.command('monmaptool', ['--create', '--fsid', fsid, '--addv', 'a', monitor, map]);
		await this.command('ceph-mon', ['--mkfs', '-i', 'a', '--monmap', map]);
		this.daemon('mon.a', 'ceph-mon', ['-f', '-i', 'a']);

		const osd = randomUUID();
		await this.command('ceph', ['osd', 'new', osd]);
		await this.command('ceph-osd', ['--mkfs', '-i', '0', '--osd-uuid', osd]);
		this.daemon('osd.0', 'ceph-osd', ['-f', '-i', '0']);

		// Waits for the OSD by itself, and makes the pools that the gateway looks for.
		const longTerm = newCredential();
		await this.createUser(longTerm);
		this.daemon('client.rgw.a', 'radosgw', ['-f', '-n', 'client.rgw.a']);
		const url = `http://127.0.0.1:${port}`;
		await this.answers(url);

		const region = 'default';
		const temporary = await assumeRole(url, region, longTerm, ROLE);
		const bucket = 'close-gateway-files';
		const server: S3Server = { url, bucket, region, credentials: [longTerm, temporary] };
		await s3Client(server).send(new CreateBucketCommand({ Bucket: bucket }));
		return server;
	}

	/** As the daemons say it: `16.2`. */
	async version(): Promise<string> {
		const text = await this.command('radosgw', ['--version']);
		return /version (\d+\.\d+)/.exec(text)?.[1] ?? text.trim();
	}

	async close(): Promise<void> {
		this.closing ??= (async () => {
			for (const { child } of this.daemons.reverse()) await end(child);
			rmSync(this.folder, { recursive: true, force: true });
		})();
		await this.closing;
	}

	/** A user with a role, which gives temporary keys to it. */
	private async createUser({ accessKeyId, secretAccessKey }: S3Credential): Promise<void> {
		const admin = async (...words: string[]) =>
			await this.command('radosgw-admin', ['-n', 'client.rgw.admin', ...words]);
		const statement = (more: object) =>
			JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...more }] });
		const key = [`--access-key=${accessKeyId}`, `--secret-key=${secretAccessKey}`];
		await admin('user', 'create', `--uid=${USER}`, `--display-name=${USER}`, ...key);
		const who = { Principal: { AWS: [`arn:aws:iam:::user/${USER}`] }, Action: ['sts:AssumeRole'] };
		const what = { Resource: 'arn:aws:s3:::*', Action: ['s3:*'] };
		const role = `--role-name=${ROLE}`;
		await admin('role', 'create', role, `--assume-role-policy-doc=${statement(who)}`);
		const policy = ['--policy-name=all', `--policy-doc=${statement(what)}`];
		await admin('role', 'policy', 'put', role, ...policy);
	}

	private async command(program: string, words: string[]): Promise<string> {
		const parameters = [...this.untilParentEnds(program), ...words];
		const options = { timeout: COMMAND_MS, env: this.environment() };
		const { stdout } = await promisify(execFile)('setpriv', parameters, options).catch(
			async (error: Error & { killed?: boolean; stderr?: string }) => {
				const how = error.killed ? `took more than ${COMMAND_MS / 1000} s` : 'failed';
				// Only the first words: what follows may be a secret key.
				const what = [program, ...words.slice(0, 3)].join(' ');
				return await Promise.reject(this.failure(`'${what}' ${how}`, error.stderr));
			},
		);
		return stdout;
	}

	private daemon(name: string, program: string, words: string[]): void {
		const output = openSync(join(this.folder, `${name}.out`), 'a');
		const child = spawn('setpriv', [...this.untilParentEnds(program), ...words], {
			env: this.environment(),
			stdio: ['ignore', output, output],
		});
		closeSync(output);
		child.on('error', () => {});
		this.daemons.push({ name, child });
	}

	private async answers(url: string): Promise<void> {
		const deadline = Date.now() + READY_MS;
		while (Date.now() < deadline) {
			const dead = this.daemons.find(({ child }) => child.exitCode !== null);
			if (dead !== undefined) throw this.failure(`${dead.name} ended by itself`);
			const isUp = await fetch(url, { signal: AbortSignal.timeout(5_000) }).then(
				({ ok }) => ok,
				() => false,
			);
			if (isUp) return;
			await sleep(50);
		}
		throw this.failure(`The gateway did not answer within ${READY_MS / 1000} s`);
	}

	/** With the end of each daemon's own log, which is removed with the folder. */
	private failure(what: string, output = ''): Error {
		const logs = this.daemons.map(({ name }) => {
			const text = ['out', 'log'].map((kind) => this.read(`${name}.${kind}`)).join('');
			return `--- ${name}\n${tail(text)}`;
		});
		return new Error([what, tail(output), ...logs].filter(Boolean).join('\n'));
	}

	private read(file: string): string {
		try {
			return readFileSync(join(this.folder, file), 'utf8');
		} catch {
			return '';
		}
	}

	private environment(): NodeJS.ProcessEnv {
		const path = `${process.env.PATH ?? ''}:/usr/sbin:/sbin`;
		return { ...process.env, PATH: path, CEPH_CONF: join(this.folder, 'ceph.conf') };
	}

	/** Words of setpriv(1): the kernel ends the program when this process is gone. */
	private untilParentEnds(program: string): string[] {
		return ['--pdeathsig', 'KILL', program];
	}
}

function newCredential(): S3Credential {
	return {
		accessKeyId: randomBytes(10).toString('hex').toUpperCase(),
		secretAccessKey: randomBytes(20).toString('hex'),
	};
}
