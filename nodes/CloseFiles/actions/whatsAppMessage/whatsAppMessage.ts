export const WHATSAPP_MESSAGE_PATH = '/activity/whatsapp_message/';

/** What most workflows need of a WhatsApp message. */
export const WHATSAPP_MESSAGE_KEYS = [
	'id',
	'lead_id',
	'contact_id',
	'external_whatsapp_message_id',
	'direction',
	'local_phone',
	'remote_phone',
	'message_markdown',
	'activity_at',
	'attachments',
];
