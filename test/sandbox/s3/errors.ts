import type { Answer } from '../answer';

/**
 * S3's refusals: status and usual message.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
const errors = {
	AccessDenied: [403, 'Access Denied'],
	BucketAlreadyOwnedByYou: [409, 'The bucket you tried to create already exists.'],
	EntityTooLarge: [400, 'Your proposed upload exceeds the maximum allowed size'],
	EntityTooSmall: [400, 'Your proposed upload is smaller than the minimum allowed size'],
	ExpiredToken: [400, 'The provided token has expired.'],
	InternalError: [500, 'We encountered an internal error. Please try again.'],
	InvalidAccessKeyId: [403, 'The AWS Access Key Id you provided does not exist in our records.'],
	InvalidArgument: [400, 'Invalid Argument'],
	InvalidPolicyDocument: [400, 'The content of the form does not meet the conditions.'],
	InvalidToken: [400, 'The provided token is malformed or otherwise invalid.'],
	KeyTooLongError: [400, 'Your key is too long'],
	MalformedPOSTRequest: [
		400,
		'The body of your POST request is not well-formed multipart/form-data.',
	],
	MaxPostPreDataLengthExceeded: [
		400,
		'Your POST request fields preceding the upload file were too large.',
	],
	MethodNotAllowed: [405, 'The specified method is not allowed against this resource.'],
	MissingContentLength: [411, 'You must provide the Content-Length HTTP header.'],
	NoSuchBucket: [404, 'The specified bucket does not exist'],
	NoSuchKey: [404, 'The specified key does not exist.'],
	PreconditionFailed: [412, 'At least one of the pre-conditions you specified did not hold'],
	RequestTimeout: [
		400,
		'Your socket connection to the server was not read from or written to within the timeout period. Idle connections will be closed.',
	],
	RequestTimeTooSkewed: [
		403,
		'The difference between the request time and the current time is too large.',
	],
	ServiceUnavailable: [503, 'Reduce your request rate.'],
	SignatureDoesNotMatch: [
		403,
		'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
	],
	SlowDown: [503, 'Please reduce your request rate.'],
} as const satisfies Record<string, readonly [status: number, message: string]>;

export type S3ErrorCode = keyof typeof errors;

/** Why S3 refuses a request. `details` are further XML elements, such as MaxSizeAllowed. */
export interface Violation {
	code: S3ErrorCode;
	message: string;
	details: Record<string, string>;
}

export function violation(
	code: S3ErrorCode,
	message: string = errors[code][1],
	details: Record<string, string> = {},
): Violation {
	return { code, message, details };
}

export function isViolation(value: object | undefined): value is Violation {
	return value !== undefined && 'code' in value && 'details' in value;
}

/** The only place that writes S3's error XML. */
export function refusalAnswer({ code, message, details }: Violation, requestId: string): Answer {
	const elements = { Code: code, Message: message, ...details, RequestId: requestId };
	return {
		status: errors[code][0],
		headers: { 'Content-Type': 'application/xml' },
		body: xmlDocument('Error', elements),
	};
}

export function xmlDocument(root: string, elements: Record<string, string>): string {
	const inner = Object.entries(elements)
		.map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`)
		.join('');
	return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}>${inner}</${root}>`;
}

function escapeXml(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');
}
