/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server of files anywhere on the web: neither Close nor its storage. */
export interface WebServer {
	/** Without a slash at the end. */
	url: string;
	/** Method, path and headers of every request, in the order of their arrival. */
	requests: Array<{ path: string; headers: IncomingMessage['headers'] }>;
	/** How the next requests are answered; a path that is not named gets 404. */
	paths: Record<string, (response: ServerResponse) => void>;
	close(): Promise<void>;
}

export async function startWebServer(): Promise<WebServer> {
	const server = createServer((request, response) => {
		const path = request.url ?? '/';
		web.requests.push({ path, headers: request.headers });
		const answer = web.paths[path.split('?')[0]];
		if (answer === undefined) response.writeHead(404).end('Nothing here.');
		else answer(response);
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const web: WebServer = {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		requests: [],
		paths: {},
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
	return web;
}

/** Answers with a file; `headers` beside its length. */
export const fileOf =
	(bytes: Buffer, headers: Record<string, string> = {}) =>
	(response: ServerResponse): void => {
		response.writeHead(200, { 'Content-Length': bytes.length, ...headers }).end(bytes);
	};
