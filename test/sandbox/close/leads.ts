import { notFound } from './errors';
import type { Account } from './account';
import { pageOf } from './lists';
import type { Contact, Lead } from './records';
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

/** `GET /lead/{id}/` */
export function readLead({ params }: Call, { account }: CloseContext): Record<string, unknown> {
	const lead = account.lead(params.id);
	if (lead === undefined) throw notFound();
	return leadAnswer(lead, account);
}

/** `GET /lead/` */
export function listLeads(call: Call, { account }: CloseContext) {
	const sought = (call.query.get('query') ?? '').toLowerCase();
	const found = account.leads.filter(({ name }) => name.toLowerCase().includes(sought));
	const leads = found.map((lead) => leadAnswer(lead, account));
	return { ...pageOf(leads, call), total_results: leads.length };
}

/** `GET /contact/` */
export function listContacts(call: Call, { account }: CloseContext) {
	const leadId = call.query.get('lead_id');
	const found = account.contacts.filter(({ lead_id }) => [lead_id, null].includes(leadId));
	return pageOf(
		found.map((contact) => contactAnswer(contact, account)),
		call,
	);
}
