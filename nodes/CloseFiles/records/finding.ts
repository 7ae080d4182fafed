import type { IDataObject } from 'n8n-workflow';
import type { Run } from '../run';
import { attempt, type CloseRequest } from '../transport/close';
import { wait } from '../transport/wait';
import { Mishap } from '../transport/mishap';
import { policies, tryRepeatedly } from '../transport/retries';
import type { CloseRecord, Creation } from './creation';

/** Close's lists lag behind its writes: five looks over 15 seconds. */
const LOOKS_AFTER_MS = [500, 1_500, 3_000, 4_000, 6_000];

/** Close's default. */
const PAGE_SIZE = 100;
/**
 * A run may create hundreds of records on one lead while one of them is looked for, and a list that
 * cannot be narrowed to a time may show the newest on its last page.
 */
const MOST_PAGES = 50;

/** The Date header, by which Close's clock is known, has whole seconds. */
const CLOCK_GRAIN_MS = 1_000;

/**
 * Looks for the record of a creation whose answer was lost, in the list where it would be.
 *
 * @param begunAt when the creation began; what is older is another record.
 * @param nextBegunAt when that of the next alike item began; what is younger is that one's. Both in
 * ms by our own clock.
 */
export async function findCreated(
	run: Run,
	creation: Creation,
	{ begunAt, nextBegunAt }: { begunAt: number; nextBegunAt: number },
): Promise<CloseRecord | undefined> {
	const { connection, memory } = run;
	const { isMeant, createdAt } = creation;
	for (const delay of LOOKS_AFTER_MS) {
		await wait(connection, delay);
		if (connection.signal?.aborted) return undefined;
		const records = await listSince(run, creation, begunAt);
		const held = new Set([...memory.created.values()].flat());
		const found = records.find((record) => {
			// By our clock, as the answer itself shows: before the first one, ours had to do.
			const at = closeTime(createdAt(record)) - connection.clockOffsetMs;
			return at >= begunAt && at < nextBegunAt && !held.has(record.id) && isMeant(record);
		});
		if (found !== undefined) return found;
	}
	return undefined;
}

/** The records of the list that came into being since then, as far as Close gives them. */
async function listSince(
	{ connection }: Run,
	{ list, noun }: Creation,
	begunAt: number,
): Promise<CloseRecord[]> {
	const { path, query, sinceParameter } = list;
	const since = new Date(begunAt + connection.clockOffsetMs - CLOCK_GRAIN_MS).toISOString();
	const records: CloseRecord[] = [];
	for (let page = 0; page < MOST_PAGES; page += 1) {
		const request: CloseRequest = {
			method: 'GET',
			path,
			query: {
				...query,
				...(sinceParameter && { [sinceParameter]: since }),
				_limit: PAGE_SIZE,
				_skip: records.length,
			},
			purpose: `find the ${noun}`,
		};
		const answer = await tryRepeatedly(connection, policies.repeatable, async () => {
			return await attempt(connection, request);
		});
		if (answer instanceof Mishap) break;
		const data = (answer.data ?? []) as CloseRecord[];
		records.push(...data);
		// A few of Close's lists do not tell.
		const hasMore = answer.has_more ?? data.length === PAGE_SIZE;
		if (hasMore !== true || data.length === 0) break;
	}
	return records;
}

/** Close's date-times are UTC and often lack the offset. */
function closeTime(text: string): number {
	return Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
}

/**
 * How an activity is found among those of its lead. One whose date the user set is listed around
 * that date, which says nothing about when Close wrote it.
 */
export function amongActivities(
	path: CloseRequest['path'],
	{ lead_id, date_created: day }: IDataObject,
): Pick<Creation, 'list' | 'createdAt'> {
	if (typeof day !== 'string') {
		const list = { path, query: { lead_id }, sinceParameter: 'date_created__gte' };
		return { list, createdAt: (record) => String(record.date_created) };
	}
	const at = (offsetMs: number) => new Date(Date.parse(day) + offsetMs).toISOString();
	const around = { date_created__gte: at(-60_000), date_created__lte: at(60_000) };
	const list = { path, query: { lead_id, ...around } };
	return { list, createdAt: (record) => String(record.date_updated) };
}
