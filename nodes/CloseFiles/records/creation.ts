import type { IDataObject } from 'n8n-workflow';
import { CloseFilesError } from '../errors';
import { inTurn, once, type Run } from '../run';
import { attempt, type CloseRequest } from '../transport/close';
import { wait } from '../transport/connection';
import { explainClose } from '../transport/explain';
import { Mishap } from '../transport/mishap';
import { policies, tryRepeatedly } from '../transport/retries';

/** A record as Close answers it. */
export type CloseRecord = IDataObject & { id: string };

/** How a record is created, and how it is recognised should the answer be lost. */
export interface Creation {
	/** What it is called in errors, e.g. "email". */
	noun: string;
	/** Which one of an item's records it is, where an item creates several. */
	part?: string;
	path: `/${string}/`;
	body: IDataObject;
	/** Lists the records among which it would be. */
	list: {
		path: CloseRequest['path'];
		query?: IDataObject;
		/** The list's parameter for records created at or after a time, where it has one. */
		sinceParameter?: string;
	};
	/** Whether a listed record says the same as `body`. */
	isMeant(record: CloseRecord): boolean;
	/** What reading it takes so that it shows its attachments; the answer to its creation need not then. */
	readQuery?: IDataObject;
	/** Where the user looks for it; "the lead" unless said. */
	place?: string;
	/** When the record says it came into being, by Close's clock. */
	createdAt(record: CloseRecord): string;
	/** Items alike in this cannot be told apart in a list and are created one after the other. */
	likeness: string;
}

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
 * Creates the record of an item, once and only once.
 *
 * Close knows no idempotency keys: a POST that is repeated may create a second record. So when its
 * answer is lost, the record is looked for instead, also by a later try of n8n's Retry On Fail.
 *
 * @throws CloseFilesError when Close refuses it, or when it may exist but was not found.
 */
export async function createOnce(
	run: Run,
	itemIndex: number,
	creation: Creation,
): Promise<CloseRecord> {
	const { created } = run.memory;
	return await once(run, itemIndex, `record ${creation.part ?? ''}`, async () => {
		return await inTurn(run, creation.likeness, async () => {
			const record = await create(run, itemIndex, creation);
			created.set(itemIndex, [...(created.get(itemIndex) ?? []), record.id]);
			return record;
		});
	});
}

async function create(run: Run, itemIndex: number, creation: Creation): Promise<CloseRecord> {
	const { memory, connection } = run;
	const doubt = `${itemIndex} creation ${creation.part ?? ''} begun at`;
	const line = `${creation.likeness} begun at`;
	const purpose = `create the ${creation.noun}`;

	if (!memory.steps.has(doubt)) {
		const now = Date.now();
		memory.steps.set(doubt, now);
		memory.steps.set(line, [...begunInLine(run, line), now]);
		const answer = await tryRepeatedly(connection, policies.create, async () => {
			const { path, body } = creation;
			return withId(await attempt(connection, { method: 'POST', path, body, purpose }));
		});
		if (!(answer instanceof Mishap)) return answer;
		if (!answer.isLost) {
			memory.steps.delete(doubt);
			throw explainClose(answer, purpose);
		}
	}
	const begunAt = memory.steps.get(doubt) as number;
	// What was created after the next alike item's turn began is that item's.
	const nextBegunAt = Math.min(...begunInLine(run, line).filter((at) => at > begunAt));
	const found = await lookFor(run, creation, begunAt, nextBegunAt);
	if (found !== undefined) return found;
	throw maybeCreated(creation);
}

/** When the creations of alike items began, one after the other. */
function begunInLine({ memory }: Run, line: string): number[] {
	return (memory.steps.get(line) ?? []) as number[];
}

function withId(answer: IDataObject | Mishap): CloseRecord | Mishap {
	if (answer instanceof Mishap) return answer;
	return typeof answer.id === 'string' ? (answer as CloseRecord) : new Mishap('unreadable');
}

async function lookFor(
	run: Run,
	creation: Creation,
	begunAt: number,
	nextBegunAt: number,
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

function maybeCreated({ noun, place = 'the lead' }: Creation): CloseFilesError {
	return new CloseFilesError(
		`The ${noun} may have been created: Close's answer was lost, and the ${noun} was not found afterwards`,
		`Look at ${place} in Close before you run the workflow again for this item, or there may be two.`,
		{ code: 'MaybeCreated' },
		{ cause: 'temporarily-unavailable' },
	);
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
