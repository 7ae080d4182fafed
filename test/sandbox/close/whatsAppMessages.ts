import { activityOf } from './activity';
import { thumbnailForm } from './attachments';
import type { FieldErrors } from './errors';
import { attachmentsOf, requiredText, text, typedAttachment } from './fields';
import { activityParameters } from './lists';
import type { WhatsAppMessage } from './records';
import type { RecordKind } from './recordKind';
import { escapeHtml } from './richText';
import type { Schema } from './schema';

/** "up to 25 MB in total"; whether a MB has 1,000,000 or 1,048,576 bytes is not documented. */
const TOTAL_BYTES = 25_000_000;

/** @see https://developer.close.com/api/resources/activities/whatsapp-messages/create */
const createFields: Schema = {
	lead_id: requiredText,
	contact_id: requiredText,
	activity_at: { type: 'dateTime', required: true },
	direction: { type: 'string', required: true, values: ['incoming', 'outgoing'] },
	external_whatsapp_message_id: requiredText,
	local_phone: requiredText,
	remote_phone: requiredText,
	message_markdown: requiredText,
	integration_link: { type: 'url', nullable: true, max: 2083 },
	response_to_id: text,
	user_id: text,
	attachments: attachmentsOf(typedAttachment),
};

const { lead_id, ...updateFields } = createFields;

/** Logged only: nothing of it leaves. */
export const whatsAppMessageKind: RecordKind<WhatsAppMessage> = {
	path: '/activity/whatsapp_message/',
	objectType: 'activity.whatsapp_message',
	createFields: { lead_id, ...updateFields },
	updateFields,
	attachmentForm: thumbnailForm,
	listParameters: activityParameters,
	createParameters: ['send_to_inbox'],
	records: ({ whatsAppMessages }) => whatsAppMessages,
	blank: (body, now, context) => ({
		...activityOf('WhatsAppMessage', body, now, context),
		direction: '',
		external_whatsapp_message_id: '',
		local_phone: '',
		remote_phone: '',
		message_markdown: '',
		message_html: '',
		integration_link: null,
		response_to_id: null,
	}),
	named: ({ whatsAppMessages }) => ({ response_to_id: whatsAppMessages }),
	settle(next): FieldErrors {
		next.message_html = `<p>${escapeHtml(next.message_markdown)}</p>`;
		const total = next.attachments.reduce((sum, { size }) => sum + size, 0);
		if (total <= TOTAL_BYTES) return {};
		return { attachments: 'The attachments exceed 25 MB in total.' };
	},
};
