import type { Answer } from '../s3Cases';

/** Where the gateway may answer otherwise than AWS. One that does not occur any more is an error. */
export interface Difference {
	reason: string;
	/** Of the cases. */
	titles: string[];
	/** What differs; all the rest has to be AWS's. */
	answer: Answer;
}

const denied: Answer = { Code: 'AccessDenied' };
const invalid: Answer = { Code: 'InvalidArgument' };
/** MD5 of the five bytes that most cases send. */
const hello = '5d41402abc4b2a76b9719d911017c592';

export const gatewayDifferences: Difference[] = [
	{
		reason:
			'It leaves out the headers ETag and Location, and the quotes around the ETag in the XML.',
		titles: ['SigV2 by hand', 'SigV4 by the AWS SDK', 'SigV4 with a security token'].map(
			(what) => `stores a file whose policy is signed with ${what}`,
		),
		answer: { ETag: hello, 'etag header': undefined, 'location header': undefined },
	},
	{
		reason: 'It does not tell a wrong signature or an unknown key from other denials.',
		titles: [
			'refuses a changed signature',
			'refuses a policy that was changed after signing',
			'refuses an unknown key id',
			'refuses a changed signature, with SigV4',
			'refuses a known key id with another secret',
			'refuses an unknown key id, with SigV4',
			'refuses the temporary key without its token',
		],
		answer: denied,
	},
	{
		reason:
			'It takes a form without a policy for an anonymous one, and a token that the policy does not name for any other such field.',
		titles: ['refuses a token it did not ask for', 'refuses no policy'],
		answer: { status: 403, ...denied },
	},
	{
		reason: 'It calls a policy that is malformed an invalid argument.',
		titles: [
			'no JSON',
			'no expiration',
			'no conditions',
			'an operator that is none',
			'a date of another form',
		].map((what) => `refuses a policy with ${what}`),
		answer: invalid,
	},
	{
		reason: 'It says so in fewer words.',
		titles: ['refuses a policy that ended a second ago, with SigV4'],
		answer: { Message: 'Policy expired' },
	},
	{
		reason: 'It checks the field against the policy, but does not store it.',
		titles: ['stores the content type with its parameters, the disposition and metadata'],
		answer: { 'stored disposition': undefined },
	},
	{
		reason: 'It has no such limit.',
		titles: ['refuses 20 kB of fields'],
		answer: { status: 201, Code: undefined, stored: hello },
	},
	{
		reason:
			'It stores the file, but does not give it out: reading knows the limit, posting does not.',
		titles: ['refuses a key of 1025 bytes'],
		answer: { status: 201, Code: undefined, stored: 'not readable (InvalidObjectName)' },
	},
	{
		reason: 'It stores the first file and reads no further.',
		titles: ['refuses two files'],
		answer: { status: 201, Code: undefined, Message: undefined, stored: hello },
	},
	{
		reason: 'It takes what follows the fields, the closing boundary, for the file.',
		titles: ['refuses no file'],
		answer: {
			status: 201,
			Code: undefined,
			Message: undefined,
			stored: '81051bcc2cf1bedf378224b0a93e2877',
		},
	},
	{
		reason: 'It has another word for a body that is no form.',
		titles: ['refuses what is no form'],
		answer: { status: 400, ...invalid },
	},
	{
		reason: 'It has another word for a form that is not closed.',
		titles: ['refuses a form that is not closed'],
		answer: invalid,
	},
];

/** Uploads of the node that may end otherwise at the gateway, by their title: none does. */
export const uploadDifferences: Record<string, { reason: string; stored: string }> = {};
