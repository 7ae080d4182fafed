import { createHmac, timingSafeEqual } from 'node:crypto';

import { violation, type Violation } from './errors';
import type { FormFields } from './form';

/** A key pair that S3 knows. One with a token is temporary and is refused without it. */
export interface S3Credential {
	accessKeyId: string;
	secretAccessKey: string;
	sessionToken?: string;
}

/**
 * Signature of a base64 policy by SigV2, base64.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingHTTPPOST.html
 */
export function signatureV2(text: string, secretAccessKey: string): string {
	return createHmac('sha1', secretAccessKey).update(text).digest('base64');
}

/**
 * Signature of a base64 policy by SigV4, hex. `scope` is `YYYYMMDD/region/s3/aws4_request`.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-authentication-HTTPPOST.html
 */
export function signatureV4(text: string, secretAccessKey: string, scope: string): string {
	const hmac = (key: string | Buffer, data: string) =>
		createHmac('sha256', key).update(data).digest();
	const signingKey = scope
		.split('/')
		.reduce<string | Buffer>((key, part) => hmac(key, part), `AWS4${secretAccessKey}`);
	return hmac(signingKey, text).toString('hex');
}

/** Why the form's signature does not hold; a form without any is anonymous and refused too. */
export function signatureViolation(
	fields: FormFields,
	credentials: S3Credential[],
): Violation | undefined {
	const isV4 = fields.has('x-amz-algorithm') || fields.has('x-amz-signature');
	const names = isV4
		? ['policy', 'x-amz-algorithm', 'x-amz-credential', 'x-amz-date', 'x-amz-signature']
		: ['policy', 'AWSAccessKeyId', 'signature'];
	const missing = names.filter((name) => !fields.has(name));
	if (missing.length === names.length) return violation('AccessDenied');
	if (missing.length > 0) {
		return violation(
			'InvalidArgument',
			`Bucket POST must contain a field named '${missing[0]}'.  If it is specified, please check the order of the fields.`,
			{ ArgumentName: missing[0], ArgumentValue: '' },
		);
	}
	return isV4 ? violationV4(fields, credentials) : violationV2(fields, credentials);
}

function violationV2(fields: FormFields, credentials: S3Credential[]): Violation | undefined {
	const accessKeyId = fields.get('AWSAccessKeyId');
	const credential = credentials.find((known) => known.accessKeyId === accessKeyId);
	if (credential === undefined) return unknownKey(accessKeyId);
	const expected = signatureV2(fields.get('policy'), credential.secretAccessKey);
	if (!isSame(expected, fields.get('signature'))) return violation('SignatureDoesNotMatch');
	return tokenViolation(fields, credential);
}

function violationV4(fields: FormFields, credentials: S3Credential[]): Violation | undefined {
	if (fields.get('x-amz-algorithm') !== 'AWS4-HMAC-SHA256') {
		return violation('InvalidArgument', 'X-Amz-Algorithm only supports "AWS4-HMAC-SHA256"');
	}
	const [accessKeyId, ...scope] = fields.get('x-amz-credential').split('/');
	const [day, , service, terminator] = scope;
	const isScope = scope.length === 4 && service === 's3' && terminator === 'aws4_request';
	if (!isScope || !/^\d{8}T\d{6}Z$/.test(fields.get('x-amz-date'))) {
		return violation('InvalidArgument', 'Invalid X-Amz-Credential or X-Amz-Date');
	}
	if (!fields.get('x-amz-date').startsWith(day)) {
		return violation('InvalidArgument', 'X-Amz-Date differs from the date of X-Amz-Credential');
	}
	const credential = credentials.find((known) => known.accessKeyId === accessKeyId);
	if (credential === undefined) return unknownKey(accessKeyId);
	const expected = signatureV4(fields.get('policy'), credential.secretAccessKey, scope.join('/'));
	if (!isSame(expected, fields.get('x-amz-signature'))) return violation('SignatureDoesNotMatch');
	return tokenViolation(fields, credential);
}

function tokenViolation(fields: FormFields, credential: S3Credential): Violation | undefined {
	const token = fields.has('x-amz-security-token') ? fields.get('x-amz-security-token') : undefined;
	if (token === credential.sessionToken) return undefined;
	// AWS does not know the key id of temporary credentials without their token.
	return token === undefined ? unknownKey(credential.accessKeyId) : violation('InvalidToken');
}

function unknownKey(accessKeyId: string): Violation {
	return violation('InvalidAccessKeyId', undefined, { AWSAccessKeyId: accessKeyId });
}

function isSame(expected: string, sent: string): boolean {
	return (
		expected.length === sent.length && timingSafeEqual(Buffer.from(expected), Buffer.from(sent))
	);
}
