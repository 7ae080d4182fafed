import {
	attachmentsOf,
	creationFields,
	dateTime,
	requiredText,
	sizedAttachment,
	text,
} from './fields';
import type { Field, Schema } from './schema';

const addresses: Field = { type: 'strings', nullable: true, max: 500 };
const body: Field = { type: 'string', nullable: true, max: 1_048_576 };

/**
 * `PUT /activity/email/{id}/`. `date_scheduled` and `send_in` stand in the prose only.
 *
 * @see https://developer.close.com/api/resources/activities/emails/update
 */
export const emailUpdateFields: Schema = {
	status: {
		type: 'string',
		values: ['inbox', 'draft', 'scheduled', 'outbox', 'sent', 'error'],
	},
	attachments: attachmentsOf(sizedAttachment),
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
export const emailCreateFields: Schema = {
	...emailUpdateFields,
	...creationFields,
	lead_id: requiredText,
	status: { ...emailUpdateFields.status, required: true },
};
