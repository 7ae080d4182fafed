import type { Account } from './account';
import { takenAttachments, type AttachmentForm } from './attachments';
import { notFound, refuseIf, type FieldErrors } from './errors';
import { listAnswer, paging } from './lists';
import { closeDate, type FileRecord } from './records';
import type { Call, CloseContext, Route } from './routes';
import { parseDateTime, schemaErrors, type Schema } from './schema';
import { refuseUnlessDraft, sendAt } from './sending';

export type Body = Record<string, unknown>;

/** What sets one kind of record that takes files apart; all the rest is the same, in this file. */
export interface RecordKind<R extends FileRecord> {
	/** Without `/api/v1`: `/activity/note/`. */
	path: `/${string}/`;
	/** Its name in persisted URLs and in lead files: `activity.note`. */
	objectType: string;
	createFields: Schema;
	updateFields: Schema;
	attachmentForm: AttachmentForm;
	/** Query parameters of the list, besides those of paging. */
	listParameters: readonly string[];
	createParameters?: readonly string[];
	readParameters?: readonly string[];
	/** 200 unless Close documents another. */
	createdStatus?: 201;
	/** Only drafts can be modified. */
	draftsOnly?: true;
	records(account: Account): R[];
	/** A record of now with every key that Close answers; the body is not applied yet. */
	blank(body: Body, now: number, context: CloseContext): R;
	/** The records that fields of this kind name, besides those that every kind can name. */
	named?(account: Account): Record<string, Array<{ id: string }>>;
	/** Sets what follows from the fields taken over; returns what is wrong with the result. */
	settle(next: R, body: Body, context: CloseContext): FieldErrors;
	/** As Close answers it, if not as it is. */
	answer?(record: R, query: URLSearchParams): object;
}

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
	apply(kind, record, body, context);
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
	apply(kind, record, body, context);
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

/** Checks everything first, then writes; a refusal leaves the record as it was. */
function apply<R extends FileRecord>(
	kind: RecordKind<R>,
	record: R,
	body: Body,
	context: CloseContext,
): void {
	const { account, options, clock } = context;
	const next: R = { ...record, ...takenFields(kind.createFields, body) };
	const errors: FieldErrors = {};
	if (body.attachments !== undefined) {
		const holder = { ...record, objectType: kind.objectType, form: kind.attachmentForm };
		const items = (body.attachments ?? []) as Body[];
		const [added, wrong] = takenAttachments(items, holder, context);
		const kept = options.putAttachments === 'append' ? record.attachments : [];
		next.attachments = [...kept, ...added];
		if (Object.keys(wrong).length > 0) errors.attachments = wrong;
	}
	const ruleErrors = kind.settle(next, body, context);
	refuseIf({ ...unknownNames(kind, body, next, account), ...ruleErrors, ...errors });

	for (const { url } of next.attachments) {
		if (!account.books.has(url)) account.books.set(url, { createdAt: clock.now() });
	}
	Object.assign(record, next);
}

/** Fields for which `null` means what leaving them out means: Close has set them itself. */
const SET_BY_CLOSE = ['activity_at', 'date_created', 'created_by', 'user_id', 'organization_id'];

/** The fields that are simply taken over, times as Close writes them. */
function takenFields(fields: Schema, body: Body): Body {
	const taken = Object.entries(body).filter(
		([name, value]) =>
			!['attachments', 'send_in'].includes(name) &&
			!(value === null && SET_BY_CLOSE.includes(name)),
	);
	const held = ([name, value]: [string, unknown]) => {
		const { type } = fields[name];
		if (type === 'strings') return [name, value ?? []] as const;
		const isTime = type === 'dateTime' && value !== null;
		return [name, isTime ? closeDate(parseDateTime(value)) : value] as const;
	};
	return Object.fromEntries(taken.map(held));
}

/** Fields of the body that name a record which does not exist, or not on this lead. */
function unknownNames<R extends FileRecord>(
	kind: RecordKind<R>,
	body: Body,
	next: R,
	account: Account,
): FieldErrors {
	const known: Record<string, Array<{ id: string }>> = {
		lead_id: account.leads,
		contact_id: account.contacts.filter((contact) => contact.lead_id === next.lead_id),
		user_id: account.users,
		created_by: account.users,
		organization_id: [{ id: account.organizationId }],
		...kind.named?.(account),
	};
	const unknown = Object.entries(known).filter(
		([name, records]) => body[name] && !records.some(({ id }) => id === body[name]),
	);
	return Object.fromEntries(unknown.map(([name]) => [name, 'The object does not exist.']));
}
