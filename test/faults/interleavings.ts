import { startSandbox, type Sandbox, type SandboxOptions } from '../sandbox/server';
import { useBinaryMode } from '../support/execution';
import { explore, type Plan } from './exploring';
import { calls } from './mishaps';
import { theFiles } from './sending';

/**
 * The calls that bring a file to Close. They create nothing that anybody sees, and end in one URL or
 * in an error before the message: of two or three mishaps, only the later ones matter to it.
 */
export const uploading = [calls.sign, calls.upload];

/** Goes through all interleavings of a plan; answers those in which something was wrong. */
export async function failuresOf(
	plan: Omit<Plan, 'sandbox' | 'files'>,
	options: SandboxOptions = {},
): Promise<string[]> {
	await useBinaryMode('filesystem');
	const sandbox: Sandbox = await startSandbox(options);
	try {
		const { failures } = await explore({ sandbox, files: await theFiles('Offer.pdf'), ...plan });
		return failures.slice(0, 20);
	} finally {
		await sandbox.close();
	}
}
