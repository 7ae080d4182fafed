export const SMS_TEMPLATE_PATH = '/sms_template/';

/** Close shows a template's attachments only when it is asked for them. */
export const WITH_ATTACHMENTS = { include_attachments: true };

/** What most workflows need of an SMS template. */
export const SMS_TEMPLATE_KEYS = ['id', 'name', 'text', 'is_shared', 'date_created', 'attachments'];
