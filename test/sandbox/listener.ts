/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests never ship */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

export interface Listener {
	/** `http://127.0.0.1:PORT` */
	url: string;
	close(): Promise<void>;
}

/** How long an answer may take after its client broke the protocol, in ms. */
const GRACE_MS = 500;

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Serves on 127.0.0.1; port 0 takes a free one. */
export async function listen(port: number, handler: Handler): Promise<Listener> {
	const server = createServer(
		// Large uploads and injected delays may take longer than Node's 5 minutes for a request.
		{ requestTimeout: 0, keepAliveTimeout: 60_000 },
		(request, response) => {
			handler(request, response).catch(() => {
				// The client went away in mid-body, which is its right.
				request.socket.destroy();
			});
		},
	);
	const inUse = new WeakSet<Duplex>();
	server.on('request', (request: IncomingMessage) => inUse.add(request.socket));
	server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
		// A connection that ended in mid-request: nobody waits for an answer.
		if (['HPE_INVALID_EOF_STATE', 'ECONNRESET'].includes(error.code ?? '')) socket.destroy();
		// A body without a length reads as a second request that makes no sense; the answer to the
		// first one, which says so, is still to be sent.
		else if (inUse.has(socket)) setTimeout(() => socket.destroy(), GRACE_MS).unref();
		else socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close: async () => {
			await new Promise<void>((resolve) => {
				server.close(() => resolve());
				// Answers that are held back by a fault must not hold back the end.
				server.closeAllConnections();
			});
		},
	};
}
