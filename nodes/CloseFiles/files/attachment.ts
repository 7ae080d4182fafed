import type { IDataObject } from 'n8n-workflow';

/** An uploaded file, as records of Close refer to it. */
export interface Attachment {
	/** Close's `download.url`, unchanged. Usable in other calls for 24 hours after it was signed. */
	url: string;
	filename: string;
	contentType: string;
	/** Bytes. Unknown only for a file that was uploaded elsewhere. */
	size?: number;
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
 * The keys an email's attachment takes.
 *
 * @see https://developer.close.com/api/resources/activities/emails/create
 */
export function forEmail({ url, filename, contentType, size }: Attachment): IDataObject {
	return { url, filename, content_type: contentType, size };
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
