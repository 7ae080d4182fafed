import { downloadAttachmentsOf } from '../downloadAttachments';
import { recordKinds } from '../fields/recordKinds';
import { EMAIL_KEYS, EMAIL_PATH } from './email';

/** @see https://developer.close.com/api/resources/activities/emails/get */
export const downloadAttachments = downloadAttachmentsOf({
	kind: recordKinds.email,
	parameter: 'emailId',
	path: EMAIL_PATH,
	keys: EMAIL_KEYS,
	action: 'Download attachments of email',
	description: 'Download the files of an email, sent or received, into the output item',
});
