import type { Connection } from './connection';
import { limitOf, type Limit } from './limit';
import { Mishap } from './mishap';
import { isTransient, policies } from './retries';

/** The renewals of one credential's token, by all executions in this process. */
interface Renewals {
	/** Lets one renewal at a time be under way. */
	turn: Limit;
	/** How many there have been. */
	count: number;
}

/** By the credential's ID: one small entry for each Close credential that has met a 401. */
const renewals = new Map<string, Renewals>();

/** One attempt each; what they end with is a value. */
interface Calls<T> {
	/** The call itself. A 401 must come back as a mishap, without n8n refreshing the token. */
	ask(): Promise<T | Mishap>;
	/** A call that reads, in which n8n refreshes the token if Close answers with a 401. */
	renew(): Promise<unknown>;
}

/**
 * One attempt at a call, made a second time after a 401 and with a token that was renewed once for
 * all calls that found it expired.
 *
 * n8n refreshes the token inside of a call that throws a 401, and n8n 1.x does so in each of several
 * parallel calls. But Close's refresh tokens rotate: a second refresh with the same one is refused.
 * So only `renew` may refresh, one at a time for a credential (docs/decisions/0011).
 */
export async function withRenewedToken<T>(
	connection: Connection,
	{ ask, renew }: Calls<T>,
): Promise<T | Mishap> {
	const ofCredential = renewalsOf(connection);
	const { count } = ofCredential;
	const answer = await ask();
	if (!(answer instanceof Mishap) || answer.facts.status !== 401) return answer;

	const obstacle = await ofCredential.turn(async () => {
		// Another call has come first while this one was under way or waited for its turn.
		if (ofCredential.count !== count) return undefined;
		const found = obstacleIn(await renew());
		if (found === undefined) ofCredential.count += 1;
		return found;
	});
	return obstacle ?? (await ask());
}

function renewalsOf({ context, credentialType }: Connection): Renewals {
	const id = context.getNode().credentials?.[credentialType]?.id ?? '';
	const found = renewals.get(id) ?? { turn: limitOf(1), count: 0 };
	renewals.set(id, found);
	return found;
}

/**
 * What keeps the call from being made again: whatever passes by itself, so not a refused refresh.
 * After that one the call is made too: another process may have stored a new token, and if none
 * has, Close's second 401 says what there is to say.
 */
function obstacleIn(outcome: unknown): Mishap | undefined {
	if (!(outcome instanceof Mishap) || isRefusedRefresh(outcome)) return undefined;
	const { kind, facts } = outcome;
	if (kind === 'cancelled' || facts.status === 429) return outcome;
	// The 401 stands: whatever befell the renewal, the call itself was not carried out.
	return isTransient(outcome, policies.repeatable)
		? new Mishap('refused', { code: facts.code })
		: undefined;
}

/** n8n's own errors about a token have no answer of Close, and none of the network's codes. */
function isRefusedRefresh({ kind, facts }: Mishap): boolean {
	return kind === 'cut' && [undefined, 'EAUTH', 'ESTATUS', 'ERR_ASSERTION'].includes(facts.code);
}
