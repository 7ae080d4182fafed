import { forEmailTemplate, keptByEmail } from '../../files/attachment';
import { addAttachmentTo } from '../addAttachment';
import { refuseUnsized } from '../email/emailFiles';
import { recordKinds } from '../fields/recordKinds';
import { EMAIL_TEMPLATE_KEYS, EMAIL_TEMPLATE_PATH } from './emailTemplate';

/** @see https://developer.close.com/api/resources/email-templates */
export const addAttachment = addAttachmentTo({
	kind: recordKinds.emailTemplate,
	parameter: 'emailTemplateId',
	path: EMAIL_TEMPLATE_PATH,
	keysOf: forEmailTemplate,
	keep: keptByEmail,
	keys: EMAIL_TEMPLATE_KEYS,
	checkFiles: refuseUnsized,
	action: 'Add attachment to email template',
	description: 'Add files to an email template, and keep those it has',
});
