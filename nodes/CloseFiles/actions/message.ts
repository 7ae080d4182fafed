import type { IDataObject } from 'n8n-workflow';
import type { CloseRecord } from '../records/creation';
import { sendOnce, type Sending } from '../records/sending';
import type { Run } from '../run';
import type { Outgoing } from './fields/sending';

/** An email or an SMS as the user filled it in, in Close's words, without its attachments. */
export interface Message {
	/** What it is created with. */
	body: IDataObject & { lead_id: string };
	/** The change of status that sends it; undefined for a draft and for a log. */
	change?: Outgoing['change'];
}

/**
 * The message that is always created without sending: an answer that is lost on the way can then
 * cost a second draft at the worst, never a second message.
 *
 * @param atSending goes with the change of status where there is one.
 */
export function messageOf(
	fields: Message['body'],
	{ status, change }: Outgoing,
	atSending: IDataObject = {},
): Message {
	if (change === undefined) return { body: { ...fields, ...atSending, status } };
	return { body: { ...fields, status: 'draft' }, change: { ...atSending, ...change } };
}

/** Sends what was created to be sent; tells above the node's output that a draft was not. */
export async function sendIfWanted(
	run: Run,
	itemIndex: number,
	{ body, change }: Message,
	created: Pick<Sending, 'noun' | 'path'> & { record: CloseRecord },
): Promise<CloseRecord> {
	const { noun, record } = created;
	if (change !== undefined) {
		const path = `${created.path}${encodeURIComponent(record.id)}/` as const;
		return await sendOnce(run, itemIndex, { noun, id: record.id, path, change });
	}
	if (body.status === 'draft') {
		run.memory.hints.add(
			"Saved as a draft in Close: nothing was sent. To send at once, set 'Status' to 'Send Now'.",
		);
	}
	return record;
}
