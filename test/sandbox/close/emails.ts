import type { Account } from './account';
import { inlineableForm } from './attachments';
import { blankEmail } from './blankEmail';
import { emailCreateFields, emailUpdateFields } from './emailFields';
import type { FieldErrors } from './errors';
import { activityParameters } from './lists';
import type { Email } from './records';
import type { Body, RecordKind } from './recordKind';
import type { CloseContext } from './routes';
import { settleSending } from './sending';

/** Statuses that need a sender; for `sent` it defaults to the user, for `draft` it may be missing. */
const NEED_SENDER = ['inbox', 'outbox', 'scheduled', 'error'];
const ADDRESS = /^[^\s@<>,;]+@[^\s@<>,;]+$|^[^<>]*<[^\s@<>,;]+@[^\s@<>,;]+>$/;

export const emailKind: RecordKind<Email> = {
	path: '/activity/email/',
	objectType: 'activity.email',
	createFields: emailCreateFields,
	updateFields: emailUpdateFields,
	attachmentForm: inlineableForm,
	listParameters: activityParameters,
	draftsOnly: true,
	records: ({ emails }) => emails,
	blank: blankEmail,
	named: ({ emailAccounts, emailTemplates, emails }) => ({
		email_account_id: emailAccounts,
		template_id: emailTemplates,
		in_reply_to_id: emails,
	}),
	settle,
};

function settle(next: Email, body: Body, { account }: CloseContext): FieldErrors {
	render(next, account);
	if (next.status === 'sent' && !next.sender) next.sender = account.owner.email;
	next.direction = next.status === 'inbox' ? 'incoming' : 'outgoing';
	next.body_preview = (next.body_text ?? next.body_html ?? '').slice(0, 100);
	return { ...settleSending(next, body), ...statusErrors(next) };
}

/** What the status asks of the email. */
function statusErrors(email: Email): FieldErrors {
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
	// Assumed: nothing can be sent to nobody.
	const recipients = email.to.length + email.cc.length + email.bcc.length;
	if (['outbox', 'scheduled'].includes(status) && recipients === 0) {
		errors.to = 'At least one recipient is required.';
	}
	return errors;
}

/** A template fills in what the email leaves open. Its variables stay as they are. */
function render(email: Email, { emailTemplates }: Account): void {
	const template = emailTemplates.find(({ id }) => id === email.template_id);
	if (template === undefined) return;
	email.template_name = template.name;
	email.subject ??= template.subject;
	if (email.body_text === null && email.body_html === null) {
		email.body_text = template.body;
		email.body_html = template.body;
	}
}
