import type { IDataObject } from 'n8n-workflow';

/** What people write to each other: the keys of a record whose text is in no error. */
const CONFIDENTIAL = ['body_html', 'body_text', 'message_markdown', 'text'];

/** So much of a text's beginning tells that it is quoted, be it cut short. */
const TELLING_LENGTH = 20;
/** A shorter text, e.g. `Hi`, may stand in a saying by chance. */
const SHORTEST = 8;

/**
 * Close's answer, its sayings ending where they begin to quote a text that was sent, or a secret of
 * the credential.
 */
export function withoutQuotes(
	answer: IDataObject,
	sent: IDataObject = {},
	secrets: string[] = [],
): IDataObject {
	const beginnings = [...CONFIDENTIAL.map((key) => sent[key]), ...secrets]
		.filter((text) => typeof text === 'string' && text.length >= SHORTEST)
		.map((text) => String(text).slice(0, TELLING_LENGTH))
		.flatMap((text) => [text, JSON.stringify(text).slice(1, -1)]);
	return beginnings.length === 0 ? answer : (cut(answer, beginnings) as IDataObject);
}

function cut(value: unknown, beginnings: string[]): unknown {
	if (typeof value === 'string') {
		const found = beginnings.map((text) => value.indexOf(text)).filter((at) => at >= 0);
		return found.length === 0 ? value : `${value.slice(0, Math.min(...found))}…`;
	}
	if (Array.isArray(value)) return value.map((inner) => cut(inner, beginnings));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, inner]) => [key, cut(inner, beginnings)]),
	);
}
