import { signedGet } from '../s3/getObject';
import { notFound, type FieldErrors } from './errors';
import { mediaId, type Attachment, type Upload } from './records';
import type { CloseContext } from './routes';

const APP = 'https://app.close.com';
/** "for at most 24 hours" (https://developer.close.com/api/resources/files). */
const TEMPORARY_MS = 24 * 60 * 60 * 1000;
/** How long the signed link lives that a download is sent to. Assumed. */
const DOWNLOAD_LINK_MS = 60_000;

/** A file that a record takes: its upload, and the keys that the client sent with it. */
export interface TakenFile {
	upload: Upload;
	/** Where the record keeps it. */
	url: string;
	recordId: string;
	filename: string;
	size: number;
	content_type: string | null;
	sent: Record<string, unknown>;
}

/** How a kind of record answers its attachments. */
export type AttachmentForm = (file: TakenFile) => Attachment;

/** Emails and email templates, whose files may be part of the HTML. */
export const inlineableForm: AttachmentForm = ({ url, filename, size, content_type, sent }) => ({
	url,
	filename,
	size,
	content_type,
	content_id: typeof sent.content_id === 'string' ? sent.content_id : null,
	inline_only: sent.inline_only === true,
});

export const thumbnailForm: AttachmentForm = ({ url, filename, size, content_type }) => ({
	url,
	filename,
	size,
	content_type,
	thumbnail_url: thumbnailUrl(url, content_type),
});

/** @see https://developer.close.com/api/resources/activities/sms */
export const mediaForm: AttachmentForm = (file) => {
	const media_id = mediaId(file.recordId, file.upload.token);
	const url = `${APP}/go/sms/${file.recordId}/media/${media_id}/`;
	return { ...thumbnailForm({ ...file, url }), media_id };
};

/** Of pictures only. Its address is made up; it leads to the picture itself. */
export function thumbnailUrl(url: string, contentType: string | null): string | null {
	return contentType?.startsWith('image/') ? `${url}thumbnail/` : null;
}

/** Where a record keeps a file; `place` is `activity.email/acti_…` or the like. */
export function persistedUrl(
	{ organizationId }: { organizationId: string },
	place: string,
	{ token }: Upload,
	filename: string,
): string {
	const path = `${organizationId}/${place}/${token}/${encodeURIComponent(filename)}`;
	return `${APP}/go/file/persisted/${path}/`;
}

/** The record that attachments are sent to, as far as they depend on it. */
interface Holder {
	id: string;
	/** `activity.email` */
	objectType: string;
	attachments: Attachment[];
	form: AttachmentForm;
}

/**
 * The attachments that were sent, as the record will hold them: each a file that was uploaded
 * within 24 hours, or one that this very record holds already. Second, what is wrong, by index.
 */
export function takenAttachments(
	items: Array<Record<string, unknown>>,
	holder: Holder,
	context: CloseContext,
): [Attachment[], FieldErrors] {
	const errors: FieldErrors = {};
	const attachments: Attachment[] = [];
	for (const [index, sent] of items.entries()) {
		const taken = takenAttachment(sent, holder, context);
		if ('errors' in taken) errors[index] = taken.errors;
		else attachments.push(taken);
	}
	return [attachments, errors];
}

function takenAttachment(
	sent: Record<string, unknown>,
	{ id, objectType, attachments, form }: Holder,
	context: CloseContext,
): Attachment | { errors: FieldErrors } {
	const url = String(sent.url);
	const filename = String(sent.filename);
	const content_type = typeof sent.content_type === 'string' ? sent.content_type : null;
	const held = attachments.find((attachment) => attachment.url === url);
	const upload = held === undefined ? uploadedFile(url, context) : context.account.upload(url);
	if (typeof upload === 'string') return { errors: { url: upload } };
	const size = held?.size ?? upload?.size ?? 0;
	if (sent.size !== undefined && sent.size !== size) {
		return { errors: { size: 'The size differs from the file.' } };
	}
	if (upload === undefined) return { ...held, url, filename, size, content_type };
	const kept = held?.url ?? persistedUrl(context.account, `${objectType}/${id}`, upload, filename);
	return form({ upload, url: kept, recordId: id, filename, size, content_type, sent });
}

/** The uploaded file that a temporary URL means, or why it means none, in words of our own. */
export function uploadedFile(url: string, { account, clock }: CloseContext): Upload | string {
	if (!url.startsWith(`${APP}/go/file/`)) return `The URL must begin with ${APP}/go/file/.`;
	const upload = account.upload(url);
	if (upload?.url !== url) return 'The file does not exist.';
	if (upload.uploadedAt === undefined) return 'The file has not been uploaded.';
	if (clock.now() - upload.signedAt > TEMPORARY_MS) return 'The file has expired.';
	return upload;
}

/**
 * `GET /go/file/…` and `/go/sms/…`: 302 to a signed link at S3, as seen at api.close.com with API
 * authentication.
 */
export function downloadLocation(path: string, context: CloseContext): string {
	const { account, clock, s3 } = context;
	const url = `${APP}${path}`.replace(/\/thumbnail\/$/, '/');
	const upload = account.upload(url);
	const isTemporary = upload?.url === url && clock.now() - upload.signedAt <= TEMPORARY_MS;
	const isHeld =
		account.leadFiles.some((file) => file.download_url === url) ||
		account.fileRecords.some(({ attachments }) => attachments.some((each) => each.url === url));
	if (upload?.uploadedAt === undefined || (!isTemporary && !isHeld)) throw notFound();
	return s3.url + signedGet(s3.bucket, upload.key, s3.downloader, clock.now() + DOWNLOAD_LINK_MS);
}
