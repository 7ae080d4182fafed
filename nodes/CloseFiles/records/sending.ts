import type { IDataObject } from 'n8n-workflow';
import { CloseFilesError } from '../errors';
import { once, type Run } from '../run';
import { attempt, type CloseRequest } from '../transport/close';
import { explainClose } from '../transport/explain';
import { Mishap } from '../transport/mishap';
import { policies, Tries, tryRepeatedly } from '../transport/retries';
import type { CloseRecord } from './creation';

/** A draft and the change of status that sends it. */
export interface Sending {
	/** What it is called in errors, e.g. "email". */
	noun: string;
	id: string;
	path: `/${string}/`;
	change: IDataObject & { status: 'outbox' | 'scheduled' };
}

/** The statuses that show that a change of status was carried out: Close goes on by itself. */
const CARRIED_OUT = {
	outbox: ['outbox', 'sent'],
	scheduled: ['scheduled', 'outbox', 'sent'],
};

/**
 * Sends a draft by changing its status, once and only once.
 *
 * When the answer is lost, the record is read back and its status decides: still a draft means not
 * sent. A later try of n8n's Retry On Fail begins with reading, too.
 *
 * @throws CloseFilesError when Close refuses, could not send, or whether it sent is unknown.
 */
export async function sendOnce(
	run: Run,
	itemIndex: number,
	sending: Sending,
): Promise<CloseRecord> {
	return await once(run, itemIndex, 'sent', async () => await send(run, itemIndex, sending));
}

/** Whether this run or an earlier try of it has begun to send: then the record may be no draft any more. */
export function isSendingBegun({ memory }: Run, itemIndex: number): boolean {
	return memory.steps.has(doubtKey(itemIndex));
}

const doubtKey = (itemIndex: number): string => `${itemIndex} sending begun`;

async function send(run: Run, itemIndex: number, sending: Sending): Promise<CloseRecord> {
	const { connection, memory } = run;
	const doubt = doubtKey(itemIndex);
	const purpose = `send the ${sending.noun}`;
	// Between the changes of status, not for them: each is followed by reading back.
	const rounds = new Tries(connection, policies.repeatable);

	for (;;) {
		const wasInDoubt = memory.steps.has(doubt);
		if (wasInDoubt) {
			const record = await readBack(run, sending);
			if (isCarriedOut(record, sending)) return record;
		}
		memory.steps.set(doubt, true);
		const { path, change: body } = sending;
		const request: CloseRequest = { method: 'PUT', path, body, purpose };
		const answer = await tryRepeatedly(connection, policies.send, async () => {
			return await attempt(connection, request);
		});
		if (!(answer instanceof Mishap)) {
			if (isCarriedOut(answer as CloseRecord, sending)) return answer as CloseRecord;
			throw notSent(sending);
		}
		if (!isInDoubt(answer)) {
			// A change of status that was lost before may have come through after it was read back.
			const record = wasInDoubt ? await readBack(run, sending) : undefined;
			if (record !== undefined && isCarriedOut(record, sending)) return record;
			memory.steps.delete(doubt);
			throw explainClose(answer, purpose).with({ created: [{ id: sending.id }] });
		}
		if (!(await rounds.again(new Mishap('cut')))) {
			const record = await readBack(run, sending);
			if (isCarriedOut(record, sending)) return record;
			if (isUnderWay(answer)) throw notConfirmed(sending);
			memory.steps.delete(doubt);
			throw explainClose(answer, purpose).with({ created: [{ id: sending.id }] });
		}
	}
}

/** Whether Close may carry it out yet, although nobody waits for the answer any more. */
function isUnderWay({ kind, facts }: Mishap): boolean {
	return kind === 'timeout' || kind === 'cut' || [502, 504].includes(facts.status ?? 0);
}

function isInDoubt(mishap: Mishap): boolean {
	return mishap.isLost || mishap.kind === 'refused' || mishap.facts.status === 503;
}

/** Whether it is on its way. A draft is not. */
function isCarriedOut(record: CloseRecord, { noun, id, change }: Sending): boolean {
	if (record.status === 'error') {
		throw new CloseFilesError(
			`Close accepted the ${noun} but could not send it`,
			'Open it in Close: it says why. An email account may have to be connected again, a phone number may not be able to send files.',
			{ code: 'SendError', created: [{ id }] },
		);
	}
	return CARRIED_OUT[change.status].includes(String(record.status));
}

async function readBack({ connection }: Run, sending: Sending): Promise<CloseRecord> {
	const purpose = `read the ${sending.noun} back`;
	const answer = await tryRepeatedly(connection, policies.repeatable, async () => {
		return await attempt(connection, { method: 'GET', path: sending.path, purpose });
	});
	if (!(answer instanceof Mishap)) return answer as CloseRecord;
	throw new CloseFilesError(
		`The ${sending.noun} may have been sent: Close's answer was lost, and it could not be read back`,
		`Look at it in Close before you run the workflow again for this item.`,
		{ code: 'MaybeSent', created: [{ id: sending.id }] },
		{ cause: 'temporarily-unavailable' },
	);
}

function notConfirmed({ noun, id }: Sending): CloseFilesError {
	return new CloseFilesError(
		`The ${noun} may be sent yet: Close's answer was lost several times, and it is still a draft`,
		`Look at it in Close before you run the workflow again for this item.`,
		{ code: 'MaybeSent', created: [{ id }] },
		{ cause: 'temporarily-unavailable' },
	);
}

function notSent({ noun, id }: Sending): CloseFilesError {
	return new CloseFilesError(
		`Close answered, but the ${noun} is still not on its way`,
		'Open the draft in Close and send it there, or run the workflow again for this item.',
		{ code: 'NotSent', created: [{ id }] },
	);
}
