import type { IDataObject } from 'n8n-workflow';
import { quoted, refusal } from '../../errors';

/*
 * An expression may give a field of the form any value. Whatever cannot be meant is refused under
 * the field's label: `String` would make "[object Object]" of it, which Close would take.
 */

/** The text in a field, a number and a date too; empty for none. */
export function textIn(value: unknown, label: string, noun = 'text'): string {
	if (value === undefined || value === null) return '';
	if (typeof value !== 'object') return String(value);
	const { toISO, toISOString } = value as { toISO?: unknown; toISOString?: unknown };
	// Dates of n8n's expressions write themselves; they may be of another realm or copy of luxon.
	if (typeof toISO === 'function' || typeof toISOString === 'function') return String(value);
	throw refusal(
		`'${label}' holds ${quoted(value)}, which is no ${noun}`,
		'Give a single value of it, e.g. {{ $json.name }}.',
	);
}

/** What a field with a choice of modes holds; an expression may give the bare value. */
export function locatedIn(value: unknown): unknown {
	const isLocator = typeof value === 'object' && value !== null && 'value' in value;
	return isLocator ? value.value : value;
}

/** The number in a field, written as text too; NaN for anything else. */
export function numberIn(value: unknown): number {
	if (typeof value === 'string' && value.trim() !== '') return Number(value);
	return typeof value === 'number' ? value : NaN;
}

/** The one of the choices that a field with a dropdown holds. */
export function choiceIn<T extends string>(
	value: unknown,
	label: string,
	choices: readonly T[],
): T {
	const choice = choices.find((one) => one === value);
	if (choice !== undefined) return choice;
	throw refusal(
		`'${label}' holds ${quoted(value)}, which is none of ${choices.join(', ')}`,
		'Choose one from the list, or give one of these values by expression.',
	);
}

/** The fields of a collection like "Options". */
export function collectionIn(value: unknown, label: string): IDataObject {
	if (value === undefined || value === null || value === '') return {};
	if (typeof value === 'object' && !Array.isArray(value)) return value as IDataObject;
	throw refusal(
		`'${label}' holds ${quoted(value)}, which is no collection of fields`,
		`Add what you need under '${label}' in the form.`,
	);
}

/** Text of limited length, in characters; undefined for blank text, so that a template can write it. */
export function limitedTextIn(value: unknown, label: string, longest: number): string | undefined {
	const text = textIn(value, label);
	if (text.length <= longest) return text.trim() === '' ? undefined : text;
	throw refusal(
		`'${label}' has ${text.length} characters, more than the ${longest} that Close takes`,
		'Shorten it, or attach the text as a file.',
	);
}

/** The fields of a body without those that were left empty. */
export function withoutEmpty(fields: IDataObject): IDataObject {
	return Object.fromEntries(
		Object.entries(fields).filter(([, value]) =>
			Array.isArray(value) ? value.length > 0 : value !== undefined,
		),
	);
}
