import { randomBytes } from 'node:crypto';

import { signatureV2, signatureV4 } from '../s3/signature';
import { refuseIf } from './errors';
import type { Upload } from './records';
import type { Call, CloseContext } from './routes';
import { schemaErrors, type Schema } from './schema';

/** The lengths are those that Close publishes for lead files. */
const uploadFields: Schema = {
	filename: { type: 'string', required: true, min: 1, max: 1024 },
	content_type: { type: 'string', required: true, min: 1, max: 255 },
};

/** `POST /files/upload/` */
export function signUpload({ body, effect }: Call, context: CloseContext) {
	refuseIf(schemaErrors(uploadFields, body));
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
