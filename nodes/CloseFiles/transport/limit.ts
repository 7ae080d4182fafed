/** Does a piece of work when it is its turn, and settles as the work does. */
export type Limit = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Lets at most `most` pieces of work be under way; the others wait in the order in which they came.
 *
 * By hand, because a community node finds only packages that n8n itself depends on: p-limit is one
 * of them in n8n 2.20, but neither in n8n 2.15 nor in 1.x.
 */
export function limitOf(most: number): Limit {
	const waiting: Array<() => void> = [];
	let free = most;
	return async (work) => {
		if (free > 0) free -= 1;
		else await new Promise<void>((resolve) => waiting.push(resolve));
		try {
			return await work();
		} finally {
			// The place goes to the next in line directly: nobody who comes meanwhile can take it.
			const next = waiting.shift();
			if (next === undefined) free += 1;
			else next();
		}
	};
}
