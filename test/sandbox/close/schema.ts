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
