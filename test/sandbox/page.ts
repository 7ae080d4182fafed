import type { Account } from './close/account';
import type { Attachment, Email, Lead } from './close/records';

/** Leads with their records, as HTML without any external asset. */
export function page(account: Account): string {
	const leads = account.leads.map((lead) => leadSection(lead, account)).join('');
	const files = account.uploads.filter(({ uploadedAt }) => uploadedAt !== undefined).length;
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
<p>${count(account.leads.length, 'lead')} · ${count(account.emails.length, 'email')} ·
${count(files, 'uploaded file')} · ${count(account.deliveries.length, 'delivery', 'deliveries')}
(nothing leaves this machine)</p>
</header>
<main>${leads}</main>
</body>
</html>
`;
}

function leadSection(lead: Lead, account: Account): string {
	const contacts = lead.contacts
		.map(({ name, title, emails }) => {
			const address = emails.map(({ email }) => escape(email)).join(', ');
			return `<li><b>${escape(name)}</b> ${escape(title)}<br><span>${address}</span></li>`;
		})
		.join('');
	// Newest first, as in Close. Other kinds of records get their card here.
	const cards = account.emails
		.filter(({ lead_id }) => lead_id === lead.id)
		.reverse()
		.map((email) => emailCard(email, account));
	return `<section class="lead">
<div class="lead-head"><h2>${escape(lead.name)}</h2><span class="stage">${escape(lead.status_label)}</span>
<code>${escape(lead.id)}</code></div>
<div class="columns"><ul class="contacts">${contacts || '<li>No contacts</li>'}</ul>
<div class="records">${cards.join('') || '<p class="none">Nothing here yet.</p>'}</div></div>
</section>`;
}

function emailCard(email: Email, account: Account): string {
	const lines = [
		['From', email.sender],
		['To', email.to.join(', ')],
		['CC', email.cc.join(', ')],
		['BCC', email.bcc.join(', ')],
		['Scheduled', email.date_scheduled && shortDate(email.date_scheduled)],
	]
		.filter(([, value]) => value)
		.map(([label, value]) => `<dt>${label}</dt><dd>${escape(String(value))}</dd>`)
		.join('');
	const files = email.attachments.map((attachment) => fileRow(attachment, account)).join('');
	return `<article>
<div class="card-head"><h3>${escape(email.subject ?? '(no subject)')}</h3>
<span class="status ${escape(email.status)}">${escape(email.status)}</span>
<time>${shortDate(email.date_created)}</time></div>
<dl>${lines}</dl>
<p class="body">${escape(bodyText(email))}</p>
${files && `<table><tr><th>Attachment</th><th>Content type</th><th class="n">Size</th><th>MD5</th></tr>${files}</table>`}
</article>`;
}

function fileRow(attachment: Attachment, account: Account): string {
	const { url, filename, content_type, size, inline_only } = attachment;
	const upload = account.upload(url);
	const name = upload
		? `<a href="/sandbox/files/${encodeURIComponent(upload.token)}">${escape(filename)}</a>`
		: escape(filename);
	return `<tr><td>${name}${inline_only ? ' <span class="inline">inline</span>' : ''}</td>
<td>${escape(content_type ?? '–')}</td><td class="n">${size.toLocaleString('en')} B</td>
<td><code>${upload?.md5 ?? ''}</code></td></tr>`;
}

/** The text, or what is left of the HTML without its tags; shown escaped either way. */
function bodyText({ body_text, body_html }: Email): string {
	if (body_text) return body_text;
	return (body_html ?? '')
		.replace(/<(br|\/p|\/div|\/li)\b[^>]*>/gi, '\n')
		.replace(/<[^>]*>/g, '')
		.replaceAll('&nbsp;', ' ')
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&amp;', '&')
		.trim();
}

const shortDate = (date: string) => escape(`${date.slice(0, 16).replace('T', ' ')} UTC`);

function count(number: number, one: string, many = `${one}s`): string {
	return `${number} ${number === 1 ? one : many}`;
}

function escape(text: string): string {
	const entities: Record<string, string> = {
		'&': '&amp;',
		'<': '&lt;',
		'>': '&gt;',
		'"': '&quot;',
		"'": '&#39;',
	};
	return text.replaceAll(/[&<>"']/g, (character) => entities[character]);
}

const style = `
:root { --ink: #1d2733; --soft: #64748b; --line: #e2e8f0; --back: #f4f6f9; --accent: #2557d6; }
* { box-sizing: border-box; margin: 0; }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--back); }
header { background: #14213d; color: #fff; padding: 22px 40px; }
header h1 { font-size: 22px; }
header p { color: #b6c2d9; }
main { max-width: 1200px; margin: 0 auto; padding: 24px 40px 60px; }
.lead { background: #fff; border: 1px solid var(--line); border-radius: 10px; margin-bottom: 22px; }
.lead-head { display: flex; align-items: center; gap: 12px; padding: 14px 20px;
	border-bottom: 1px solid var(--line); }
.lead-head h2 { font-size: 18px; }
.lead-head code { margin-left: auto; }
.columns { display: grid; grid-template-columns: 220px minmax(0, 1fr); }
.contacts { list-style: none; padding: 16px 20px; border-right: 1px solid var(--line);
	font-size: 13px; color: var(--soft); overflow-wrap: anywhere; }
.contacts li { margin-bottom: 10px; }
.contacts b { color: var(--ink); display: block; }
.records { padding: 16px 20px; }
.none { color: var(--soft); }
article { border: 1px solid var(--line); border-radius: 8px; padding: 14px 16px; }
article + article { margin-top: 12px; }
.card-head { display: flex; align-items: baseline; gap: 10px; }
.card-head h3 { font-size: 16px; overflow-wrap: anywhere; }
time { margin-left: auto; color: var(--soft); font-size: 13px; white-space: nowrap; }
.status, .stage, .inline { font-size: 12px; font-weight: 600; border-radius: 99px; padding: 1px 10px;
	background: #e8edf5; color: #44546a; white-space: nowrap; }
.status.sent { background: #d9f2e3; color: #14683a; }
.status.outbox, .status.scheduled { background: #fdf0d0; color: #8a5a00; }
.status.inbox { background: #dbe7ff; color: #1f4bb8; }
.status.error { background: #fde0e0; color: #a12020; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 12px; margin: 6px 0; font-size: 14px; }
dt { color: var(--soft); }
dd { overflow-wrap: anywhere; }
.body { white-space: pre-wrap; overflow-wrap: anywhere; max-height: 12em; overflow: auto; }
table { width: 100%; margin-top: 10px; border-collapse: collapse; font-size: 13px; }
th { text-align: left; color: var(--soft); font-weight: 500; }
th, td { padding: 5px 10px 5px 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
.n { text-align: right; white-space: nowrap; padding-right: 24px; }
code { font: 12px ui-monospace, monospace; color: var(--soft); }
a { color: var(--accent); }
`;
