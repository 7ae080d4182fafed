/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests never ship */
import type { IncomingMessage, ServerResponse } from 'node:http';

import { listen } from '../sandbox/listener';

/**
 * A Close and an S3 that look at nothing: forms are counted and dropped, whatever is signed or
 * created is answered as Close answers it. Prints its origin when it listens.
 *
 * The sandbox reads a form through a parser, behind which a fast sender waits; here senders are
 * measured that are to be compared with each other.
 */

/** Fields as Close's documentation shows them, of about the same lengths. */
const fields = {
	key: `${'k'.repeat(60)}/offer.bin`,
	AWSAccessKeyId: 'A'.repeat(20),
	policy: 'p'.repeat(900),
	signature: 's'.repeat(28),
	'Content-Type': 'application/octet-stream',
	'Content-Disposition': 'attachment; filename="offer.bin"',
	success_action_status: '201',
};

/** Bytes of the last form's body. */
let lastForm = 0;

async function counted(request: IncomingMessage): Promise<number> {
	let read = 0;
	request.on('data', (chunk: Buffer) => (read += chunk.length));
	return await new Promise((resolve, reject) => {
		request.once('end', () => resolve(read)).once('error', reject);
	});
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
	const read = await counted(request);
	const json = (body: object) =>
		response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));

	switch (`${request.method} ${request.url}`) {
		case 'POST /bucket':
			lastForm = read;
			response.writeHead(201, { 'Content-Type': 'application/xml' }).end('<PostResponse/>');
			return;
		case 'GET /last-form':
			json({ bytes: lastForm });
			return;
		case 'POST /api/v1/files/upload/':
			json({
				upload: { url: `http://${request.headers.host}/bucket`, fields },
				download: { url: 'https://app.close.com/go/file/temporary/user_1/token/offer.bin/' },
			});
			return;
		default:
			json({ id: 'acti_1' });
	}
}

void listen(0, answer).then(({ url }) => {
	process.stdout.write(
		`${JSON.stringify({ url, baseUrl: `${url}/api/v1`, apiKey: 'api_sink' })}\n`,
	);
});
