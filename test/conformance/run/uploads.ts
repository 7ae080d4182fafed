/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import './typescriptFirst';
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { NodeApiError } from 'n8n-workflow';
import { startSandbox, type Effect, type SandboxOptions } from '../../sandbox/server';
import { execution, pathOf, storeBinary } from '../../support/execution';
import { nameOf } from '../s3Cases';
import { s3Of, storedAt, type S3Server, type StoredFile } from '../s3Client';
import type { Comparison } from './compare';
import { uploadDifferences } from './differences';

/** A file that the node uploads. */
interface UploadCase {
	title: string;
	fileName?: string;
	mimeType?: string;
	/** In bytes. */
	size?: number;
	options?: SandboxOptions;
	/** What happens to the first request for a signature. */
	effect?: Effect;
	/** Begins what the user sees when the upload is refused; without it, it has to succeed. */
	refusal?: string;
	/** What is stored in the end, when it is not the file. */
	stored?: string;
	/** How often the node asks Close for a signature. */
	signatures?: number;
}

const MB = 1_000_000;

const cases: UploadCase[] = [
	{ title: '1 byte', size: 1 },
	{ title: '1 MB', size: MB },
	{ title: '100 MB', size: 100 * MB },
	{ title: 'a name with quotes and a backslash', fileName: `"it's" – „so“ 100%.pdf` },
	{ title: 'a name with umlauts', fileName: 'Übersicht Größe.pdf' },
	{ title: 'a name with emoji', fileName: '🎉👩‍👩‍👧 – 文件.pdf' },
	{ title: 'a name with markup', fileName: '<b>&amp;a=b;c?d#e+f.pdf' },
	{ title: 'a name of 255 characters', fileName: `${'x'.repeat(251)}.pdf` },
	{ title: 'a name of 255 umlauts', fileName: `${'ü'.repeat(251)}.pdf` },
	// 1,020 bytes, with which the key would be too long: the node cuts the name.
	{ title: 'a name of 255 emoji', fileName: '🎉'.repeat(255) },
	{ title: 'a content type with a parameter', mimeType: 'text/plain; charset=utf-8' },
	{
		title: 'a content type with a quoted parameter',
		mimeType: 'multipart/mixed; boundary="a b"; type=x',
	},
	{ title: 'a policy that is over', effect: { expiredPolicy: true }, signatures: 2 },
	{
		title: 'a file that is one byte too large',
		size: 1001,
		options: { maxFileBytes: 1000 },
		refusal: "The file 'Offer.pdf' is too large for Close",
	},
	{ title: 'a file as large as may be', size: 1000, options: { maxFileBytes: 1000 } },
	{
		title: 'a file that is 20 MB too large, refused while it is sent',
		size: 20 * MB,
		options: { maxFileBytes: 1000 },
		refusal: "The file 'Offer.pdf' is too large for Close",
	},
];

/** How an upload ended: for the user, and at S3. */
interface Outcome {
	/** The output without what differs from run to run, or the error. */
	shown: string;
	stored: string;
	signatures: number;
}

/** The node's uploads against both servers, in each signature version. */
export async function compareUploads(
	gateway: S3Server,
	tell: (done: Comparison) => void,
): Promise<Comparison[]> {
	const done: Comparison[] = [];
	for (const signing of ['v2', 'v4'] as const) {
		for (const each of cases) {
			const options = { signing, ...each.options };
			const atSandbox = await outcomeOf(each, options);
			const atGateway = await outcomeOf(each, { ...options, s3: gateway });
			const comparison = {
				title: `${each.title}, Sig${signing.toUpperCase()}`,
				...judge(each, atSandbox, atGateway),
				sandbox: describe(atSandbox),
				gateway: describe(atGateway),
			};
			tell(comparison);
			done.push(comparison);
		}
	}
	return done;
}

export function strayUploadDifferences(): string[] {
	const titles = cases.map(({ title }) => title);
	return Object.keys(uploadDifferences).filter((title) => !titles.includes(title));
}

async function outcomeOf(each: UploadCase, options: SandboxOptions): Promise<Outcome> {
	const { fileName = 'Offer.pdf', mimeType = 'application/pdf', size = 1000, effect } = each;
	const sandbox = await startSandbox(options);
	if (effect !== undefined) sandbox.faults.add({ call: 'POST /files/upload/', effect });
	const sent = content(size);
	const data = await storeBinary(Readable.from(sent.chunks), { fileName, mimeType });
	try {
		const { run } = execution({
			credential: sandbox,
			parameters: { resource: 'file', operation: 'upload' },
			items: [{ json: {}, binary: { data } }],
		});
		const shown = await run().then(
			([{ json }]) => JSON.stringify({ ...json, url: undefined, expires_at: undefined }),
			(error: NodeApiError) => `${error.message} | ${error.description}`,
		);
		// The key of the last signature: those before it came to nothing.
		const { key = '' } = sandbox.account.uploads.at(-1) ?? {};
		const stored = await storedAt(options.s3 ?? s3Of(sandbox), key).catch(nameOf);
		return {
			shown,
			stored: whatIs(stored),
			signatures: sandbox.requests.filter(({ call }) => call === 'POST /files/upload/').length,
		};
	} finally {
		rmSync(await pathOf(data), { force: true });
		await sandbox.close();
	}
}

function judge(
	each: UploadCase,
	sandbox: Outcome,
	gateway: Outcome,
): Pick<Comparison, 'verdict' | 'reason'> {
	const wrong = violation(each, sandbox);
	if (wrong !== undefined) return { verdict: 'FAIL', reason: `sandbox: ${wrong}` };
	// A server that refuses early may cut the connection before its answer is read: the node signs
	// anew then, now and then once more at one server than at the other, and ends with the same error.
	const isSameCount = each.refusal !== undefined || sandbox.signatures === gateway.signatures;
	const same = sandbox.shown === gateway.shown && sandbox.stored === gateway.stored && isSameCount;
	const allowed = uploadDifferences[each.title];
	if (allowed === undefined) {
		if (same) return { verdict: 'PASS' };
		return { verdict: 'FAIL', reason: `gateway: ${violation(each, gateway) ?? gateway.shown}` };
	}
	if (same)
		return { verdict: 'FAIL', reason: 'stale, it ends alike: take it out of differences.ts' };
	const { reason, stored } = allowed;
	const beyond = violation({ ...each, refusal: undefined, stored }, gateway);
	return beyond === undefined
		? { verdict: 'DIFFERS', reason }
		: { verdict: 'FAIL', reason: `gateway, beyond what is allowed: ${beyond}` };
}

/** What is wrong with an outcome: the file that arrived, or what the user is told. */
function violation(each: UploadCase, { shown, stored, signatures }: Outcome): string | undefined {
	const { size = 1000, mimeType = 'application/pdf', refusal } = each;
	if (refusal !== undefined) {
		if (!shown.startsWith(refusal)) return shown;
		return stored === 'nothing' ? undefined : `stored ${stored}`;
	}
	const { md5 } = content(size);
	const expected = each.stored ?? `${md5} as ${mimeType}`;
	if (stored !== expected) return `stored ${stored}; ${shown}`;
	if (!shown.includes(md5)) return shown;
	return signatures === (each.signatures ?? 1) ? undefined : `${signatures} signatures`;
}

function describe({ shown, stored, signatures }: Outcome): string {
	if (stored === 'nothing') return shown.split(' | ')[0];
	if (stored.startsWith('not readable')) return `uploaded, ${stored}`;
	const [md5, type] = stored.split(' as ');
	return [`MD5 ${md5}`, type, ...(signatures > 1 ? [`${signatures} signatures`] : [])].join(', ');
}

function whatIs(stored: StoredFile | string | undefined): string {
	if (stored === undefined) return 'nothing';
	return typeof stored === 'string'
		? `not readable (${stored})`
		: `${stored.md5} as ${stored.contentType}`;
}

/** Bytes that are the same for the same size and nowhere repeat within a block, as a stream. */
function content(size: number): { chunks: Iterable<Buffer>; md5: string } {
	const block = Buffer.alloc(1 << 20);
	for (let at = 0; at < block.length; at += 4) block.writeUInt32LE((at * 2654435761) >>> 0, at);
	function* chunks() {
		for (let left = size, number = 0; left > 0; left -= block.length, number++) {
			const chunk = Buffer.from(block.subarray(0, Math.min(left, block.length)));
			if (chunk.length > 4) chunk.writeUInt32LE(number, 0);
			yield chunk;
		}
	}
	const hash = createHash('md5');
	for (const chunk of chunks()) hash.update(chunk);
	return { chunks: chunks(), md5: hash.digest('hex') };
}
