import { quoted, refusal } from '../../errors';
import type { ItemFiles } from '../../files/attaching';
import { withoutSize, type Attachment } from '../../files/attachment';
import type { AttachmentLimit } from '../../files/attachmentLimit';

/** @see https://developer.close.com/api/resources/activities/sms/create */
export const SMS_LIMIT: AttachmentLimit = { most: 10, taker: 'an SMS' };

/**
 * The content types that an MMS takes, as Close spells them.
 *
 * @see https://developer.close.com/api/resources/activities/sms/create
 */
export const SMS_CONTENT_TYPES = Object.entries({
	application: 'pdf vcard',
	audio: '3gpp 3gpp2 L24 ac3 amr amr-nb basic mp4 mpeg ogg vnd.rn-realaudio vnd.wave webm',
	image: 'bmp gif jpeg jpg png tiff',
	text: 'calendar csv directory richtext rtf vcard x-vcard',
	video: '3gpp 3gpp-tt 3gpp2 H261 H263 H263-1998 H263-2000 H264 mp4 mpeg quicktime webm',
}).flatMap(([type, subtypes]) => subtypes.split(' ').map((subtype) => `${type}/${subtype}`));

/** @throws CloseFilesError for files that can be uploaded or exist, but that no MMS takes. */
export function checkSmsFiles({ sources, uploaded }: ItemFiles): void {
	const other = [...sources, ...uploaded].find(
		({ contentType }) => listed(contentType) === undefined,
	);
	if (other === undefined) return;
	throw refusal(
		`The file ${quoted(other.filename)} has the type ${quoted(other.contentType)}, which no SMS takes`,
		"Attach a picture (JPEG, PNG, GIF, BMP, TIFF), a PDF, audio, video, CSV, RTF, vCard or calendar file. If it is one under another name, e.g. application/rtf for text/rtf, set 'Content Type' in the options.",
	);
}

/** The keys an SMS's attachment takes: Close knows its types without parameters and in one spelling. */
export function forSms(attachment: Attachment) {
	return withoutSize({
		...attachment,
		contentType: listed(attachment.contentType) ?? attachment.contentType,
	});
}

/** The type as Close spells it; undefined for one that it does not take. */
function listed(contentType: string): string | undefined {
	const bare = contentType.split(';')[0].trim().toLowerCase();
	return SMS_CONTENT_TYPES.find((type) => type.toLowerCase() === bare);
}
