import type { IBinaryData } from 'n8n-workflow';
import type { Effect, Fault, Sandbox } from '../sandbox/server';
import { anItem, sendingNow } from '../support/builders';
import { calls, type CallName } from './mishaps';
import { checkTruth, runWithTries, untilNothingIsUnderWay, type Try } from './sending';

/** How long the node waits for an answer that never comes, in ms. */
const TIMEOUT_MS = 300;

const tooMany = (headers: Record<string, string>): Effect => ({
	status: 429,
	// Left out, not to be overlooked beside the others.
	headers: { RateLimit: '', ...headers },
});

/** What can befall every call. */
const common: Array<[string, Effect]> = [
	['429, `RateLimit: …, reset=3`', tooMany({ RateLimit: 'limit=100, remaining=0, reset=3' })],
	['429, `RateLimit: …; reset=3`', tooMany({ RateLimit: 'limit=100; remaining=0; reset=3' })],
	['429, `retry-after: 3`', tooMany({ 'retry-after': '3' })],
	['429 without a header', tooMany({})],
	['429, `retry-after: 120`', tooMany({ 'retry-after': '120' })],
	['500', { status: 500 }],
	['502', { status: 502 }],
	['503', { status: 503 }],
	['504', { status: 504 }],
	['504 after it was carried out', { statusAfter: 504 }],
	['connection reset before it was carried out', { reset: 'before' }],
	['connection reset after it was carried out', { reset: 'after' }],
	['timeout, not carried out', { timeout: true }],
	['timeout after it was carried out', { timeout: 'after' }],
	['answer cut in its middle', { body: 'truncated' }],
	['HTML instead of the answer', { body: 'html' }],
	['empty answer', { body: 'empty' }],
	['wrong content type', { body: 'wrongContentType' }],
	['redirect', { redirect: 'http://127.0.0.1:9/elsewhere/' }],
];

const s3Errors = [
	'SlowDown',
	'ServiceUnavailable',
	'InternalError',
	'RequestTimeout',
	'RequestTimeTooSkewed',
	'AccessDenied',
	'EntityTooLarge',
	'EntityTooSmall',
	'ExpiredToken',
	'InvalidAccessKeyId',
	'InvalidArgument',
	'InvalidPolicyDocument',
	'InvalidToken',
	'MalformedPOSTRequest',
	'MaxPostPreDataLengthExceeded',
	'MethodNotAllowed',
	'MissingContentLength',
	'NoSuchBucket',
	'PreconditionFailed',
	'SignatureDoesNotMatch',
] as const;

interface Row {
	call: CallName;
	fault: string;
	/** On the call itself, unless another is named. */
	strikes: Omit<Fault, 'times'>;
	/** What has to go wrong before, so that the call is made at all. */
	before: Fault[];
}

const headings: Record<CallName, string> = {
	sign: 'Signing an upload: `POST /files/upload/`',
	upload: 'Uploading to S3: the signed `POST`',
	create: 'Creating the draft: `POST /activity/email/`',
	lookUp: 'Looking for a draft whose creation got no answer: `GET /activity/email/`',
	send: 'Sending: `PUT /activity/email/{id}/` with the status',
	readBack: 'Reading back after a sending without an answer: `GET /activity/email/{id}/`',
};

const lostAnswer = (call: CallName): Fault[] => [{ call: calls[call], effect: { reset: 'after' } }];

const beforehand: Partial<Record<CallName, Fault[]>> = {
	lookUp: lostAnswer('create'),
	readBack: lostAnswer('send'),
};

const rows: Row[] = (Object.keys(calls) as CallName[]).flatMap((call) => {
	const row = (fault: string, effect: Effect, at = call): Row => ({
		call,
		fault,
		strikes: { call: calls[at], effect },
		before: beforehand[call] ?? [],
	});
	if (call !== 'upload') return common.map(([fault, effect]) => row(fault, effect));
	return [
		...common.map(([fault, effect]) => row(fault, effect)),
		row('S3: the policy has expired', { expiredPolicy: true }, 'sign'),
		...s3Errors.map((s3Error) => row(`S3: ${s3Error}`, { s3Error })),
	];
});

/** Runs every row and answers the tables as Markdown. */
export async function faultTables(
	sandbox: Sandbox,
	files: Record<string, IBinaryData>,
): Promise<string> {
	const lines: string[] = [];
	for (const call of Object.keys(calls) as CallName[]) {
		lines.push(
			`### ${headings[call]}`,
			'',
			'| Fault | It strikes once: tries, what comes of it | It goes on striking: tries, what the user sees | In Close then | When n8n tries again, without the fault |',
			'| --- | --- | --- | --- | --- |',
		);
		for (const row of rows.filter((each) => each.call === call)) {
			lines.push(`| ${(await cellsOf(row, sandbox, files)).join(' | ')} |`);
		}
		lines.push('');
	}
	return lines.join('\n').trimEnd();
}

async function cellsOf(
	row: Row,
	sandbox: Sandbox,
	files: Record<string, IBinaryData>,
): Promise<string[]> {
	const [once] = await struck(row, 1, 1, sandbox, files);
	const onceEnding = `${triesOf(row, once)}, ${endingOf(once)}${isSent(once) ? '' : ` In Close: ${inClose(sandbox)}`}`;

	let afterFirst = '';
	const tries = await struck(row, Infinity, 2, sandbox, files, () => {
		afterFirst ||= inClose(sandbox);
	});
	const [first, again] = tries;
	return [
		row.fault,
		onceEnding,
		`${triesOf(row, first)}, ${endingOf(first)}`,
		afterFirst,
		again === undefined ? 'not needed' : `${endingOf(again)} In Close: ${inClose(sandbox)}`,
	];
}

/** n8n's tries of one item; the fault is over from the second on. */
async function struck(
	{ strikes, before }: Row,
	times: number,
	tries: number,
	sandbox: Sandbox,
	files: Record<string, IBinaryData>,
	afterTry = () => {},
): Promise<Try[]> {
	sandbox.reset();
	for (const fault of before) sandbox.faults.add(fault);
	sandbox.faults.add({ ...strikes, times });
	const names = Object.values(files).map(({ fileName }) => String(fileName));
	const made = await runWithTries(sandbox, [anItem(files)], {
		parameters: { ...sendingNow, binaryPropertyName: '*' },
		tries,
		timeoutMs: 'timeout' in strikes.effect ? TIMEOUT_MS : undefined,
		beforeTry: (number) => {
			if (number > 0) sandbox.faults.clear();
		},
		afterTry: (so) => {
			checkTruth(sandbox, so, names);
			afterTry();
		},
	});
	await untilNothingIsUnderWay();
	checkTruth(sandbox, made, names);
	return made;
}

const isSent = ({ error }: Try): boolean => error === undefined;

function triesOf({ call }: Row, { calls: made }: Try): string {
	const count = made.filter((each) => each === calls[call]).length;
	return count === 1 ? '1 try' : `${count} tries`;
}

const endingOf = ({ error }: Try): string =>
	error === undefined ? 'sent.' : `“${error.message}”.`;

function inClose({ account }: Sandbox): string {
	const { emails, deliveries, uploads } = account;
	if (deliveries.length > 0) return `${emails.length} email, sent ${times(deliveries.length)}`;
	if (emails.length > 0) return `${emails.length} draft, not sent`;
	return uploads.some(({ uploadedAt }) => uploadedAt !== undefined)
		? 'the uploaded file only'
		: 'nothing';
}

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);
