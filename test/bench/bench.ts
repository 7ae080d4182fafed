import { SandboxServer, SinkServer } from './server';
import { Store } from './store';
import { Uploader } from './uploader';
import type { ContenderName } from './contenders';
import type { Server } from './server';

/** What the parts of a run share: two servers and a store with files. */
export class Bench {
	private constructor(
		readonly store: Store,
		readonly sandbox: SandboxServer,
		readonly sink: SinkServer,
		/** Tells how far the run is. */
		readonly say: (text: string) => void,
	) {}

	/** `folder` stays the caller's to remove. */
	static async open(folder: string, say: (text: string) => void): Promise<Bench> {
		const store = await Store.open(folder);
		return new Bench(store, await SandboxServer.start(), await SinkServer.start(), say);
	}

	async start(contender: ContenderName, server: Server): Promise<Uploader> {
		return await Uploader.start(contender, server, this.store);
	}

	async close(): Promise<void> {
		await Promise.all([this.sandbox.close(), this.sink.close()]);
	}
}
