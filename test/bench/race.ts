import type { Bench } from './bench';
import type { ContenderName } from './contenders';
import { uploadByCurl } from './curl';
import { median } from './figures';
import type { Server } from './server';
import type { StoredFile } from './store';
import type { Uploader } from './uploader';

/** Median time of an upload in ms, by contender. */
export type Times<Name extends string> = Record<Name | 'curl', number>;

interface Race {
	server: Server;
	file: StoredFile;
	/** After a first one that is not counted: it warms both sides up. */
	rounds: number;
}

/** Has curl and each contender upload in turn, round after round, so that all meet the same machine. */
export async function race<Name extends ContenderName>(
	bench: Bench,
	{ server, file, rounds }: Race,
	names: readonly Name[],
): Promise<Times<Name>> {
	const uploaders: Uploader[] = [];
	try {
		for (const name of names) uploaders.push(await bench.start(name, server));
		const measured = [[], ...names.map(() => [])] as number[][];
		for (let round = 0; round <= rounds; round++) {
			const curl = await uploadByCurl(server.address, file);
			if (round > 0) measured[0].push(curl);
			for (const [index, uploader] of uploaders.entries()) {
				const ms = await uploader.upload(file);
				if (round > 0) measured[index + 1].push(ms);
			}
		}
		const entries = ['curl', ...names].map((name, index) => [name, median(measured[index])]);
		return Object.fromEntries(entries) as Times<Name>;
	} finally {
		await Promise.all(uploaders.map(async (uploader) => await uploader.close()));
	}
}
