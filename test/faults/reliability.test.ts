/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests never ship */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from '../sandbox/server';
import { useBinaryMode } from '../support/execution';
import { theFiles } from './sending';
import { faultTables } from './table';

jest.mock('n8n-workflow', () => jest.requireActual('../support/skipWaits').withoutPause);

const PAGE = join(__dirname, '../../docs/reliability.md');
/** What stands between these is written by the run. */
const BEGIN = '<!-- begin: written by test/faults/reliability.test.ts -->';
const END = '<!-- end -->';

/** Without the padding that prettier gives to tables. */
const unpadded = (text: string): string => text.replace(/ +/g, ' ').replace(/-{3,}/g, '---').trim();

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
	await useBinaryMode('filesystem');
});
afterAll(async () => await sandbox.close());

describe('docs/reliability.md', () => {
	it('says what each fault at each call comes to (written anew with UPDATE_RELIABILITY=1)', async () => {
		const tables = await faultTables(sandbox, await theFiles('Offer.pdf'));
		const page = readFileSync(PAGE, 'utf8');
		const [head, rest] = page.split(BEGIN);
		const [written, tail] = rest.split(END);

		if (process.env.UPDATE_RELIABILITY === '1') {
			writeFileSync(PAGE, `${head}${BEGIN}\n\n${tables}\n\n${END}${tail}`);
		} else {
			expect(unpadded(written)).toBe(unpadded(tables));
		}
		expect(tables).not.toMatch(/\| +\||undefined|unexpected/);
	});
});
