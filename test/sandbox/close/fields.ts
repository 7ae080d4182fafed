import type { Field, Schema } from './schema';

/** Fields that several records have, as Close's OpenAPI describes them. */
export const text: Field = { type: 'string', nullable: true };
export const requiredText: Field = { type: 'string', required: true };
export const dateTime: Field = { type: 'dateTime', nullable: true };
export const flag: Field = { type: 'boolean' };

/** Only at creation: `PUT` of an activity takes them no more. */
export const creationFields: Schema = {
	organization_id: text,
	created_by: text,
	date_created: dateTime,
};

const fileFields: Schema = {
	url: { type: 'url', required: true },
	filename: { type: 'string', required: true, min: 1, max: 1024 },
};

/** Attachments of an email or an email template; only these have a size. */
export const sizedAttachment: Schema = {
	...fileFields,
	size: { type: 'integer', required: true, min: 0 },
	content_type: text,
	content_id: text,
	inline_only: flag,
};

/** Attachments of a note. */
export const plainAttachment: Schema = { ...fileFields, content_type: text };

/** Attachments of a WhatsApp message or an SMS template. */
export const typedAttachment: Schema = { ...fileFields, content_type: requiredText };

/** At most 1000, where Close gives no other number. */
export function attachmentsOf(items: Schema, max = 1000): Field {
	return { type: 'objects', nullable: true, max, items };
}
