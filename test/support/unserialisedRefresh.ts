/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import { createRequire } from 'node:module';

interface Lease {
	run<T>(key: string, refresh: () => Promise<T>): Promise<T>;
}

/** What n8n-core 2.x has its refreshes of a token run by, one at a time for a credential. */
const { SingleFlightLease } = createRequire(require.resolve('n8n-core'))('@n8n/backend-common') as {
	SingleFlightLease: { prototype: Lease };
};

/**
 * n8n-core refreshes as 1.x does until the mock is restored: every call that throws a 401 refreshes
 * by itself, whether or not another one is at it.
 */
export function refreshWithoutTurns(): jest.SpyInstance {
	return jest
		.spyOn(SingleFlightLease.prototype, 'run')
		.mockImplementation(async (_credential, refresh) => await refresh());
}
