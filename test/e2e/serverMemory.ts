/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import { createHash } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import type { IBinaryData } from 'n8n-workflow';

import { form, send, sign } from '../conformance/client';
import { Session, whenLive } from '../n8n/session';
import {
	chain,
	closeFiles,
	manualTrigger,
	outputOf,
	readFiles,
	webhook,
	type WorkflowFile,
} from '../n8n/workflow';
import type { Setting, SampleFile } from './setting';

const MB = 1e6;

/**
 * How many bytes more an n8n server takes at its highest for an upload of 600 MB than for one of
 * `smallerSize` bytes. The setting's n8n runs afterwards.
 */
export async function memoryForLargeUpload(setting: Setting, smallerSize: number): Promise<number> {
	const small = await setting.writeFile('small.bin', smallerSize);
	const large = await setting.writeFile('large.bin', 600 * MB);
	await serve(setting, [await uploadOf(setting, small), await uploadOf(setting, large)]);

	const before = await peakAfter(setting, small);
	const more = (await peakAfter(setting, large)) - before;

	const { form: sent } = setting.sandbox.requests.filter(({ server }) => server === 's3').at(-1)!;
	requireWhole(large, sent?.file?.filename, sent?.file?.size);
	return more;
}

/**
 * The same for a download into n8n's store. The sandbox must keep what is uploaded to it.
 */
export async function memoryForLargeDownload(
	setting: Setting,
	smallerSize: number,
): Promise<number> {
	const small = await setting.writeFile('small.bin', smallerSize);
	const large = await setting.writeFile('large.bin', 600 * MB);
	const downloads = [await downloadOf(setting, small), await downloadOf(setting, large)];
	const session = await serve(setting, downloads);

	const before = await peakAfter(setting, small);
	const more = (await peakAfter(setting, large)) - before;

	// After the measurement: it is n8n that reads the file out of its store.
	const { data } = await session.firstExecution(downloads[1].id);
	const [{ json, binary }] = outputOf({ data }, 'Close Files');
	const stored = await session.readBinary(String(binary?.data.id));
	requireWhole(large, json.filename, json.size, await md5Of(stored));
	return more;
}

/**
 * A workflow that uploads a file of n8n's store.
 *
 * Another process puts the file there: n8n's own node that reads it from disk costs 80 MB for a
 * file of 600 MB, behind which as much of ours would not be seen.
 */
async function uploadOf(setting: Setting, { name, path }: SampleFile): Promise<WorkflowFile> {
	const store = chain(`Store ${name}`, manualTrigger(), readFiles(path));
	await setting.n8n.import([], [store]);
	const [item] = outputOf(await setting.n8n.execute(store.id), 'Read Files');
	const { data } = item.binary as { data: IBinaryData };
	const parameters = setting.email({ binaryPropertyName: `={{ ${JSON.stringify(data)} }}` });
	return chain(`Upload ${name}`, webhook(name), closeFiles(setting.credential, parameters));
}

/** A workflow that downloads a file that another client has uploaded to Close. */
async function downloadOf(setting: Setting, { name, path }: SampleFile): Promise<WorkflowFile> {
	const { upload, download } = await sign(setting.sandbox, name, 'application/octet-stream');
	const body = form(upload.fields, await openAsBlob(path), name);
	const { status, text } = await send(upload.url, { method: 'POST', body });
	if (status !== 201) throw new Error(`S3 answered ${status} to '${name}': ${text}`);
	const parameters = { resource: 'file', operation: 'download', fileUrl: download.url };
	return chain(`Download ${name}`, webhook(name), closeFiles(setting.credential, parameters));
}

/** Starts the setting's n8n with these workflows in effect. */
async function serve({ n8n, credential }: Setting, workflows: WorkflowFile[]): Promise<Session> {
	await n8n.import([credential], workflows);
	await n8n.start();
	const session = await Session.open(n8n.url);
	for (const { id } of workflows) await session.publish(id);
	return session;
}

/** The server's highest memory so far, in bytes, after the run of another file's workflow. */
async function peakAfter({ n8n }: Setting, { name }: SampleFile): Promise<number> {
	const { status } = await whenLive(`${n8n.url}/webhook/${name}`);
	if (status !== 200) throw new Error(`n8n answered ${status} to '${name}'`);
	return n8n.peakMemory;
}

/** @throws Error when what arrived is not the file. */
function requireWhole(file: SampleFile, name: unknown, size: unknown, md5 = file.md5): void {
	if (name === file.name && size === file.size && md5 === file.md5) return;
	throw new Error(`${size} bytes of '${name}' with MD5 ${md5} arrived: ${JSON.stringify(file)}`);
}

/** Hex, of content that may be larger than memory. */
async function md5Of(content: AsyncIterable<Uint8Array>): Promise<string> {
	const hash = createHash('md5');
	for await (const chunk of content) hash.update(chunk);
	return hash.digest('hex');
}
