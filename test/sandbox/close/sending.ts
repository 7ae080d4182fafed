import { refused, type FieldErrors } from './errors';
import type { Bookkeeping, FileRecord, Message } from './records';
import type { Body } from './recordKind';
import { dateTime } from './fields';
import { parseDateTime, type Schema } from './schema';

/** When a message is to leave: of emails and SMS alike, and for both in the prose only. */
export const sendingFields: Schema = {
	date_scheduled: dateTime,
	send_in: { type: 'integer', min: 1, max: 59 },
};

/** Only drafts change; what has not left yet can become one again. */
export function refuseUnlessDraft(record: FileRecord, body: Body, book?: Bookkeeping): void {
	const isCalledBack = book?.sendAt !== undefined && body.status === 'draft';
	if (record.status !== 'draft' && !isCalledBack) throw refused('Only drafts can be modified.');
}

/** What goes with which status, and the dates that follow from it. */
export function settleSending(next: Message, body: Body): FieldErrors {
	const errors: FieldErrors = {};
	const { status } = next;
	if (body.date_scheduled && status !== 'scheduled') {
		errors.date_scheduled = 'Only allowed with status scheduled.';
	}
	if (status === 'scheduled' && !next.date_scheduled) {
		errors.date_scheduled = 'This field is required with status scheduled.';
	}
	if (body.send_in !== undefined && body.status !== 'outbox') {
		errors.send_in = 'Only allowed with status outbox.';
	}
	if (status !== 'scheduled') next.date_scheduled = null;
	if (status === 'sent') next.date_sent ??= next.activity_at as string;
	return errors;
}

/** When a record in this status leaves, in ms; undefined when it does not. */
export function sendAt(record: FileRecord, body: Body, now: number): number | undefined {
	if (record.status === 'scheduled') return parseDateTime(record.date_scheduled);
	if (record.status !== 'outbox') return undefined;
	return now + (typeof body.send_in === 'number' ? body.send_in * 1000 : 0);
}
