/* eslint-disable @n8n/community-nodes/no-hardcoded-secrets -- tests never ship */
import fc from 'fast-check';
import { toNodeError } from '../../../nodes/CloseFiles/errors';
import { Mishap, type Kind } from '../../../nodes/CloseFiles/transport/mishap';
import { explainS3, readRefusal } from '../../../nodes/CloseFiles/transport/s3Refusal';
import { aNode } from '../context';

const file = { filename: 'Offer.pdf', size: 48_213 };

const fields = {
	key: 'temporary/user_1/tok3n/Offer.pdf',
	success_action_status: '201',
	'Content-Type': 'application/pdf',
	'X-Amz-Credential': 'ASIASECRET/20261124/us-west-2/s3/aws4_request',
	'X-Amz-Security-Token': 'IQoJb3JpZ2luX2VjEOr//////////wEaCXVzLWVhc3QtMSJ=',
	policy: 'eyJleHBpcmF0aW9uIjogIjIwMjYtMTEtMjRUMTI6MDA6MDBaIn0=',
	'X-Amz-Signature': '6f3c1a2b9d8e7f60514233241506f7e8d9cabbac9d8e7f6051423324150617f8',
};

const xml = (code: string, message = '', more = '') =>
	`<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message>${more}</Error>`;

const refuse = (status: number, text: string) => readRefusal({ status, text }, fields);

/** Everything that a user, an error item or n8n's database sees of it. */
function everyText(mishap: Mishap): string {
	const error = explainS3(mishap, file, 1);
	const { message, description, context } = toNodeError(aNode(), error, 0);
	return JSON.stringify([mishap.facts, message, description, context, error.details]);
}

const secret = fc.base64String({ minLength: 8, maxLength: 60 });
const shape = fc.constantFrom(
	(s: string) => xml('AccessDenied', s),
	(s: string) => xml(s, 'Denied'),
	(s: string) => xml(s, s, `<StringToSign>${s}</StringToSign>`),
	(s: string) => xml('AccessDenied', `Policy Condition failed: ["eq", "${s}"]`),
	(s: string) => xml('SlowDown', `${s} ${s}`.repeat(9)),
	(s: string) => `<Code>PolicyExpired</Code><Message>Policy expired ${s}</Message>`,
	(s: string) => `<Message>${s}</Message><Code>${s}`,
	(s: string) => `<html>${s}</html>`,
	(s: string) => s,
);
const status = fc.constantFrom(301, 400, 403, 411, 500, 503);

const part = fc.constantFrom('<Code>', '</Code>', '<Message>', '</Message>', '&amp;', 'x', '<', '');
const text = fc.oneof(
	fc.string(),
	fc.array(part, { maxLength: 12 }).map((of) => of.join('')),
);

describe('a refusal of S3', () => {
	it.each([
		['its code', 400, xml('EntityTooLarge', 'Too large'), 'EntityTooLarge', 'Too large'],
		[
			'escaped text',
			400,
			xml('X', '&lt;a&gt; &amp;lt; &quot;b&quot; &apos;&#39;'),
			'X',
			'<a> &lt; "b" \'\'',
		],
		['no XML', 403, 'Forbidden', undefined, ''],
		['an empty body', 301, '', undefined, ''],
		['a page of a proxy', 502, '<html><body><h1>502</h1></body></html>', undefined, ''],
		['an element that does not end', 400, '<Error><Code>Entity', undefined, ''],
		['an element with others in it', 400, xml('<b>X</b>', '<b>Y</b>'), undefined, ''],
	])('is read from %s', (_what, status, text, code, said) => {
		expect(refuse(status, text)).toEqual(new Mishap('status', { status, code, said }));
	});

	it.each([
		['Invalid according to Policy: Policy expired.'],
		['Invalid according to Policy: policy EXPIRED'],
	])('of an expired policy has a code of its own: %s', (message) => {
		expect(refuse(403, xml('AccessDenied', message)).facts.code).toBe('PolicyExpired');
	});

	it.each([['Access Denied'], ['Invalid according to Policy: Policy Condition failed: ["eq"]']])(
		'of another kind has not: %s',
		(message) => {
			expect(refuse(403, xml('AccessDenied', message)).facts.code).toBe('AccessDenied');
		},
	);

	it.each([
		['["eq", "$key", "temporary/user_1/tok3n/Offer.pdf"]'],
		['["starts-with", "$x", ""]\n["content-length-range", 0, 5]'],
	])('never quotes a condition of the policy: %s', (condition) => {
		const message = `Invalid according to Policy: Policy Condition failed: ${condition}`;

		expect(refuse(403, xml('AccessDenied', message)).facts.said).toBe(
			'Invalid according to Policy: a condition of the policy is not met',
		);
	});

	it('is cut at 200 characters', () => {
		expect(refuse(400, xml('X', 'y'.repeat(999))).facts.said).toBe(`${'y'.repeat(200)}…`);
	});

	it('says short form values, which are no secrets', () => {
		expect(refuse(400, xml('X', 'Expected 201')).facts.said).toBe('Expected 201');
	});

	it.each(Object.entries(fields).filter(([name]) => name !== 'success_action_status'))(
		'never says the form’s %s',
		(_name, secret) => {
			const message = `Got ${secret} &amp; ${secret.replace(/"/g, '&quot;')}`;
			const mishap = refuse(403, xml('SignatureDoesNotMatch', message, `<Got>${secret}</Got>`));

			expect(everyText(mishap)).not.toContain(secret);
		},
	);

	it('never says a part of a secret that holds another', () => {
		const secrets = { inner: 'innersecret', outer: 'begin-innersecret-end' };

		const mishap = readRefusal({ status: 403, text: xml('X', secrets.outer) }, secrets);

		expect(mishap.facts.said).toBe('…');
	});

	it('never holds a secret, whatever the answer is', () => {
		fc.assert(
			fc.property(secret, fc.string(), shape, status, (value, around, make, answered) => {
				const text = make(`${around}${value}${around}`);
				const mishap = readRefusal({ status: answered, text }, { signature: value });

				expect(everyText(mishap)).not.toContain(value);
			}),
			{ numRuns: 200 },
		);
	});

	it('is read without complaint, whatever the answer is', () => {
		fc.assert(
			fc.property(text, fc.nat(600), (answer, status) => {
				const { said = '' } = refuse(status, answer).facts;

				expect(said.length).toBeLessThanOrEqual(201);
			}),
			{ numRuns: 200 },
		);
	});
});

describe('an upload that came to nothing', () => {
	const explain = (facts: Mishap['facts'], kind: Kind = 'status', tries = 4) =>
		explainS3(new Mishap(kind, facts), file, tries);

	it.each([
		['refused', {}, 'the connection was not accepted'],
		['timeout', {}, 'it took too long'],
		['cut', {}, 'the connection was cut'],
		['status', { status: 403, code: 'PolicyExpired' }, 'its signature had expired'],
		['status', { status: 403, code: 'RequestTimeTooSkewed' }, 'its signature had expired'],
		['status', { status: 400, code: 'RequestTimeout' }, 'the connection was idle for too long'],
		['status', { status: 503, code: 'SlowDown' }, 'it receives too many uploads'],
		['status', { status: 500, code: 'InternalError' }, 'it was not able to handle it'],
		['status', { status: 503, code: 'ServiceUnavailable' }, 'ServiceUnavailable'],
		['status', { status: 500 }, 'status 500'],
		['status', { status: 500, code: 'constructor' }, 'constructor'],
	] as Array<[Kind, Mishap['facts'], string]>)('may pass by itself: %s %j', (kind, facts, what) => {
		const { message, failure, details } = explain(facts, kind);

		expect(message).toBe(
			`The file 'Offer.pdf' (48213 bytes) did not reach Close's file storage: ${what}, 4 times`,
		);
		expect(failure).toEqual({ cause: 'temporarily-unavailable' });
		expect(details).toEqual({ status: facts.status, code: facts.code });
	});

	it.each([
		['refused', 'lets it reach amazonaws.com'],
		['timeout', "raise 'Timeout (Seconds)' in the options"],
		['cut', 'the storage may refuse it: try a smaller one'],
	] as Array<[Kind, string]>)('says what to do when it stays so: %s', (kind, advice) => {
		expect(explain({}, kind).advice).toMatch(
			new RegExp(`^Run the workflow again in a while\\. .*${advice.replace(/[()]/g, '\\$&')}`),
		);
	});

	it('after one try says "1 time"', () => {
		expect(explain({}, 'cut', 1).message).toMatch(/, 1 time$/);
	});

	it.each([
		['EntityTooLarge', "The file 'Offer.pdf' is too large for Close: it has 48213 bytes"],
		['EntityTooSmall', "The file 'Offer.pdf' is too small for Close: it has 48213 bytes"],
		['KeyTooLongError', "The name of the file 'Offer.pdf' is too long for Close's file storage"],
		['InvalidTag', "Close's file storage refused the file 'Offer.pdf': InvalidTag, said"],
		[undefined, "Close's file storage refused the file 'Offer.pdf': HTTP status 400, said"],
	])('does not pass by itself with %s', (code, message) => {
		const error = explain({ status: 400, code, said: 'said' });

		expect(error.message).toBe(message);
		expect(error.failure).toBeUndefined();
		expect(error.advice).not.toBe('');
	});

	it('is a cancel when the execution was cancelled', () => {
		expect(explain({}, 'cancelled').message).toBe('The execution was canceled');
	});
});
