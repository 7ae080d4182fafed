import { randomBytes } from 'node:crypto';

import { signatureV2, signatureV4 } from '../s3/signature';
import { signedGet } from '../s3/getObject';
import { notFound, refusedFields, type FieldErrors } from './errors';
import { tokenOf, type Attachment, type Upload } from './records';
import type { Call, CloseContext } from './routes';
import { schemaErrors, uploadSchema } from './schema';

/** "for at most 24 hours" (https://developer.close.com/api/resources/files). */
const TEMPORARY_MS = 24 * 60 * 60 * 1000;
/** How long the signed link lives that a download is sent to. Assumed. */
const DOWNLOAD_LINK_MS = 60_000;

/** `POST /files/upload/` */
export function signUpload({ body, effect }: Call, context: CloseContext) {
	const errors = schemaErrors(uploadSchema, body);
	if (Object.keys(errors).length > 0) throw refusedFields(errors);
	const { account, s3, options, clock } = context;
	const filename = String(body.filename);
	const contentType = String(body.content_type);
	const token = randomBytes(16).toString('hex').slice(0, 22);
	const userId = account.owner.id;
	const name = encodeURIComponent(filename);
	const upload: Upload = {
		token,
		userId,
		filename,
		contentType,
		key: `temporary/user/${userId}/${token}/${filename}`,
		url: `https://app.close.com/go/file/temporary/${userId}/${token}/${name}/`,
		signedAt: clock.now(),
	};
	account.uploads.push(upload);

	const isExpired = effect !== undefined && 'expiredPolicy' in effect;
	const lifeMs = isExpired ? -1000 : options.policySeconds * 1000;
	return {
		download: { url: upload.url },
		upload: {
			url: `${s3.url}/${s3.bucket}/`,
			fields: signedFields(upload, clock.now(), clock.now() + lifeMs, context),
		},
	};
}

/** The form fields, with names and order as in Close's documentation (SigV2), or their SigV4 twin. */
function signedFields(
	{ filename, contentType, key }: Upload,
	now: number,
	expiresAt: number,
	{ s3, options }: CloseContext,
): Record<string, string> {
	const plain = {
		'Content-Disposition': `inline; filename="${filename.replace(/["\\]/g, '\\$&')}"`,
		'Content-Type': contentType,
		key,
	};
	const { accessKeyId, secretAccessKey, sessionToken } = s3.signer;
	const date = new Date(now).toISOString().replace(/[-:]|\.\d{3}/g, '');
	const scope = `${date.slice(0, 8)}/${s3.region}/s3/aws4_request`;
	const v4: Record<string, string> = {
		'x-amz-algorithm': 'AWS4-HMAC-SHA256',
		'x-amz-credential': `${accessKeyId}/${scope}`,
		'x-amz-date': date,
		...(sessionToken === undefined ? {} : { 'x-amz-security-token': sessionToken }),
	};
	const isV4 = options.signing === 'v4';
	const conditioned = { ...plain, success_action_status: '201', ...(isV4 ? v4 : {}) };
	const policy = Buffer.from(
		JSON.stringify({
			expiration: new Date(expiresAt).toISOString(),
			conditions: [
				{ bucket: s3.bucket },
				...Object.entries(conditioned).map(([name, value]) => ({ [name]: value })),
				...(options.maxFileBytes === undefined
					? []
					: [['content-length-range', 0, options.maxFileBytes]]),
			],
		}),
	).toString('base64');
	if (isV4) {
		const signature = signatureV4(policy, secretAccessKey, scope);
		return { ...conditioned, policy, 'x-amz-signature': signature };
	}
	return {
		AWSAccessKeyId: accessKeyId,
		...plain,
		policy,
		signature: signatureV2(policy, secretAccessKey),
		success_action_status: '201',
	};
}

/**
 * The attachments as the record will hold them: each a file that was uploaded within 24 hours, or
 * one that this very record holds already.
 *
 * `place` is the record's part of a persisted URL: `activity.email/acti_…`.
 * @throws Refusal with a message at each item that is wrong.
 */
export function persistedAttachments(
	items: Array<Record<string, unknown>>,
	held: Attachment[],
	place: string,
	{ account, clock }: CloseContext,
): Attachment[] {
	const errors: FieldErrors = {};
	const attachments = items.map((item, index) => {
		const url = String(item.url);
		const upload = account.upload(url);
		const isHeld = held.some((attachment) => attachment.url === url);
		const error =
			(isHeld ? undefined : temporaryUrlError(url, upload, clock.now())) ??
			(item.size === upload?.size ? undefined : { size: 'The size differs from the file.' });
		if (error !== undefined) errors[index] = error;
		const path = `${account.organizationId}/${place}/${String(upload?.token)}`;
		const filename = String(item.filename);
		return {
			url: `https://app.close.com/go/file/persisted/${path}/${encodeURIComponent(filename)}/`,
			filename,
			size: upload?.size ?? 0,
			content_type: typeof item.content_type === 'string' ? item.content_type : null,
			content_id: typeof item.content_id === 'string' ? item.content_id : null,
			inline_only: item.inline_only === true,
		};
	});
	if (Object.keys(errors).length > 0) throw refusedFields({ attachments: errors });
	return attachments;
}

/** Close's own wording of these is not known. */
function temporaryUrlError(url: string, upload: Upload | undefined, now: number) {
	if (!url.startsWith('https://app.close.com/go/file/')) {
		return { url: 'The URL must begin with https://app.close.com/go/file/.' };
	}
	if (upload === undefined || upload.url !== url) return { url: 'The file does not exist.' };
	if (upload.uploadedAt === undefined) return { url: 'The file has not been uploaded.' };
	if (now - upload.signedAt > TEMPORARY_MS) return { url: 'The file has expired.' };
	return undefined;
}

/**
 * `GET /go/file/…`: 302 to a signed link at S3, as seen at api.close.com with API authentication.
 */
export function downloadLocation(path: string, context: CloseContext): string {
	const { account, clock, s3 } = context;
	const url = `https://app.close.com${path}`;
	const upload = account.upload(tokenOf(url) ?? '');
	const isTemporary = upload?.url === url && clock.now() - upload.signedAt <= TEMPORARY_MS;
	const isHeld = account.emails.some(({ attachments }) =>
		attachments.some((attachment) => attachment.url === url),
	);
	if (upload?.uploadedAt === undefined || (!isTemporary && !isHeld)) throw notFound();
	return s3.url + signedGet(s3.bucket, upload.key, s3.downloader, clock.now() + DOWNLOAD_LINK_MS);
}
