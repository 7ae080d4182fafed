export const SMS_PATH = '/activity/sms/';

/** What most workflows need of an SMS. */
export const SMS_KEYS = [
	'id',
	'lead_id',
	'contact_id',
	'status',
	'local_phone',
	'remote_phone',
	'text',
	'date_created',
	'attachments',
];
