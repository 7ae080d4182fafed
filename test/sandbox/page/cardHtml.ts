import type { Account } from '../close/account';
import type { Attachment } from '../close/records';
import { escapeHtml } from '../close/richText';
import { shortDate, type Card } from './cards';

export function cardHtml(card: Card, account: Account): string {
	const { kind, title, status, date_created, lines, body, attachments } = card;
	const rows = lines
		.filter(([, value]) => value)
		.map(([label, value]) => `<dt>${label}</dt><dd>${escapeHtml(String(value))}</dd>`);
	const name = escapeHtml(status ?? '');
	return `<article>
<div class="card-head"><span class="kind">${kind}</span><h3>${escapeHtml(title)}</h3>
${name && `<span class="status ${name}">${name}</span>`}
<time>${escapeHtml(shortDate(date_created))}</time></div>
${rows.length > 0 ? `<dl>${rows.join('')}</dl>` : ''}
${body && `<p class="body">${escapeHtml(body)}</p>`}
${attachments.length > 0 ? fileTable(attachments, account) : ''}
</article>`;
}

function fileTable(attachments: Attachment[], account: Account): string {
	const rows = attachments.map((attachment) => fileRow(attachment, account));
	const head =
		'<tr><th>Attachment</th><th>Content type</th><th class="n">Size</th><th>MD5</th></tr>';
	return `<table>${head}${rows.join('')}</table>`;
}

function fileRow(attachment: Attachment, account: Account): string {
	const { url, filename, content_type, size, inline_only } = attachment;
	const upload = account.upload(url);
	const name = upload
		? `<a href="/sandbox/files/${encodeURIComponent(upload.token)}">${escapeHtml(filename)}</a>`
		: escapeHtml(filename);
	return `<tr><td>${name}${inline_only ? ' <span class="inline">inline</span>' : ''}</td>
<td>${escapeHtml(content_type || '–')}</td><td class="n">${size.toLocaleString('en')} B</td>
<td><code>${upload?.md5 ?? ''}</code></td></tr>`;
}
