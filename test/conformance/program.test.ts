/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests never ship */
import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { end, spawnNode } from '../n8n/childProcess';
import { projectFolder } from '../n8n/package';
import { basic } from './client';

/** What `npm run sandbox` prints before it serves. */
async function printed(child: ReturnType<typeof spawnNode>): Promise<string> {
	let text = '';
	for await (const chunk of child.stdout!) {
		text += String(chunk);
		if (text.includes('Ctrl+C')) return text;
	}
	throw new Error(`The sandbox ended: ${text}`);
}

it('serves what its two credential files point to, and removes them in the end', async () => {
	const args = ['--import', 'tsx', 'test/sandbox/main.ts', '--port', '0'];
	const child = spawnNode(process.execPath, args, { cwd: projectFolder });
	try {
		const text = await printed(child);
		const files = [...text.matchAll(/--input=(\S+)/g)].map(([, path]) => path);
		const credentials = files.map((path) => JSON.parse(readFileSync(path, 'utf8'))[0]);

		expect(credentials.map(({ type }) => type)).toEqual(['closeApi', 'closeOAuth2Api']);
		const [{ data }] = credentials;
		const me = await fetch(`${data.baseUrl}/me/`, {
			headers: { authorization: basic(data.apiKey) },
		});
		expect(me.status).toBe(200);
		expect(credentials[1].data.accessTokenUrl).toBe(
			`${new URL(data.baseUrl).origin}/oauth2/token/`,
		);
		const page = await fetch(/Page\s+(\S+)/.exec(text)![1]);
		expect(await page.text()).toContain('Close sandbox');

		await end(child);
		expect(child.exitCode).toBe(0);
		expect(files.filter((path) => existsSync(dirname(path)))).toEqual([]);
	} finally {
		await end(child);
	}
});
