import fc from 'fast-check';
import { explainClose } from '../../../nodes/CloseFiles/transport/explain';
import { Mishap, type Kind } from '../../../nodes/CloseFiles/transport/mishap';

const PURPOSE = 'create the email';

const explain = (facts: Mishap['facts'], kind: Kind = 'status') =>
	explainClose(new Mishap(kind, facts), PURPOSE);

describe('a refusal of Close', () => {
	it.each([
		[400, "Close refused to create the email: 'Sender' is unknown"],
		[401, 'Close did not accept the credential to create the email'],
		[
			402,
			"The plan of your Close organization does not allow to create the email: 'Sender' is unknown",
		],
		[403, "Close does not permit this user to create the email: 'Sender' is unknown"],
		[
			404,
			"Close could not create the email, because something it refers to does not exist: 'Sender' is unknown",
		],
		[422, "Close refused to create the email: 'Sender' is unknown"],
		[429, 'Close receives too many requests and asks to wait 3 seconds'],
		[500, 'Close was not able to create the email (HTTP status 500)'],
		[503, 'Close was not able to create the email (HTTP status 503)'],
	])('with status %d is told in plain words', (status, message) => {
		const body = { 'field-errors': { sender: 'is unknown' } };

		const error = explain({ status, body, retryAfterMs: 3_000 });

		expect(error.message).toBe(message);
		expect(error.advice).not.toBe('');
		expect(error.details.status).toBe(status);
	});

	it.each([
		[400, undefined],
		[401, { cause: 'credential-invalid' }],
		[402, undefined],
		[403, undefined],
		[404, undefined],
		[429, { cause: 'rate-limited', retryAfterMs: 3_000 }],
		[500, { cause: 'temporarily-unavailable' }],
		[504, { cause: 'temporarily-unavailable' }],
	])('with status %d says for n8n why: %j', (status, failure) => {
		expect(explain({ status, retryAfterMs: 3_000 }).failure).toEqual(failure);
	});

	it.each([
		['closeApi', "Check 'API Key' of the credential"],
		['closeOAuth2Api', 'Open the credential in n8n and reconnect it'],
	])('of the credential %s says what to do about it', (credentialType, advice) => {
		expect(explain({ status: 401, credentialType }).advice).toContain(advice);
	});

	it('names the status where Close said nothing', () => {
		expect(explain({ status: 409 }).message).toBe(
			'Close refused to create the email (HTTP status 409)',
		);
	});

	it.each([
		[{ 'field-errors': { sender: 'No', attachments: { 0: 'No' } } }, ['sender', 'attachments']],
		[{ error: 'No' }, []],
		[undefined, []],
	])('names the refused fields as data: %j', (body, names) => {
		expect(explain({ status: 400, body }).details.fields).toEqual(names);
	});

	it.each([
		[{ 'field-errors': { sender: 'No' } }, 'Correct the named fields and run the workflow again.'],
		[{ error: 'No' }, 'Change what Close objects to and run the workflow again.'],
		[{ 'field-errors': {} }, 'Close gave no reason: check what the fields of this node hold.'],
		[undefined, 'Close gave no reason: check what the fields of this node hold.'],
	])('advises to correct named fields only where some are named: %j', (body, advice) => {
		expect(explain({ status: 400, body }).advice).toBe(advice);
	});

	it('tells the wait that stands for none where a rate limit names none', () => {
		expect(explain({ status: 429 }).message).toContain('asks to wait 2 seconds');
	});
});

describe('a call without an answer', () => {
	it.each([
		['refused', 'Close could not be reached to create the email'],
		['timeout', 'Close gave no answer in time when asked to create the email'],
		['cut', 'The connection to Close was cut when it was asked to create the email'],
		['unreadable', 'Close gave an answer that is not readable when asked to create the email'],
	] as Array<[Kind, string]>)('is told in plain words: %s', (kind, message) => {
		const error = explain({ code: 'X' }, kind);

		expect(error.message).toBe(message);
		expect(error.failure).toEqual({ cause: 'temporarily-unavailable' });
		expect(error.details).toEqual({ status: undefined, code: 'X' });
	});

	it('is the workflow’s setting where n8n reads no credential', () => {
		const error = explain({}, 'unresolved');

		expect(error.message).toBe('n8n could not read the credential to create the email');
		expect(error.advice).toContain("'Binary Mode'");
		expect(error.failure).toEqual({ cause: 'configuration-invalid' });
	});

	it('is a cancel when the execution was cancelled', () => {
		const error = explain({}, 'cancelled');

		expect(error.message).toBe('The execution was canceled');
		expect(error.failure).toBeUndefined();
	});
});

describe('what an error says', () => {
	it('is never what stands elsewhere in the answer, e.g. the email’s body', () => {
		const elsewhere = fc.string().map((key) => `x${key}`);
		const answer = fc.tuple(fc.jsonValue(), fc.dictionary(elsewhere, fc.constant('s3cr3t body')));
		fc.assert(
			fc.property(answer, ([errors, others]) => {
				const body = { ...others, errors, data: 's3cr3t body', body_html: ['s3cr3t body'] };

				expect(explain({ status: 400, body: body as never }).message).not.toContain('s3cr3t body');
			}),
			{ numRuns: 200 },
		);
	});
});
