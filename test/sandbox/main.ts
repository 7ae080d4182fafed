/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests never ship */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { startSandbox } from './server';

/** `npm run sandbox [-- --port 8484 --s3-port 0 --signing v4]`: serves until Ctrl+C. */
async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: '8484' },
			's3-port': { type: 'string', default: '0' },
			signing: { type: 'string', default: 'v2' },
		},
	});
	const sandbox = await startSandbox({
		port: Number(values.port),
		s3Port: Number(values['s3-port']),
		signing: values.signing === 'v4' ? 'v4' : 'v2',
	});

	// n8n encrypts plain data when it imports it.
	const credential = {
		id: 'closeSandboxApi',
		name: 'Close sandbox',
		type: 'closeApi',
		data: { apiKey: sandbox.apiKey, baseUrl: sandbox.baseUrl },
	};
	const { clientId, clientSecret, ...addresses } = sandbox.oauth.app;
	const oAuthCredential = {
		id: 'closeSandboxOAuth',
		name: 'Close sandbox (OAuth2)',
		type: 'closeOAuth2Api',
		// n8n 1.x takes the addresses from here, n8n 2.x from its environment.
		data: { clientId, clientSecret, ...addresses, baseUrl: sandbox.baseUrl },
	};
	const overwrites = JSON.stringify({ closeOAuth2Api: addresses });
	const directory = mkdtempSync(join(tmpdir(), 'close-sandbox-credentials-'));
	const file = join(directory, 'credentials.json');
	writeFileSync(file, JSON.stringify([credential, oAuthCredential], undefined, 2));

	process.stdout.write(`Close sandbox: nothing is sent, nothing leaves this machine.

  Page          ${sandbox.url}/
  API base URL  ${sandbox.baseUrl}
  API key       ${sandbox.apiKey}
  S3            ${sandbox.s3Url}

Give n8n two credentials that point here, one with the API key and one for OAuth2:

  n8n import:credentials --input=${file}

The second is to be connected in n8n, started with

  CREDENTIALS_OVERWRITE_DATA='${overwrites}'

Ctrl+C stops the sandbox and forgets its records.
`);

	const stop = () => {
		rmSync(directory, { recursive: true, force: true });
		void sandbox.close();
	};
	process.once('SIGINT', stop).once('SIGTERM', stop);
}

main().catch((error: unknown) => {
	process.stderr.write(`The sandbox did not start: ${String(error)}\n`);
	process.exitCode = 1;
});
