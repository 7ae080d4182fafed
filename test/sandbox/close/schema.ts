import type { FieldErrors } from './errors';

/** One field of a request body. `max`, `min`: characters of text, items of a list, or a number. */
export interface Field {
	type: 'string' | 'integer' | 'boolean' | 'dateTime' | 'url' | 'strings' | 'objects';
	required?: true;
	nullable?: true;
	values?: readonly string[];
	min?: number;
	max?: number;
	/** The fields of each object of `objects`. */
	items?: Schema;
}

export type Schema = Record<string, Field>;

/**
 * What is wrong with a body, by field; empty when nothing is. Fields that the schema does not name
 * are refused, as `additionalProperties: false` in Close's OpenAPI says.
 *
 * `isPartial`: nothing is required, as in Close's PUT.
 */
export function schemaErrors(
	schema: Schema,
	body: Record<string, unknown>,
	isPartial = false,
): FieldErrors {
	const errors: FieldErrors = {};
	for (const name of Object.keys(body)) {
		if (!Object.hasOwn(schema, name)) errors[name] = 'Extra inputs are not permitted';
	}
	for (const [name, field] of Object.entries(schema)) {
		const value = body[name];
		if (value === undefined) {
			if (field.required && !isPartial) errors[name] = 'This field is required.';
			continue;
		}
		const error = valueError(field, value);
		if (error !== undefined) errors[name] = error;
	}
	return errors;
}

/** Milliseconds since the epoch, or NaN. Without an offset the time is UTC, as Close's own are. */
export function parseDateTime(value: unknown): number {
	if (typeof value !== 'string') return NaN;
	const match =
		/^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+-]\d\d:?\d\d)?)?$/.exec(
			value,
		);
	if (match === null) return NaN;
	const [, day, time = '00:00', offset = 'Z'] = match;
	return Date.parse(`${day}T${time}${offset}`);
}

function valueError(field: Field, value: unknown): string | FieldErrors | undefined {
	if (value === null) return field.nullable ? undefined : 'This field may not be null.';
	switch (field.type) {
		case 'string':
		case 'url':
			return typeof value === 'string' ? textError(field, value) : 'Input should be a valid string';
		case 'integer':
			return Number.isSafeInteger(value)
				? rangeError(field, value as number)
				: 'Input should be a valid integer';
		case 'boolean':
			return typeof value === 'boolean' ? undefined : 'Input should be a valid boolean';
		case 'dateTime':
			return Number.isNaN(parseDateTime(value)) ? 'Input should be a valid datetime' : undefined;
		default:
			return Array.isArray(value) ? listError(field, value) : 'Input should be a valid list';
	}
}

function textError({ type, values, min = 0, max = Infinity }: Field, text: string) {
	if (values !== undefined && !values.includes(text)) {
		return `Input should be one of: ${values.join(', ')}`;
	}
	if (text.length < min) return `String should have at least ${min} characters`;
	if (text.length > max) return `String should have at most ${max} characters`;
	if (type === 'url' && !URL.canParse(text)) return 'Input should be a valid URL';
	return undefined;
}

function rangeError({ min = -Infinity, max = Infinity }: Field, value: number) {
	if (value < min) return `Input should be greater than or equal to ${min}`;
	if (value > max) return `Input should be less than or equal to ${max}`;
	return undefined;
}

function listError({ type, items = {}, max = Infinity }: Field, list: unknown[]) {
	if (list.length > max) return `List should have at most ${max} items`;
	const errors: FieldErrors = {};
	for (const [index, item] of list.entries()) {
		if (type === 'strings') {
			// ≤1000 characters for each address of an email; Close has no other lists of text here.
			const error = valueError({ type: 'string', max: 1000 }, item);
			if (error !== undefined) errors[index] = error;
		} else if (typeof item !== 'object' || item === null || Array.isArray(item)) {
			errors[index] = 'Input should be a valid dictionary';
		} else {
			const found = schemaErrors(items, item as Record<string, unknown>);
			if (Object.keys(found).length > 0) errors[index] = found;
		}
	}
	return Object.keys(errors).length > 0 ? errors : undefined;
}

/** Attachments of an email or an email template. Notes and the like take no `size`. */
export const sizedAttachment: Schema = {
	url: { type: 'url', required: true },
	filename: { type: 'string', required: true, min: 1, max: 1024 },
	size: { type: 'integer', required: true, min: 0 },
	content_type: { type: 'string', nullable: true },
	content_id: { type: 'string', nullable: true },
	inline_only: { type: 'boolean' },
};

/** `POST /files/upload/`. The lengths are those that Close publishes for lead files. */
export const uploadSchema: Schema = {
	filename: { type: 'string', required: true, min: 1, max: 1024 },
	content_type: { type: 'string', required: true, min: 1, max: 255 },
};

const text: Field = { type: 'string', nullable: true };
const dateTime: Field = { type: 'dateTime', nullable: true };
const addresses: Field = { type: 'strings', nullable: true, max: 500 };
const body: Field = { type: 'string', nullable: true, max: 1_048_576 };

/**
 * `PUT /activity/email/{id}/`. `date_scheduled` and `send_in` stand in the prose only.
 *
 * @see https://developer.close.com/api/resources/activities/emails/update
 */
export const emailUpdateSchema: Schema = {
	status: {
		type: 'string',
		values: ['inbox', 'draft', 'scheduled', 'outbox', 'sent', 'error'],
	},
	attachments: { type: 'objects', nullable: true, max: 1000, items: sizedAttachment },
	to: addresses,
	cc: addresses,
	bcc: addresses,
	subject: { type: 'string', nullable: true, max: 1000 },
	body_text: body,
	body_html: body,
	template_id: text,
	sender: text,
	email_account_id: text,
	contact_id: text,
	user_id: text,
	in_reply_to_id: text,
	activity_at: dateTime,
	followup_date: dateTime,
	followup_sequence_id: text,
	followup_sequence_delay: { type: 'integer', nullable: true, min: 86_400 },
	followup_sequence_add_cc_bcc: { type: 'boolean', nullable: true },
	opens: { type: 'objects', items: { opened_at: { type: 'dateTime', required: true } } },
	date_scheduled: dateTime,
	send_in: { type: 'integer', min: 1, max: 59 },
};

/**
 * `POST /activity/email/`.
 *
 * @see https://developer.close.com/api/resources/activities/emails/create
 */
export const emailCreateSchema: Schema = {
	...emailUpdateSchema,
	lead_id: { type: 'string', required: true },
	status: { ...emailUpdateSchema.status, required: true },
	organization_id: text,
	created_by: text,
	date_created: dateTime,
};
