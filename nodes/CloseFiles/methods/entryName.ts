/** So much of a note or a template stands in an entry, in characters. */
const LONGEST_BEGINNING = 60;

/**
 * The name of an entry, with what tells it from others of that name in brackets:
 * "Nora Lindqvist (nora@example.com)". Parts that are missing or said already are left out.
 */
export function entryName(...parts: Array<string | null | undefined>): string {
	const said = new Set(parts.map((part) => (part ?? '').trim()).filter(Boolean));
	const [name = '', ...details] = said;
	return details.length > 0 ? `${name} (${details.join(', ')})` : name;
}

/** How a text begins, in one line. */
export function beginningOf(text: string | null | undefined): string {
	const line = (text ?? '').trim().replace(/\s+/g, ' ');
	return line.length > LONGEST_BEGINNING ? `${line.slice(0, LONGEST_BEGINNING).trimEnd()}…` : line;
}
