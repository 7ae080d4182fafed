export const EMAIL_TEMPLATE_PATH = '/email_template/';

/** What most workflows need of an email template. */
export const EMAIL_TEMPLATE_KEYS = [
	'id',
	'name',
	'subject',
	'is_shared',
	'is_archived',
	'date_created',
	'attachments',
];
