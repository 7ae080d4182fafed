/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests never ship */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Gateway } from '../../gateway/gateway';
import { installGateway } from '../../gateway/install';
import { startSandbox } from '../../sandbox/server';
import { closeAtEnd, runProgram, say, temporaryFolder } from '../../support/program';
import { s3Of } from '../s3Client';
import { compareCases, strayDifferences, type Comparison } from './compare';
import { document } from './report';
import { compareUploads, strayUploadDifferences } from './uploads';

const page = resolve(__dirname, '../../../docs/conformance.md');

/** `npm run conformance [-- --check]`: the sandbox beside a real S3 server. */
async function main(): Promise<number> {
	const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
	const obstacle = await installGateway();
	if (obstacle !== undefined) {
		say(`SKIPPED: the sandbox was NOT compared with a real S3 server: ${obstacle}`);
		return 0;
	}

	// n8n's store, the sandboxes and the gateway all keep their files below it.
	temporaryFolder('conformance');
	const gateway = closeAtEnd(new Gateway());
	const ceph = await gateway.version();
	say(`Starting Ceph's gateway ${ceph} …`);
	const s3 = await gateway.start();

	const sandbox = closeAtEnd(await startSandbox());
	say('\nPOST Object');
	const cases = await compareCases({ sandbox: s3Of(sandbox), gateway: s3 }, tell);
	say('\nUploads of the node');
	const uploads = await compareUploads(s3, tell);

	const stray = [...strayDifferences(), ...strayUploadDifferences()];
	for (const title of stray) say(`FAIL     differences.ts allows for '${title}', which is no case`);
	const all = [...cases, ...uploads];
	const count = (verdict: string) => all.filter((each) => each.verdict === verdict).length;
	const failed = count('FAIL') + stray.length;
	say(
		`\n${all.length} compared: ${count('PASS')} pass, ${count('DIFFERS')} differ as allowed, ${failed} fail`,
	);
	if (failed > 0) return 1;
	return keep(await document(page, { cases, uploads, ceph }), values.check);
}

function tell({ verdict, title, sandbox, gateway, reason }: Comparison): void {
	say(`${verdict.padEnd(8)} ${title}`);
	say(`         sandbox ${sandbox} | gateway ${gateway === sandbox ? 'the same' : gateway}`);
	if (reason !== undefined) say(`         ${reason}`);
}

/** Writes the page, or only looks whether it is up to date. */
function keep(text: string, check: boolean): number {
	if (!check) {
		writeFileSync(page, text);
		say('Written: docs/conformance.md');
		return 0;
	}
	if (readFileSync(page, 'utf8') === text) return 0;
	say('docs/conformance.md is not what this run gives. Write it anew: npm run conformance');
	return 1;
}

runProgram(main);
