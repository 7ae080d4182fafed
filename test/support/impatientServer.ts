/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests never ship */
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** What a server does with a connection whose request it is still receiving. */
export type Impatience = (socket: Socket, answer: string) => void;

/** Ways to answer before the request's end, from the polite to the rude. */
export const impatience = {
	'reads on and then ends': (socket, answer) => socket.end(answer),
	'reads on and leaves the connection open': (socket, answer) => socket.write(answer),
	'reads no more and ends': (socket, answer) => socket.pause().end(answer),
	'reads no more and closes after a while': (socket, answer) => {
		socket.pause().write(answer);
		setTimeout(() => socket.destroy(), A_WHILE_MS);
	},
	'reads no more and resets after a while': (socket, answer) => {
		socket.pause().write(answer);
		setTimeout(() => socket.resetAndDestroy(), A_WHILE_MS);
	},
	'closes at once': (socket, answer) => {
		socket.pause().write(answer, () => socket.destroy());
	},
	'resets at once': (socket, answer) => {
		socket.pause().write(answer, () => socket.resetAndDestroy());
	},
	'resets without an answer': (socket) => socket.resetAndDestroy(),
} satisfies Record<string, Impatience>;

/** Long enough for the answer to be read, on a busy machine too. */
const A_WHILE_MS = 100;

/** A server that answers every request after so many bytes, whatever is yet to come. */
export interface ImpatientServer {
	url: string;
	/** Connections there have been: one for each attempt. */
	attempts(): number;
	close(): Promise<void>;
}

export async function startImpatientServer(
	answer: string,
	afterBytes: number,
	way: Impatience,
): Promise<ImpatientServer> {
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		let received = 0;
		sockets.add(socket);
		// That the client's bytes meet a closed connection is what is wanted.
		socket.on('error', () => {});
		socket.on('data', (chunk: Buffer) => {
			const before = received;
			received += chunk.length;
			if (before <= afterBytes && received > afterBytes) way(socket, answer);
		});
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
		attempts: () => sockets.size,
		close: async () => {
			for (const socket of sockets) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** S3's refusal of a form, as its bytes on the wire. */
export function rawRefusal(status: number, code: string, message: string): string {
	const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
	const head = [
		`HTTP/1.1 ${status} Refused`,
		'Content-Type: application/xml',
		'Connection: close',
		`Content-Length: ${xml.length}`,
	];
	return [...head, '', xml].join('\r\n');
}
