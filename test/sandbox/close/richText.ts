import type { FieldErrors } from './errors';
import type { FileRecord, RichText } from './records';
import type { Body } from './recordKind';

/**
 * A note in both of its forms: the one that was sent overwrites the other, and HTML wins.
 *
 * @see https://developer.close.com/api/overview/rich-text
 */
export function settleRichText(next: RichText & FileRecord, body: Body): FieldErrors {
	const { note, note_html: html } = body;
	if (typeof html === 'string') {
		if (!/^<body(\s[^>]*)?>.*<\/body>$/s.test(html.trim())) {
			return { note_html: 'The HTML must be wrapped in <body> and </body>.' };
		}
		next.note = plainText(html);
	} else if (note !== undefined || html !== undefined) {
		next.note = typeof note === 'string' ? note : '';
		next.note_html = `<body><p>${escapeHtml(next.note).replaceAll('\n', '<br>')}</p></body>`;
	}
	return {};
}

/** What is left of HTML without its tags. */
export function plainText(html: string): string {
	return html
		.replace(/<(br|\/p|\/div|\/li)\b[^>]*>/gi, '\n')
		.replace(/<[^>]*>/g, '')
		.replaceAll('&nbsp;', ' ')
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&amp;', '&')
		.trim();
}

export function escapeHtml(text: string): string {
	const entities: Record<string, string> = {
		'&': '&amp;',
		'<': '&lt;',
		'>': '&gt;',
		'"': '&quot;',
		"'": '&#39;',
	};
	return text.replaceAll(/[&<>"']/g, (character) => entities[character]);
}
