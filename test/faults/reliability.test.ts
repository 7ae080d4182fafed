/* eslint-disable @n8n/community-nodes/no-restricted-globals -- tests never ship */
import { startSandbox, type Sandbox } from '../sandbox/server';
import { useBinaryMode } from '../support/execution';
import { unpadded, WrittenPage } from '../support/writtenPage';
import { theFiles } from './sending';
import { faultTables } from './table';

jest.mock('n8n-workflow', () => jest.requireActual('../support/skipWaits').withoutPause);

const page = new WrittenPage('reliability.md', 'test/faults/reliability.test.ts');

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
	await useBinaryMode('filesystem');
});
afterAll(async () => await sandbox.close());

describe('docs/reliability.md', () => {
	it('says what each fault at each call comes to (written anew with UPDATE_RELIABILITY=1)', async () => {
		const tables = await faultTables(sandbox, await theFiles('Offer.pdf'));

		if (process.env.UPDATE_RELIABILITY === '1') page.write(tables);
		else expect(unpadded(page.read())).toBe(unpadded(tables));
		expect(tables).not.toMatch(/\| +\||undefined|unexpected/);
	});
});
