import { DateTime } from 'luxon';
import type { INodeProperties } from 'n8n-workflow';
import { quoted, refusal } from '../../errors';

export const activityAtField = (meaning: string): INodeProperties =>
	dateField('Activity At', 'activityAt', meaning);

export const dateCreatedField = (meaning: string): INodeProperties =>
	dateField('Date Created', 'dateCreated', meaning);

/** @param meaning of the date, e.g. "When Close sends it". */
export function dateField(displayName: string, name: string, meaning: string): INodeProperties {
	const description = `${meaning}. Like 2026-11-24T14:00:00+01:00; without an offset in the workflow's time zone.`;
	return { displayName, name, type: 'dateTime', default: '', description };
}

/**
 * A date-time field's value as ISO 8601 in UTC, or undefined when it is empty. One without an
 * offset is in the workflow's time zone.
 *
 * @param value ISO 8601, `2026-11-24 14:00:00`, or a date object from an expression.
 * @throws CloseFilesError when it is no date.
 */
export function dateIn(value: unknown, label: string, timezone: string): string | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const date = parse(value, timezone);
	if (date?.isValid) return date.toUTC().toISO() ?? undefined;
	throw refusal(
		`'${label}' holds ${quoted(value)}, which is no date and time`,
		'Choose one in the field, or give it like 2026-11-24T14:00:00+01:00.',
	);
}

function parse(value: unknown, zone: string): DateTime | undefined {
	if (value instanceof Date) return DateTime.fromJSDate(value);
	// n8n's own luxon may be another copy than ours: its objects are known by what they can do.
	const { toISO } = value as { toISO?: unknown };
	const asText = typeof toISO === 'function' ? (toISO.call(value) as unknown) : value;
	if (typeof asText !== 'string') return undefined;
	const iso = DateTime.fromISO(asText.trim(), { zone });
	return iso.isValid ? iso : DateTime.fromSQL(asText.trim(), { zone });
}
