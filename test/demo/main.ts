/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { parseArgs } from 'node:util';

import { Instance } from '../n8n/instance';
import { n8nVersion } from '../n8n/install';
import { closeAtEnd, runProgram, say } from '../support/program';
import { openCloseAccount, type CloseAccount } from './closeAccount';
import { Demo, draftOf, type DemoFile, type EmailDraft } from './demo';
import { samplePdf } from './pdf';

/** `npm run demo [-- offer.pdf] [-- --once]`: one form submission, from the browser's side to Close. */
async function main(): Promise<number> {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: { once: { type: 'boolean', default: false } },
	});
	const files = positionals.length > 0 ? positionals.map(readDemoFile) : [sampleFile()];
	const close = closeAtEnd(await openCloseAccount());
	const n8n = await Instance.create();
	closeAtEnd({ close: async () => await n8n.remove() });

	say(`Starting n8n ${n8nVersion} with the package installed …`);
	const demo = await Demo.start(n8n, close);
	say(`Handing in the form with ${files.map(({ name }) => name).join(', ')} …\n`);
	const began = Date.now();
	const draft = draftOf(await demo.submit(files));
	const equal = await report(draft, files, close, Date.now() - began);
	if (values.once) return equal ? 0 : 1;

	const { email, password } = demo.session.login;
	say(`
Go on yourself:
  Form    ${demo.formUrl}
  Editor  ${demo.editorUrl}
          ${email}, password ${password}
  Close   ${close.page}

Ctrl+C stops n8n and deletes it.`);
	return await new Promise<never>(() => {});
}

/** Prints each attachment beside its original; whether all of them are equal. */
async function report(
	draft: EmailDraft,
	files: DemoFile[],
	close: CloseAccount,
	elapsedMs: number,
): Promise<boolean> {
	say(`Email ${draft.id}, ${draft.status}, "${draft.subject}"`);
	say(`on the lead ${close.lead.name}, ${(elapsedMs / 1000).toFixed(1)} s after the form`);
	let equal = draft.attachments.length === files.length;
	if (!equal) say(`${files.length} handed in, but ${draft.attachments.length} attached`);
	for (const { url, filename, size } of draft.attachments) {
		const original = files.find(({ name }) => name === filename);
		const sent = original && createHash('md5').update(original.content).digest('hex');
		const stored = await close.checksum(url);
		const same = size === original?.content.length && (stored === undefined || stored === sent);
		equal &&= same;
		say(`
  ${filename}
    Download URL  ${url}
    Handed in     ${bytes(original?.content.length)}  MD5 ${sent ?? '-'}
    In Close      ${bytes(size)}  MD5 ${stored ?? 'not offered by Close'}
    ${same ? 'Equal' : 'DIFFERENT'}`);
	}
	return equal;
}

function bytes(size = 0): string {
	return `${size.toLocaleString('en')} bytes`.padStart(16);
}

function sampleFile(): DemoFile {
	const content = samplePdf([
		'Offer 2026-118',
		'',
		'100 widgets at 12.00 each: 1,200.00',
		'Valid for 30 days.',
	]);
	return { name: 'offer.pdf', contentType: 'application/pdf', content };
}

function readDemoFile(path: string): DemoFile {
	// A browser tells a file's type by its name, too.
	const contentType = /\.pdf$/i.test(extname(path))
		? 'application/pdf'
		: 'application/octet-stream';
	return { name: basename(path), contentType, content: readFileSync(path) };
}

runProgram(main);
