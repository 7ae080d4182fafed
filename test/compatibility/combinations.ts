import type { BinaryMode } from '../n8n/instance';

/** The releases of n8n that are tried; each in a process of its own, which N8N_RELEASE tells. */
export const releases = ['2.41.1', '1.123.81'];

/** Where a workflow has the files of its items: beside their JSON, or in it. */
export type FilePlace = 'separate' | 'combined';

/** One row of the matrix. */
export interface Combination {
	store: BinaryMode;
	binaryMode: FilePlace;
}

/** n8n's own name for it is `default`, which 2.x no longer is. */
export const nameOf = (store: BinaryMode): string => (store === 'default' ? 'memory' : store);

const all: Combination[] = (['filesystem', 'database', 'default'] as const).flatMap((store) => [
	{ store, binaryMode: 'separate' },
	{ store, binaryMode: 'combined' },
]);

/**
 * Those that a release of n8n has. 1.x does not know `combined`. 2.x leaves the files of its memory
 * beside the JSON all the same (`convertBinaryData` of n8n-core 2.41.1), but has every node look for
 * them in it (`assertBinaryData`).
 */
export function combinationsOf(release: string): Combination[] {
	if (release.startsWith('1.')) return all.filter(({ binaryMode }) => binaryMode === 'separate');
	return all.filter(({ store, binaryMode }) => binaryMode === 'separate' || store !== 'default');
}

/** The store of queue mode: one that main and workers share. */
export const sharedStoreOf = (release: string): BinaryMode =>
	release.startsWith('1.') ? 'filesystem' : 'database';
