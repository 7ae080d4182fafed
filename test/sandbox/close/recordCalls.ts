import { notFound, refuseIf } from './errors';
import { listAnswer, paging } from './lists';
import { applyBody } from './recordChange';
import type { RecordKind } from './recordKind';
import { closeDate, type FileRecord } from './records';
import type { Call, CloseContext, Route } from './routes';
import { schemaErrors } from './schema';
import { refuseUnlessDraft, sendAt } from './sending';

/** The four calls of a kind of record: list, create, read, change. */
export function recordRoutes<R extends FileRecord>(kind: RecordKind<R>): Route[] {
	const { path, listParameters, createParameters, readParameters, createdStatus } = kind;
	const one: `/${string}/` = `${path}{id}/`;
	return [
		{
			method: 'GET',
			path,
			parameters: [...paging, ...listParameters],
			handle(call, context) {
				const { data, ...rest } = listAnswer(call, kind.records(context.account), context);
				return { data: data.map((record) => answerOf(kind, record, call)), ...rest };
			},
		},
		{
			method: 'POST',
			path,
			parameters: createParameters,
			status: createdStatus,
			handle: (call, context) => createRecord(kind, call, context),
		},
		{
			method: 'GET',
			path: one,
			parameters: readParameters,
			handle: (call, context) => answerOf(kind, findRecord(kind, call, context), call),
		},
		{
			method: 'PUT',
			path: one,
			handle: (call, context) => changeRecord(kind, call, context),
		},
	];
}

function createRecord<R extends FileRecord>(
	kind: RecordKind<R>,
	{ body }: Call,
	context: CloseContext,
): R {
	refuseIf(schemaErrors(kind.createFields, body));
	const now = context.clock.now();
	const record = kind.blank(body, now, context);
	applyBody(kind, record, body, context);
	kind.records(context.account).push(record);
	context.account.books.set(record.id, { createdAt: now, sendAt: sendAt(record, body, now) });
	return answerThenSend(record, context);
}

function changeRecord<R extends FileRecord>(
	kind: RecordKind<R>,
	call: Call,
	context: CloseContext,
): R {
	const { body } = call;
	const record = findRecord(kind, call, context);
	const book = context.account.books.get(record.id);
	refuseIf(schemaErrors(kind.updateFields, body, true));
	if (kind.draftsOnly) refuseUnlessDraft(record, body, book);
	applyBody(kind, record, body, context);
	const now = context.clock.now();
	record.date_updated = closeDate(now);
	if (book !== undefined) book.sendAt = sendAt(record, body, now);
	return answerThenSend(record, context);
}

function findRecord<R extends FileRecord>(
	kind: RecordKind<R>,
	{ params }: Call,
	{ account }: CloseContext,
): R {
	account.sendDue();
	const record = kind.records(account).find(({ id }) => id === params.id);
	if (record === undefined) throw notFound();
	return record;
}

function answerOf<R extends FileRecord>(kind: RecordKind<R>, record: R, { query }: Call): object {
	return kind.answer?.(record, query) ?? record;
}

/** The answer still says `outbox`; afterwards a message reads as sent, if it was due at once. */
function answerThenSend<R extends FileRecord>(record: R, { account }: CloseContext): R {
	const answer = structuredClone(record);
	account.sendDue();
	return answer;
}
