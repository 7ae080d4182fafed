/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- tests never ship */
import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Outcome {
	/** Exit code, or the name of the signal that ended the process. */
	code: number | NodeJS.Signals;
	stdout: string;
	/** Both streams in the order of arrival, for error messages. */
	log: string;
	/** Highest resident memory in bytes; 0 where /proc does not tell (only Linux does). */
	peakMemory: number;
}

/**
 * Makes a Node child end when its parent is gone, however that ended: the IPC channel closes even
 * after SIGKILL, and in Jest, where a test file cannot listen to the real process' signals. The
 * child gets no time to clean up: with nobody at its output, n8n would log its failing to log for ever.
 */
const endWithParent = `data:text/javascript,${encodeURIComponent(
	"process.on('disconnect', () => process.kill(process.pid, 'SIGKILL')); process.channel.unref();",
)}`;

/** Starts a Node program that does not outlive this process. Its two output streams are piped. */
export function spawnNode(node: string, args: string[], options: SpawnOptions): ChildProcess {
	return spawn(node, ['--import', endWithParent, ...args], {
		...options,
		stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
	});
}

/** Collects what a child prints, and its peak memory, until it ends. Never rejects for its exit code. */
export async function outcome(child: ChildProcess): Promise<Outcome> {
	let stdout = '';
	let log = '';
	let peak = 0;
	child.stdout?.setEncoding('utf8').on('data', (text: string) => {
		stdout += text;
		log += text;
	});
	child.stderr?.setEncoding('utf8').on('data', (text: string) => (log += text));
	// The peak only ever grows, so the last look before the end is the one that counts.
	const watch = setInterval(() => (peak = peakMemory(child) || peak), 20);
	const code = await new Promise<Outcome['code']>((resolve, reject) => {
		child.once('error', reject).once('close', (exitCode, signal) => resolve(exitCode ?? signal!));
	});
	clearInterval(watch);
	return { code, stdout, log, peakMemory: peak };
}

/** Highest resident memory so far (VmHWM of proc_pid_status(5), given in kB), in bytes. */
export function peakMemory(child: ChildProcess): number {
	try {
		const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
		return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
	} catch {
		return 0;
	}
}

/** Asks a child to end, and ends it after 10 s when it does not. */
export async function end(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const ended = new Promise((resolve) => child.once('exit', resolve));
	child.kill('SIGTERM');
	const patience = new AbortController();
	await Promise.race([ended, sleep(10_000, undefined, { signal: patience.signal })]).catch(
		() => {},
	);
	if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
	await ended;
	patience.abort();
}

/**
 * Runs a command to its end, showing its name with the elapsed seconds meanwhile.
 *
 * @throws Error with the end of its output when it exits with anything but 0.
 */
export async function run(
	label: string,
	command: string,
	args: string[],
	options: SpawnOptions = {},
): Promise<string> {
	const began = Date.now();
	const show = () => {
		const line = `${label} … ${Math.round((Date.now() - began) / 1000)} s`;
		process.stderr.write(process.stderr.isTTY ? `\r${line}` : `${line}\n`);
	};
	// A log file gets a line soon and then now and then, a terminal one that counts.
	const first = setTimeout(show, 2000);
	const ticker = setInterval(show, process.stderr.isTTY ? 1000 : 30_000);
	const result = await outcome(spawn(command, args, { ...options, stdio: 'pipe' }));
	clearTimeout(first);
	clearInterval(ticker);
	if (Date.now() - began > 5000) show();
	if (process.stderr.isTTY) process.stderr.write('\n');
	if (result.code !== 0) {
		throw new Error(
			`'${command} ${args.join(' ')}' ended with ${result.code}:\n${tail(result.log)}`,
		);
	}
	return result.stdout;
}

/** What a short command prints; undefined when it does not exist or does not succeed. */
export function answer(command: string, args: string[]): string | undefined {
	const { status, stdout } = spawnSync(command, args, { encoding: 'utf8' });
	return status === 0 ? stdout.trim() : undefined;
}

/** The last 30 lines, which is where npm and n8n say what stopped them. */
export function tail(log: string): string {
	return log.trimEnd().split('\n').slice(-30).join('\n');
}
