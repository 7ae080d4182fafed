import { refused, refusedFields, notFound, type FieldErrors } from './errors';
import { persistedAttachments } from './files';
import { blankEmail } from './blankEmail';
import { closeDate, type Email } from './records';
import type { Call, CloseContext } from './routes';
import { emailCreateSchema, emailUpdateSchema, parseDateTime, schemaErrors } from './schema';

type Body = Record<string, unknown>;

/** Statuses that need a sender; for `sent` it defaults to the user, for `draft` it may be missing. */
const NEED_SENDER = ['inbox', 'outbox', 'scheduled', 'error'];
/** Fields of the request that are not simply taken over. */
const TREATED_APART = ['attachments', 'send_in', 'date_created', 'created_by'];
const ADDRESS = /^[^\s@<>,;]+@[^\s@<>,;]+$|^[^<>]*<[^\s@<>,;]+@[^\s@<>,;]+>$/;

/** `POST /activity/email/` */
export function createEmail({ body }: Call, context: CloseContext): Email {
	refuseIf(schemaErrors(emailCreateSchema, body));
	const now = context.clock.now();
	const email = blankEmail(String(body.lead_id), now, context);
	apply(email, body, context);
	if (body.date_created) email.date_created = closeDate(parseDateTime(body.date_created));
	if (body.created_by) email.created_by = body.created_by;
	context.account.emails.push(email);
	context.account.books.set(email.id, { createdAt: now, sendAt: sendAt(email, body, now) });
	return answerThenSend(email, context);
}

/** `PUT /activity/email/{id}/`: only drafts change; what is not sent yet can become one again. */
export function updateEmail({ params, body }: Call, context: CloseContext): Email {
	const email = readEmail(params.id, context);
	refuseIf(schemaErrors(emailUpdateSchema, body, true));
	const book = context.account.books.get(email.id);
	const isWaiting = book?.sendAt !== undefined;
	const isCancelled = isWaiting && body.status === 'draft';
	if (email.status !== 'draft' && !isCancelled) throw refused('Only drafts can be modified.');

	apply(email, body, context);
	const now = context.clock.now();
	email.date_updated = closeDate(now);
	if (book !== undefined) book.sendAt = sendAt(email, body, now);
	if (isCancelled) email.date_scheduled = null;
	return answerThenSend(email, context);
}

export function readEmail(id: string, { account }: CloseContext): Email {
	const email = account.email(id);
	if (email === undefined) throw notFound();
	return email;
}

/** Checks everything first, then writes; a refusal leaves the email as it was. */
function apply(email: Email, body: Body, context: CloseContext): void {
	const { account, options } = context;
	const { attachments } = body;
	const next: Email = { ...email };
	for (const [name, value] of Object.entries(body)) {
		const isList = ['to', 'cc', 'bcc'].includes(name);
		if (!TREATED_APART.includes(name)) next[name] = isList ? (value ?? []) : value;
	}
	for (const name of ['activity_at', 'date_scheduled', 'followup_date']) {
		if (typeof body[name] === 'string') next[name] = closeDate(parseDateTime(body[name]));
	}
	render(next, account.emailTemplates);
	if (next.status === 'sent' && !next.sender) next.sender = account.owner.email;
	refuseIf({ ...referenceErrors(body, next, context), ...statusErrors(next, body) });

	if (attachments !== undefined) {
		const items = (attachments ?? []) as Body[];
		const place = `activity.email/${email.id}`;
		const added = persistedAttachments(items, email.attachments, place, context);
		const kept = options.putAttachments === 'append' ? email.attachments : [];
		next.attachments = [...kept, ...added];
	}
	next.direction = next.status === 'inbox' ? 'incoming' : 'outgoing';
	if (next.status === 'sent' && !next.date_sent) next.date_sent = next.activity_at as string;
	next.body_preview = (next.body_text ?? next.body_html ?? '').slice(0, 100);
	Object.assign(email, next);
}

/** What the status asks of the email, and which fields go with which status. */
function statusErrors(email: Email, body: Body): FieldErrors {
	const errors: FieldErrors = {};
	const { status, sender } = email;
	if (NEED_SENDER.includes(status) && !sender) {
		errors.sender = `This field is required for emails with status ${status}.`;
	}
	for (const name of ['to', 'cc', 'bcc'] as const) {
		const wrong = email[name].findIndex((address) => !ADDRESS.test(address));
		if (wrong >= 0) errors[name] = { [wrong]: 'Invalid email address.' };
	}
	if (sender && !ADDRESS.test(sender)) errors.sender = 'Invalid email address.';
	if (status === 'scheduled' && !email.date_scheduled) {
		errors.date_scheduled = 'This field is required for emails with status scheduled.';
	}
	if (body.date_scheduled && status !== 'scheduled') {
		errors.date_scheduled = 'Only allowed with status scheduled.';
	}
	if (body.send_in !== undefined && body.status !== 'outbox') {
		errors.send_in = 'Only allowed with status outbox.';
	}
	// Assumed: nothing can be sent to nobody.
	const recipients = email.to.length + email.cc.length + email.bcc.length;
	if (['outbox', 'scheduled'].includes(status) && recipients === 0) {
		errors.to = 'At least one recipient is required.';
	}
	return errors;
}

function referenceErrors(body: Body, email: Email, { account }: CloseContext): FieldErrors {
	const known: Record<string, Array<{ id: string }>> = {
		lead_id: account.leads,
		contact_id: account.contacts.filter((contact) => contact.lead_id === email.lead_id),
		user_id: account.users,
		created_by: account.users,
		organization_id: [{ id: account.organizationId }],
		email_account_id: account.emailAccounts,
		template_id: account.emailTemplates,
		in_reply_to_id: account.emails,
	};
	const unknown = Object.entries(known).filter(
		([name, records]) => body[name] && !records.some(({ id }) => id === body[name]),
	);
	return Object.fromEntries(unknown.map(([name]) => [name, 'The object does not exist.']));
}

/** A template fills in what the email leaves open. Its variables stay as they are. */
function render(email: Email, templates: CloseContext['account']['emailTemplates']): void {
	const template = templates.find(({ id }) => id === email.template_id);
	if (template === undefined) return;
	email.template_name = template.name;
	email.subject ??= template.subject;
	if (email.body_text === null && email.body_html === null) {
		email.body_text = template.body;
		email.body_html = template.body;
	}
}

/** When an email in this status leaves, in ms; undefined when it does not. */
function sendAt(email: Email, body: Body, now: number): number | undefined {
	if (email.status === 'scheduled') return parseDateTime(email.date_scheduled);
	if (email.status !== 'outbox') return undefined;
	return now + (typeof body.send_in === 'number' ? body.send_in * 1000 : 0);
}

/** The answer still says `outbox`; afterwards the email reads as sent, if it was due at once. */
function answerThenSend(email: Email, { account }: CloseContext): Email {
	const answer = structuredClone(email);
	account.sendDue();
	return answer;
}

function refuseIf(errors: FieldErrors): void {
	if (Object.keys(errors).length > 0) throw refusedFields(errors);
}
