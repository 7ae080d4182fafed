import { attachmentsOf, creationFields, dateTime, plainAttachment, text } from './fields';
import type { Schema } from './schema';
import { sendingFields } from './sending';

const subtypes: Record<string, string> = {
	application: 'pdf vcard',
	audio: '3gpp 3gpp2 L24 ac3 amr amr-nb basic mp4 mpeg ogg vnd.rn-realaudio vnd.wave webm',
	image: 'bmp gif jpeg jpg png tiff',
	text: 'calendar csv directory richtext rtf vcard x-vcard',
	video: '3gpp 3gpp-tt 3gpp2 H261 H263 H263-1998 H263-2000 H264 mp4 mpeg quicktime webm',
};

/** The 40 content types that an MMS may carry. */
export const mmsContentTypes = Object.entries(subtypes).flatMap(([type, list]) =>
	list.split(' ').map((subtype) => `${type}/${subtype}`),
);

const mmsAttachment: Schema = {
	...plainAttachment,
	content_type: { type: 'string', required: true, values: mmsContentTypes },
};

/** @see https://developer.close.com/api/resources/activities/sms/update */
export const smsUpdateFields: Schema = {
	...sendingFields,
	status: { type: 'string', values: ['inbox', 'draft', 'scheduled', 'outbox', 'sent'] },
	contact_id: text,
	local_phone: text,
	remote_phone: text,
	text,
	template_id: text,
	direction: { type: 'string', nullable: true, values: ['inbound', 'outbound'] },
	source: text,
	user_id: text,
	activity_at: dateTime,
	attachments: attachmentsOf(mmsAttachment, 10),
};

/** @see https://developer.close.com/api/resources/activities/sms/create */
export const smsCreateFields: Schema = {
	...smsUpdateFields,
	...creationFields,
	status: { ...smsUpdateFields.status, required: true },
	lead_id: text,
};
