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
	const directory = mkdtempSync(join(tmpdir(), 'close-sandbox-'));
	const write = (name: string, content: object) => {
		writeFileSync(join(directory, name), JSON.stringify([content], undefined, 2));
		return join(directory, name);
	};

	process.stdout.write(`Close sandbox: nothing is sent, nothing leaves this machine.

  Page          ${sandbox.url}/
  API base URL  ${sandbox.baseUrl}
  API key       ${sandbox.apiKey}
  S3            ${sandbox.s3Url}

Give n8n a credential that points here, and reload the editor:

  n8n import:credentials --input=${write('api-key.json', credential)}

To try OAuth2 as well, start n8n with

  CREDENTIALS_OVERWRITE_DATA='${overwrites}'

give it this credential, open it in n8n, and connect it:

  n8n import:credentials --input=${write('oauth2.json', oAuthCredential)}

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
