/* eslint-disable @n8n/community-nodes/no-restricted-globals -- tests never ship */
import { startSandbox } from '../sandbox/server';

/** The sandbox as a process of its own; prints where it listens. */
void startSandbox({ discard: true }).then(({ url, baseUrl, apiKey }) => {
	process.stdout.write(`${JSON.stringify({ url, baseUrl, apiKey })}\n`);
});
