import type { IDataObject } from 'n8n-workflow';

/** An uploaded file, as records of Close refer to it. */
export interface Attachment {
	/** Close's `download.url`, unchanged. Usable in other calls for 24 hours after it was signed. */
	url: string;
	filename: string;
	contentType: string;
	/** Bytes. Unknown only for a file that was uploaded elsewhere. */
	size?: number;
	/** For a file inside an email's HTML, which refers to it as `cid:<contentId>`. */
	contentId?: string;
}

/** What the node itself uploaded: it saw every byte. */
export interface UploadedFile extends Attachment {
	size: number;
	/** MD5 of the bytes that were sent, as hex. */
	checksum: string;
	/** ISO 8601: 24 hours after the upload was signed. */
	expiresAt: string;
}

/** The output of "Upload File", which `uploadedFiles` of any operation takes back. */
export function toJson(file: UploadedFile): IDataObject {
	return {
		url: file.url,
		filename: file.filename,
		content_type: file.contentType,
		size: file.size,
		checksum: file.checksum,
		expires_at: file.expiresAt,
	};
}

/**
 * The keys an email's attachment takes. One inside the HTML is not listed beside it.
 *
 * @see https://developer.close.com/api/resources/activities/emails/create
 */
export function forEmail({ contentId, ...attachment }: Attachment): IDataObject {
	const inline = contentId !== undefined && { content_id: contentId, inline_only: true };
	return { ...forEmailTemplate(attachment), ...inline };
}

/** @see https://developer.close.com/api/resources/email-templates */
export function forEmailTemplate({ url, filename, contentType, size }: Attachment): IDataObject {
	return { url, filename, content_type: contentType, size };
}

/** Notes, SMS, WhatsApp messages, SMS templates, opportunities and lead files refuse `size`. */
export function withoutSize({ url, filename, contentType }: Attachment): IDataObject {
	return { url, filename, content_type: contentType };
}

/** An attachment as a record of Close holds it. Whatever it has beside its URL may be null. */
export type HeldAttachment = IDataObject & { url: string };

/** The attachments that a record of Close shows, in its order. */
export function heldBy({ attachments }: IDataObject): HeldAttachment[] {
	return ((attachments ?? []) as IDataObject[]).map((held) => ({ ...held, url: String(held.url) }));
}

/** What an email or an email template takes back of what it holds, unchanged. */
export function keptByEmail(held: HeldAttachment): IDataObject {
	const { url, filename, content_type, size, content_id, inline_only } = held;
	const inline = { ...(content_id && { content_id }), ...(inline_only && { inline_only }) };
	return { url, filename, content_type, size, ...inline };
}

/** The same of the records that refuse `size`. */
export function keptWithoutSize({ url, filename, content_type }: HeldAttachment): IDataObject {
	return { url, filename, content_type };
}

/** Where every file that Close knows has its URL; Close refuses attachments from elsewhere. */
export const FILE_URL_PREFIX = 'https://app.close.com/go/file/';

/**
 * The part of a file's URL that stays when Close moves the file from its temporary place to the
 * record: `…/go/file/temporary/user_…/<token>/offer.pdf/`.
 */
export function tokenOf(url: string): string | undefined {
	if (!url.startsWith(FILE_URL_PREFIX)) return undefined;
	return url.split('/').filter(Boolean).at(-2);
}

/** Equal for a file and for what Close made of it in a record. */
export function identityOf({ url }: Pick<Attachment, 'url'>): string {
	return tokenOf(url) ?? url;
}

/** Whether a record of Close holds these files and no others. */
export function holdsExactly(record: IDataObject, attachments: Attachment[]): boolean {
	return heldBy(record).map(identityOf).sort().join() === attachments.map(identityOf).sort().join();
}
