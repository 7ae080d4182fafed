import { notFound } from './errors';
import type { Account, Contact, Lead, User } from './records';
import type { Call, CloseContext } from './routes';

/** A lead as Close answers it, as far as pick-lists look. */
export function leadAnswer(lead: Lead, account: Account): Record<string, unknown> {
	return {
		id: lead.id,
		name: lead.name,
		display_name: lead.name,
		status_label: lead.status_label,
		html_url: `https://app.close.com/lead/${lead.id}/`,
		contacts: lead.contacts.map((contact) => contactAnswer(contact, account)),
		organization_id: account.organizationId,
	};
}

export function contactAnswer(contact: Contact, account: Account): Record<string, unknown> {
	return {
		...contact,
		display_name: contact.name,
		organization_id: account.organizationId,
		emails: contact.emails.map((email) => ({ ...email, is_unsubscribed: false })),
	};
}

export function userAnswer(user: User, account: Account): Record<string, unknown> {
	return { ...user, image: null, organizations: [account.organizationId] };
}

/** `GET /lead/{id}/` */
export function readLead({ params }: Call, { account }: CloseContext): Record<string, unknown> {
	const lead = account.lead(params.id);
	if (lead === undefined) throw notFound();
	return leadAnswer(lead, account);
}

/** `GET /me/` */
export function readMe(_call: Call, { account }: CloseContext): Record<string, unknown> {
	const { owner, organizationId } = account;
	return {
		...owner,
		image: null,
		last_used_timezone: null,
		email_accounts: account.emailAccounts
			.filter(({ user_id }) => user_id === owner.id)
			.map((each) => ({ ...each, organization_id: organizationId })),
		memberships: [{ user_id: owner.id, organization_id: organizationId }],
		organizations: [{ id: organizationId, name: 'Sandbox', lead_statuses: [], pipelines: [] }],
		phone_numbers: [],
	};
}
