import { startSandbox, type Sandbox, type SandboxOptions } from '../sandbox/server';
import { useBinaryMode } from './execution';

/**
 * The sandbox of a test file or a `describe`: started before the tests, emptied after each, closed
 * after all, beside n8n's store on the file system. To be called where hooks may be registered; what
 * it returns is filled in by the first of them.
 */
export function aSandbox(options?: SandboxOptions): Sandbox {
	const sandbox = {} as Sandbox;
	beforeAll(async () => {
		Object.assign(sandbox, await startSandbox(options));
		await useBinaryMode('filesystem');
	});
	afterEach(() => sandbox.reset());
	afterAll(async () => await sandbox.close());
	return sandbox;
}
