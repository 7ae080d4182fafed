import { NodeApiError, type JsonObject } from 'n8n-workflow';
import { Mishap, readHttpError } from '../../../nodes/CloseFiles/transport/mishap';
import { aNode } from '../context';

/** An error as the HTTP client throws it. */
const anError = (fields: object): Error => Object.assign(new Error('Request failed'), fields);

const wrapped = (error: Error) => new NodeApiError(aNode(), error as unknown as JsonObject);

const response = { status: 400, headers: { date: 'x' }, data: { error: 'no' } };

describe('an HTTP error', () => {
	it.each([
		['bare', anError({ response })],
		['wrapped by n8n', wrapped(anError({ response }))],
		['as the cause of another', anError({ cause: anError({ cause: anError({ response }) }) })],
		['as an error response', { errorResponse: { response } }],
	])('tells the answer’s status, headers and body, %s', (_what, error) => {
		expect(readHttpError(error, false)).toEqual({ kind: 'status', response });
	});

	it.each([
		['ECONNREFUSED', 'refused'],
		['ENOTFOUND', 'refused'],
		['EAI_AGAIN', 'refused'],
		['EHOSTUNREACH', 'refused'],
		['ENETUNREACH', 'refused'],
		['ECONNABORTED', 'timeout'],
		['ETIMEDOUT', 'timeout'],
		['ECONNRESET', 'cut'],
		['EPIPE', 'cut'],
		['ERR_BAD_RESPONSE', 'cut'],
		['CERT_HAS_EXPIRED', 'cut'],
		[undefined, 'cut'],
	])('with the code %s is a connection %s', (code, kind) => {
		expect(readHttpError(anError({ code }), false)).toEqual({ kind, code });
	});

	it.each([
		['wrapped by n8n', wrapped(anError({ code: 'ECONNREFUSED' }))],
		['in the cause', anError({ cause: anError({ code: 'ECONNREFUSED' }) })],
		['beside a cause without one', anError({ code: 'ECONNREFUSED', cause: new RangeError('x') })],
		['beside a cause that is a text', anError({ code: 'ECONNREFUSED', cause: 'x' })],
	])('tells its code %s', (_what, error) => {
		expect(readHttpError(error, false)).toEqual({ kind: 'refused', code: 'ECONNREFUSED' });
	});

	it.each([
		['the status and the body', '400', { status: 400, data: { error: 'no' } }, undefined],
		['the network’s code', 'ECONNREFUSED', undefined, 'ECONNREFUSED'],
	])('of n8n 1.x, which keeps no cause, still tells %s', (_what, httpCode, kept, code) => {
		const error = anError({ httpCode, context: { data: { error: 'no' } }, cause: undefined });

		expect(readHttpError(error, false)).toMatchObject(
			kept ? { kind: 'status', response: kept } : { kind: 'refused', code },
		);
	});

	it('is a cancel when the execution was cancelled', () => {
		expect(readHttpError(anError({ code: 'ERR_CANCELED' }), true).kind).toBe('cancelled');
	});

	it('is an answer though the execution was cancelled', () => {
		expect(readHttpError(anError({ response }), true).kind).toBe('status');
	});

	it('may cause itself', () => {
		let asked = 0;
		// Ends the endless loop that it would be, so that the test fails instead of hanging.
		const cause = () => ((asked += 1) < 1_000 ? error : undefined);
		const error = Object.defineProperty(anError({ code: 'ETIMEDOUT' }), 'cause', { get: cause });

		expect(readHttpError(error, false).kind).toBe('timeout');
		expect(asked).toBeLessThan(100);
	});

	it('comes before any request where n8n cannot resolve an expression of the credential', () => {
		const cause = Object.assign(new Error('No execution data'), { name: 'ExpressionError' });

		expect(readHttpError(Object.assign(anError({}), { cause }), false).kind).toBe('unresolved');
	});

	it.each([[undefined], [null], ['broken'], [5]])('may be %p', (thrown) => {
		expect(readHttpError(thrown, false).kind).toBe('cut');
	});
});

describe('a request', () => {
	it.each([
		['status', 500],
		['status', 502],
		['status', 504],
		['timeout', undefined],
		['cut', undefined],
		['unreadable', 200],
		['cancelled', undefined],
	] as const)('may have been carried out after %s %p', (kind, status) => {
		expect(new Mishap(kind, { status }).isLost).toBe(true);
	});

	it.each([
		['unresolved', undefined],
		['refused', undefined],
		['status', 503],
		['status', 429],
		['status', 400],
		['status', 302],
	] as const)('was certainly not carried out after %s %p', (kind, status) => {
		expect(new Mishap(kind, { status }).isLost).toBe(false);
	});
});
