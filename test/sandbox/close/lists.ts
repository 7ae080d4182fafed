import { refusedFields } from './errors';
import type { Bookkeeping } from './records';
import type { Call, CloseContext } from './routes';
import { parseDateTime } from './schema';

const comparisons: Record<string, (value: number, bound: number) => boolean> = {
	gte: (value, bound) => value >= bound,
	lte: (value, bound) => value <= bound,
	gt: (value, bound) => value > bound,
	lt: (value, bound) => value < bound,
};

/** Query parameters of every list. */
export const paging = ['_limit', '_skip'];

/** Query parameters of a list of activities, besides those of paging. */
export const activityParameters = [
	'id__in',
	'lead_id',
	'contact_id',
	'user_id',
	'organization_id',
	'_type',
	...['date_created', 'activity_at'].flatMap((field) =>
		Object.keys(comparisons).map((comparison) => `${field}__${comparison}`),
	),
];

/** Records newest first, without those that are too fresh for lists. */
export function listAnswer<R extends Listed>(call: Call, records: R[], context: CloseContext) {
	const { account } = context;
	account.sendDue();
	refuseBadValues(call.query);
	const found = records
		.filter(({ id }) => !isTooFresh(account.books.get(id), context))
		.filter((record) => meets(record, call.query));
	return pageOf(newestFirst(found), call);
}

/** The least that lists look at. */
interface Listed {
	id: string;
	date_created: string;
	[other: string]: unknown;
}

/** Whether lists do not know it yet, because Close's lists lag behind its records. */
export function isTooFresh(
	book: Bookkeeping | undefined,
	{ clock, options }: CloseContext,
): boolean {
	return book !== undefined && book.createdAt + options.listLagMs > clock.now();
}

export function newestFirst<R extends { date_created: string }>(records: R[]): R[] {
	const created = ({ date_created }: R) => parseDateTime(date_created);
	// Reversed before the stable sort, so that of two with the same date the later one comes first.
	return [...records].reverse().sort((a, b) => created(b) - created(a));
}

/** A plus sign that was not encoded arrives as a space, and is refused here as at Close. */
function refuseBadValues(query: URLSearchParams): void {
	for (const [parameter, value] of query) {
		if (/__[gl]te?$/.test(parameter) && Number.isNaN(parseDateTime(value))) {
			throw refusedFields({ [parameter]: 'Input should be a valid datetime' });
		}
		if (/^(is|include)_/.test(parameter) && !['true', 'false'].includes(value)) {
			throw refusedFields({ [parameter]: 'Input should be a valid boolean' });
		}
	}
}

/** Whether the record is what the query's filters ask for; comma lists mean any of them. */
function meets(record: Listed, query: URLSearchParams): boolean {
	return [...query].every(([parameter, asked]) => {
		const [field, comparison] = parameter.split('__');
		if (!Object.hasOwn(record, field)) return true;
		if (comparison === undefined || comparison === 'in') {
			return asked.split(',').includes(String(record[field]));
		}
		return comparisons[comparison](parseDateTime(record[field]), parseDateTime(asked));
	});
}

/** One page of a list, by `_limit` (default 100, at most 200) and `_skip`. */
export function pageOf<T>(records: T[], { query }: Call): { data: T[]; has_more: boolean } {
	const limit = pageNumber(query, '_limit', 100, 1, 200);
	const skip = pageNumber(query, '_skip', 0, 0, 35_000);
	return { data: records.slice(skip, skip + limit), has_more: records.length > skip + limit };
}

function pageNumber(
	query: URLSearchParams,
	name: string,
	standard: number,
	min: number,
	max: number,
): number {
	const sent = query.get(name);
	if (sent === null) return standard;
	const value = Number(sent);
	if (!/^\d+$/.test(sent)) throw refusedFields({ [name]: 'Input should be a valid integer' });
	if (value > max) throw refusedFields({ [name]: `Input should be less than or equal to ${max}` });
	if (value < min)
		throw refusedFields({ [name]: `Input should be greater than or equal to ${min}` });
	return value;
}

/** `_fields=a,b` picks keys of a record, or of each record of a list. */
export function pickFields(answer: object, fields: string | null): object {
	if (fields === null) return answer;
	const names = new Set(fields.split(',').map((name) => name.trim()));
	const pick = (record: object) =>
		Object.fromEntries(Object.entries(record).filter(([name]) => names.has(name)));
	const { data } = answer as { data?: unknown };
	return Array.isArray(data)
		? { ...answer, data: data.map((record) => pick(record as object)) }
		: pick(answer);
}
