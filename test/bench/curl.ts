/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions -- tests never ship */
import { spawn } from 'node:child_process';

import { answer, outcome, tail } from '../n8n/childProcess';
import type { Address } from './server';
import type { StoredFile } from './store';

/** Name and version; @throws Error where there is no curl. */
export function curlVersion(): string {
	const version = answer('curl', ['--version'])?.split(' ').slice(0, 2).join(' ');
	if (version === undefined) throw new Error('The uploads are measured against curl: install it.');
	return version;
}

/** How long `curl -F` takes for a signed upload, in ms by its own clock. The signing is not in it. */
export async function uploadByCurl(address: Address, { path }: StoredFile): Promise<number> {
	const { url, fields } = await sign(address);
	const form = Object.entries(fields).flatMap(([name, value]) => [
		// As -F, but nothing in the value has a meaning.
		'--form-string',
		`${name}=${value}`,
	]);
	const file = ['-F', `file=@${path};type=application/octet-stream;filename=offer.bin`];
	const told = ['--silent', '--output', '/dev/null', '--write-out', '%{http_code} %{time_total}'];
	const result = await outcome(spawn('curl', [...told, ...form, ...file, url]));
	const [status, time] = result.stdout.split(' ');
	if (status !== '201') throw new Error(`curl was answered ${status}: ${tail(result.log)}`);
	return Number(time) * 1000;
}

async function sign({ baseUrl, apiKey }: Address) {
	const answered = await fetch(`${baseUrl}/files/upload/`, {
		method: 'POST',
		headers: {
			'content-type': 'application/json',
			authorization: `Basic ${Buffer.from(`${apiKey}:`).toString('base64')}`,
		},
		body: JSON.stringify({ filename: 'offer.bin', content_type: 'application/octet-stream' }),
	});
	const { upload } = (await answered.json()) as {
		upload: { url: string; fields: Record<string, string> };
	};
	return upload;
}
