import { refusedFields } from './errors';
import type { Email } from './records';
import type { Call, CloseContext } from './routes';
import { parseDateTime } from './schema';

const comparisons: Record<string, (value: number, bound: number) => boolean> = {
	gte: (value, bound) => value >= bound,
	lte: (value, bound) => value <= bound,
	gt: (value, bound) => value > bound,
	lt: (value, bound) => value < bound,
};

/** Query parameters of `GET /activity/email/`, besides those of paging. */
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

/** Activities newest first, without those that are too fresh for lists. */
export function listAnswer(call: Call, activities: Email[], context: CloseContext) {
	const { account, clock, options } = context;
	account.sendDue();
	refuseBadDates(call.query);
	const visible = activities.filter(({ id }) => {
		const createdAt = account.books.get(id)?.createdAt ?? 0;
		return createdAt + options.listLagMs <= clock.now();
	});
	const found = visible.filter((activity) => meets(activity, call.query));
	const created = (activity: Email) => parseDateTime(activity.date_created);
	// Reversed before the stable sort, so that of two with the same date the later one comes first.
	return pageOf(
		found.reverse().sort((a, b) => created(b) - created(a)),
		call,
	);
}

/** A plus sign that was not encoded arrives as a space, and is refused here as at Close. */
function refuseBadDates(query: URLSearchParams): void {
	for (const [parameter, value] of query) {
		if (/__[gl]te?$/.test(parameter) && Number.isNaN(parseDateTime(value))) {
			throw refusedFields({ [parameter]: 'Input should be a valid datetime' });
		}
	}
}

function meets(activity: Email, query: URLSearchParams): boolean {
	return activityParameters.every((parameter) => {
		const asked = query.get(parameter);
		if (asked === null) return true;
		const [field, comparison] = parameter.split('__');
		if (comparison === undefined || comparison === 'in') {
			return asked.split(',').includes(String(activity[field]));
		}
		return comparisons[comparison](parseDateTime(activity[field]), parseDateTime(asked));
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
