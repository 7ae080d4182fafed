/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below those that a system gives to clients and to servers that take any (Linux: 32768 and above):
 * one of these could be another's before it is used.
 */
const FROM = 20_000;
const TO = 32_000;
const ATTEMPTS = 100;

/** By this process, to whoever has not begun to listen yet. */
const given = new Set<number>();

/** A port of 127.0.0.1 that nobody listens at now, another one each time. */
export async function freePort(): Promise<number> {
	for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
		const port = randomInt(FROM, TO);
		if (given.has(port) || !(await isFree(port))) continue;
		given.add(port);
		return port;
	}
	throw new Error(`No port of 127.0.0.1 from ${FROM} to ${TO} is free`);
}

async function isFree(port: number): Promise<boolean> {
	const server = createServer();
	return await new Promise((resolve) => {
		server.once('error', () => resolve(false));
		server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
	});
}
