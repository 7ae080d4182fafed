import type { Connection } from './connection';
import { Mishap, type Kind } from './mishap';
import { LONGEST_WAIT_MS, RATE_LIMIT_DEFAULT_MS } from './pace';
import { wait } from './wait';

/** When a call is tried again. */
interface Policy {
	/** How often at most, the first try included. */
	tries: number;
	/** Whether it goes to Close, whose rate limit the run shares with others (pace.ts). */
	atClose: boolean;
	statuses: readonly number[];
	/** S3's codes, answered with a 4xx, that a new signature or a new stream can mend. */
	codes?: readonly string[];
	kinds: readonly Kind[];
}

/**
 * The retry policy of every call, in one table. Nothing else in the node repeats a request,
 * but for a call that an expired OAuth2 token kept out (tokenRenewal.ts).
 *
 * Close documents 429 only; 5xx and connections follow its own Python client, which knows no
 * idempotency keys: what creates a record is repeated only when it was certainly not carried out.
 *
 * @see https://github.com/closeio/closeio-api
 */
export const policies = {
	/** Signing, reading, and writes by PUT that say the same when said twice. */
	repeatable: {
		tries: 5,
		atClose: true,
		statuses: [429, 500, 502, 503, 504],
		kinds: ['refused', 'timeout', 'cut', 'unreadable'],
	},
	/** A change of status that sends. After anything else the record is read back (sending.ts). */
	send: { tries: 5, atClose: true, statuses: [429], kinds: [] },
	/** A POST that creates. After a lost answer the record is looked for (finding.ts). */
	create: { tries: 5, atClose: true, statuses: [429, 503], kinds: ['refused'] },
	/** The signed POST to S3, each time with a new signature and a new stream (signedUpload.ts). */
	upload: {
		tries: 4,
		atClose: false,
		// 502 and 504 are a proxy's on the way; S3 itself has none.
		statuses: [500, 502, 503, 504],
		codes: ['PolicyExpired', 'RequestTimeTooSkewed', 'RequestTimeout'],
		kinds: ['refused', 'timeout', 'cut'],
	},
	/** Reading a file from a URL (fetch.ts), from its first byte each time. A 429 there is not Close's. */
	fetch: {
		tries: 4,
		atClose: false,
		statuses: [500, 502, 503, 504],
		kinds: ['refused', 'timeout', 'cut'],
	},
} as const satisfies Record<string, Policy>;

const FIRST_BACKOFF_MS = 500;

/** Counts the tries of one call and waits between them. */
export class Tries {
	private count = 1;
	private refused = 0;

	constructor(
		private readonly connection: Connection,
		readonly policy: Policy,
	) {}

	/** How many were made. */
	get made(): number {
		return this.count;
	}

	/** How many of them Close's rate limit refused. */
	get refusals(): number {
		return this.refused;
	}

	/** Waits before the next try. Answers false when there is to be none. */
	async again(mishap: Mishap): Promise<boolean> {
		const { status, retryAfterMs = RATE_LIMIT_DEFAULT_MS } = mishap.facts;
		const isRateLimit = status === 429;
		if (!isTransient(mishap, this.policy) || this.count >= this.policy.tries) return false;
		if (isRateLimit && retryAfterMs > LONGEST_WAIT_MS) return false;

		const { connection } = this;
		// A rate limit holds for the key: the call waits in its turn, as all of the run do.
		if (isRateLimit) this.refused += 1;
		else await wait(connection, backoffMs(this.count));
		this.count += 1;
		return !connection.signal?.aborted;
	}
}

/** Whether the policy sees the mishap as something that passes. */
export function isTransient({ kind, facts }: Mishap, policy: Policy): boolean {
	if (kind !== 'status') return policy.kinds.includes(kind);
	return (
		policy.statuses.includes(facts.status ?? 0) || (policy.codes ?? []).includes(facts.code ?? '')
	);
}

/**
 * Makes the call until it is answered or the policy ends, holding one of the run's request slots
 * for each attempt and none while waiting. The last mishap comes back as a value.
 */
export async function tryRepeatedly<T>(
	connection: Connection,
	policy: Policy,
	attempt: () => Promise<T | Mishap>,
): Promise<T | Mishap> {
	const tries = new Tries(connection, policy);
	for (;;) {
		const outcome = await inSlot(connection, tries, attempt);
		if (!(outcome instanceof Mishap) || !(await tries.again(outcome))) return outcome;
	}
}

/**
 * One attempt in one of the run's request slots; one that asks Close waits for its turn first.
 *
 * @param attempt gets what ends the turn, for one that goes on elsewhere when Close has answered.
 */
export async function inSlot<T>(
	{ pace, slots }: Connection,
	{ policy, refusals }: Tries,
	attempt: (endTurn: () => void) => Promise<T>,
): Promise<T> {
	const endTurn = policy.atClose ? await pace.turn(refusals) : () => {};
	try {
		return await slots(async () => await attempt(endTurn));
	} finally {
		endTurn();
	}
}

/** Doubles with every try and is spread by half, so that items of a run do not return together. */
function backoffMs(triesMade: number): number {
	return FIRST_BACKOFF_MS * 2 ** (triesMade - 1) * (0.5 + Math.random());
}
