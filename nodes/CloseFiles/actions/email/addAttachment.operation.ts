import { forEmail, keptByEmail } from '../../files/attachment';
import { addAttachmentTo } from '../addAttachment';
import { recordKinds } from '../fields/recordKinds';
import { EMAIL_KEYS, EMAIL_PATH, refuseUnlessDraft } from './email';
import { EMAIL_LIMIT, refuseUnsized } from './emailFiles';

/** @see https://developer.close.com/api/resources/activities/emails/update */
export const addAttachment = addAttachmentTo({
	kind: recordKinds.email,
	parameter: 'emailId',
	path: EMAIL_PATH,
	keysOf: forEmail,
	keep: keptByEmail,
	keys: EMAIL_KEYS,
	limit: EMAIL_LIMIT,
	checkFiles: refuseUnsized,
	check: refuseUnlessDraft,
	action: 'Add attachment to email draft',
	description:
		'Add files to an email that is still a draft, and keep those it has; nothing is sent',
});
