import { refusedFields } from './errors';
import type { Lead } from './records';
import type { Call, CloseContext } from './routes';
import { leadAnswer } from './leads';
import { schemaErrors, type Schema } from './schema';

/** A cursor lives 30 s (https://developer.close.com/api/resources/advanced-filtering). */
const CURSOR_MS = 30_000;

const MODES = ['full_words', 'phrase', 'beginning_of_words'];

interface TextCondition {
	mode: string;
	value: string;
}

/**
 * `POST /data/search/`: leads by display name, in the one shape of query that pick-lists use.
 * Other queries are refused, so that nobody takes an unfiltered list for a result.
 */
export function search({ body }: Call, { account, clock }: CloseContext) {
	const conditions = readQuery(body.query);
	const { _limit: limit = 100, _fields: fields, cursor } = body;
	for (const name of Object.keys(body)) {
		if (!['query', '_limit', '_fields', 'cursor', 'sort'].includes(name)) {
			throw refusedFields({ [name]: 'Extra inputs are not permitted' });
		}
	}
	if (!Number.isInteger(limit) || Number(limit) < 1 || Number(limit) > 200) {
		throw refusedFields({ _limit: 'Input should be less than or equal to 200' });
	}
	const start = readCursor(cursor, clock.now());
	const found = account.leads.filter((lead) => conditions.every((text) => matches(lead, text)));
	const end = start + Number(limit);
	const names = leadFields(fields);
	return {
		data: found.slice(start, end).map((lead) => ({
			__object_type: 'lead',
			...Object.fromEntries(names.map((name) => [name, leadAnswer(lead, account)[name]])),
		})),
		cursor: end < found.length ? writeCursor(end, clock.now()) : null,
	};
}

function leadFields(fields: unknown): string[] {
	const named = (fields as { lead?: unknown } | undefined)?.lead;
	return Array.isArray(named) ? named.map(String) : ['id'];
}

function matches({ name }: Lead, { mode, value }: TextCondition): boolean {
	const words = (text: string) =>
		text
			.toLowerCase()
			.split(/[^\p{L}\p{N}]+/u)
			.filter(Boolean);
	if (mode === 'phrase') return name.toLowerCase().includes(value.toLowerCase());
	return words(value).every((sought) =>
		words(name).some((word) => (mode === 'full_words' ? word === sought : word.startsWith(sought))),
	);
}

/** The text conditions on the display name; the object type has to be lead. */
function readQuery(query: unknown): TextCondition[] {
	const { type, queries } = (query ?? {}) as { type?: string; queries?: unknown };
	if (type !== 'and' || !Array.isArray(queries)) throw unsupported();
	const [objects, ...conditions] = queries as Array<Record<string, unknown>>;
	if (objects?.type !== 'object_type' || objects.object_type !== 'lead') throw unsupported();
	return conditions.map((entry) => {
		const field = (entry.field ?? {}) as Record<string, unknown>;
		const condition = (entry.condition ?? {}) as Record<string, unknown>;
		const isName =
			entry.type === 'field_condition' &&
			field.type === 'regular_field' &&
			field.object_type === 'lead' &&
			field.field_name === 'display_name';
		if (!isName || Object.keys(schemaErrors(conditionSchema, condition)).length > 0) {
			throw unsupported();
		}
		return { mode: String(condition.mode), value: String(condition.value) };
	});
}

const conditionSchema: Schema = {
	type: { type: 'string', required: true, values: ['text'] },
	mode: { type: 'string', required: true, values: MODES },
	value: { type: 'string', required: true },
};

const unsupported = () =>
	refusedFields({ query: 'The sandbox takes leads with text conditions on display_name only.' });

function writeCursor(start: number, now: number): string {
	return Buffer.from(JSON.stringify({ start, until: now + CURSOR_MS })).toString('base64url');
}

function readCursor(cursor: unknown, now: number): number {
	if (cursor === undefined || cursor === null) return 0;
	const invalid = refusedFields({ cursor: 'The cursor is invalid or has expired.' });
	if (typeof cursor !== 'string') throw invalid;
	const [, start, until] =
		/^\{"start":(\d+),"until":(\d+)\}$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
	if (start === undefined || Number(until) < now) throw invalid;
	return Number(start);
}
