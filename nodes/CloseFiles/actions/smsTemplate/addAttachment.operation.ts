import { keptWithoutSize } from '../../files/attachment';
import { addAttachmentTo } from '../addAttachment';
import { recordKinds } from '../fields/recordKinds';
import { checkSmsFiles, forSms, SMS_LIMIT } from '../sms/smsFiles';
import { SMS_TEMPLATE_KEYS, SMS_TEMPLATE_PATH, WITH_ATTACHMENTS } from './smsTemplate';

/** @see https://developer.close.com/api/resources/sms-templates */
export const addAttachment = addAttachmentTo({
	kind: recordKinds.smsTemplate,
	parameter: 'smsTemplateId',
	path: SMS_TEMPLATE_PATH,
	query: WITH_ATTACHMENTS,
	keysOf: forSms,
	keep: keptWithoutSize,
	limit: SMS_LIMIT,
	checkFiles: checkSmsFiles,
	keys: SMS_TEMPLATE_KEYS,
	action: 'Add attachment to SMS template',
	description: 'Add files to an SMS template, and keep those it has',
});
