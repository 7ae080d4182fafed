import type { Account } from '../close/account';
import { newestFirst } from '../close/lists';
import type { Lead } from '../close/records';
import { escapeHtml } from '../close/richText';
import {
	emailCard,
	emailTemplateCard,
	leadFileCard,
	noteCard,
	opportunityCard,
	smsCard,
	smsTemplateCard,
	whatsAppMessageCard,
	type Card,
} from './cards';
import { cardHtml } from './cardHtml';
import { style } from './style';

/** Leads with their records, and the templates, as HTML. */
export function page(account: Account): string {
	account.sendDue();
	const { leads, fileRecords, uploads, deliveries } = account;
	const files = uploads.filter(({ uploadedAt }) => uploadedAt !== undefined).length;
	const counts = [
		count(leads.length, 'lead'),
		count(fileRecords.length, 'record'),
		count(files, 'uploaded file'),
		count(deliveries.length, 'delivery', 'deliveries'),
	];
	return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Close sandbox</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>Close sandbox</h1>
<p>${counts.join(' · ')} (nothing leaves this machine)</p>
</header>
<main>${leads.map((lead) => leadSection(lead, account)).join('')}${templateSection(account)}</main>
</body>
</html>
`;
}

function leadSection(lead: Lead, account: Account): string {
	const contacts = lead.contacts.map(({ name, title, emails, phones }) => {
		const reachedAt = [...emails.map(({ email }) => email), ...phones.map(({ phone }) => phone)];
		const lines = reachedAt.map(escapeHtml).join('<br>');
		return `<li><b>${escapeHtml(name)}</b> ${escapeHtml(title)}<br><span>${lines}</span></li>`;
	});
	return `<section class="lead">
<div class="lead-head"><h2>${escapeHtml(lead.name)}</h2>
<span class="stage">${escapeHtml(lead.status_label)}</span> <code>${escapeHtml(lead.id)}</code></div>
<div class="columns"><ul class="contacts">${contacts.join('') || '<li>No contacts</li>'}</ul>
<div class="records">${cardsHtml(leadCards(lead.id, account), account)}</div></div>
</section>`;
}

function leadCards(leadId: string, account: Account): Card[] {
	const { emails, notes, sms, whatsAppMessages, opportunities, leadFiles } = account;
	const cards = <R extends { lead_id: string }>(records: R[], card: (record: R) => Card) =>
		records.filter(({ lead_id }) => lead_id === leadId).map(card);
	return [
		...cards(opportunities, opportunityCard),
		...cards(emails, emailCard),
		...cards(notes, noteCard),
		...cards(sms, smsCard),
		...cards(whatsAppMessages, whatsAppMessageCard),
		...cards(leadFiles, leadFileCard),
	];
}

function templateSection(account: Account): string {
	const { emailTemplates, smsTemplates } = account;
	const cards = [...emailTemplates.map(emailTemplateCard), ...smsTemplates.map(smsTemplateCard)];
	return `<section class="lead">
<div class="lead-head"><h2>Templates</h2></div>
<div class="records">${cardsHtml(cards, account)}</div>
</section>`;
}

/** Newest first, as in Close. */
function cardsHtml(cards: Card[], account: Account): string {
	const html = newestFirst(cards).map((card) => cardHtml(card, account));
	return html.join('') || '<p class="none">Nothing here yet.</p>';
}

function count(number: number, one: string, many = `${one}s`): string {
	return `${number} ${number === 1 ? one : many}`;
}
