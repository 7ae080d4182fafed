import type { IDataObject } from 'n8n-workflow';
import { CloseFilesError } from '../errors';
import { inTurn, once, type Run } from '../run';
import { attempt, type CloseRequest } from '../transport/close';
import { explainClose } from '../transport/explain';
import { Mishap } from '../transport/mishap';
import { policies, tryRepeatedly } from '../transport/retries';
import { findCreated } from './finding';

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
	const found = await findCreated(run, creation, { begunAt, nextBegunAt });
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

function maybeCreated({ noun, place = 'the lead' }: Creation): CloseFilesError {
	return new CloseFilesError(
		`The ${noun} may have been created: Close's answer was lost, and the ${noun} was not found afterwards`,
		`Look at ${place} in Close before you run the workflow again for this item, or there may be two.`,
		{ code: 'MaybeCreated' },
		{ cause: 'temporarily-unavailable' },
	);
}
