import type { Account } from './account';
import { takenAttachments } from './attachments';
import { refuseIf, type FieldErrors } from './errors';
import type { Body, RecordKind } from './recordKind';
import { closeDate, type FileRecord } from './records';
import type { CloseContext } from './routes';
import { parseDateTime, type Schema } from './schema';

/** Checks everything first, then writes; a refusal leaves the record as it was. */
export function applyBody<R extends FileRecord>(
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
const SET_BY_CLOSE = [
	'lead_id',
	'activity_at',
	'date_created',
	'created_by',
	'user_id',
	'organization_id',
];

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
