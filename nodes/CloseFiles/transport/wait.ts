import { sleep } from 'n8n-workflow';

/** How often n8n's cancel signal is looked at while waiting, where `sleep` ignores it (n8n 1.x). */
const SLICE_MS = 250;

/** Waits, but no longer than until the execution is cancelled. */
export async function wait({ signal }: { signal?: AbortSignal }, ms: number): Promise<void> {
	const until = Date.now() + ms;
	for (let left = ms; left > 0; left = until - Date.now()) {
		if (signal?.aborted) return;
		await sleep(Math.min(left, SLICE_MS));
	}
}
