/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests never ship */
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** A request as its bytes came in. */
export interface RawRequest {
	/** Request line and header lines, as sent. */
	head: string;
	/** Names in lower case. */
	headers: Record<string, string>;
	body: Buffer;
}

/** A server that keeps bytes and understands nothing of them but the length of a request. */
export interface Recorder {
	url: string;
	requests: RawRequest[];
	/** How many connections there have been, and how many of them are open. */
	connections: { made: number; open: number };
	/** Bytes that have come in, those of unfinished requests too. */
	received: number;
	/** From now on reads at full speed, where `slowly` was asked for. */
	hurry(): void;
	close(): Promise<void>;
}

const HEAD_END = '\r\n\r\n';
const SLOW_PAUSE_MS = 10;

/** Answers every request with `status`. `slowly`: takes some 6 MB a second. */
export async function startRecorder({ slowly = false, status = 201 } = {}): Promise<Recorder> {
	const sockets = new Set<Socket>();
	let slow = slowly;
	const server = createServer((socket) => {
		let pending = Buffer.alloc(0);
		sockets.add(socket);
		recorder.connections.made++;
		recorder.connections.open++;
		socket.on('error', () => {});
		socket.once('close', () => {
			sockets.delete(socket);
			recorder.connections.open--;
		});
		socket.on('data', (chunk: Buffer) => {
			recorder.received += chunk.length;
			if (slow) {
				socket.pause();
				setTimeout(() => socket.resume(), SLOW_PAUSE_MS);
			}
			pending = Buffer.concat([pending, chunk]);
			for (let whole = firstRequest(pending); whole; whole = firstRequest(pending)) {
				recorder.requests.push(whole.request);
				pending = pending.subarray(whole.length);
				socket.write(`HTTP/1.1 ${status} \r\nContent-Length: 0\r\n\r\n`);
			}
		});
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const recorder: Recorder = {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
		requests: [],
		connections: { made: 0, open: 0 },
		received: 0,
		hurry: () => {
			slow = false;
		},
		close: async () => {
			for (const socket of sockets) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
		},
	};
	return recorder;
}

/** The first request in the bytes if it is complete. One of unknown length ends as a chunked one. */
function firstRequest(bytes: Buffer): { request: RawRequest; length: number } | undefined {
	const headLength = bytes.indexOf(HEAD_END);
	if (headLength < 0) return undefined;
	const head = bytes.subarray(0, headLength).toString('latin1');
	const headers = Object.fromEntries(
		head
			.split('\r\n')
			.slice(1)
			.map((line) => [line.split(':')[0].toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
	);
	const start = headLength + HEAD_END.length;
	const end =
		'content-length' in headers
			? start + Number(headers['content-length'])
			: bytes.indexOf('0\r\n\r\n', start) + 5;
	if (bytes.length < end || end < start) return undefined;
	return { request: { head, headers, body: bytes.subarray(start, end) }, length: end };
}
