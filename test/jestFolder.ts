/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests never ship */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Jest's global setup: one folder for the temporary files of all tests, n8n's stores above all. */
export default async function ownFolder(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'close-files-tests-'));
	process.env.TMPDIR = folder;
	// Workers have ended by then.
	process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
}
