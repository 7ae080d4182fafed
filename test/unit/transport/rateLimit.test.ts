import fc from 'fast-check';
import { retryAfterMs } from '../../../nodes/CloseFiles/transport/rateLimit';

const NOW = Date.parse('2026-11-24T12:00:00Z');

describe('the wait that an answer asks for', () => {
	it.each([
		['commas', { ratelimit: 'limit=100, remaining=0, reset=5' }, 5_000],
		['commas without blanks', { ratelimit: 'limit=100,remaining=0,reset=5' }, 5_000],
		['semicolons', { ratelimit: 'limit=100; remaining=0; reset=1' }, 1_000],
		['semicolons without blanks', { ratelimit: 'limit=100;remaining=0;reset=1' }, 1_000],
		['reset first', { ratelimit: 'reset=2, limit=100' }, 2_000],
		['fractions of a second', { ratelimit: 'reset=0.2501' }, 251],
		['blanks around the sign', { ratelimit: 'RESET = 3' }, 3_000],
		['no wait', { ratelimit: 'limit=100, remaining=9, reset=0' }, 0],
		['both headers', { ratelimit: 'reset=1.5', 'retry-after': '2' }, 1_500],
	])('is read from RateLimit with %s', (_what, headers, ms) => {
		expect(retryAfterMs(headers, NOW)).toBe(ms);
	});

	it.each([
		['seconds', '7', 7_000],
		['fractions of a second', '0.5', 500],
		['blanks around them', ' 7 ', 7_000],
		['a date', 'Tue, 24 Nov 2026 12:00:10 GMT', 10_000],
		['a date in the past', 'Tue, 24 Nov 2026 11:00:00 GMT', 0],
	])('is read from retry-after with %s', (_what, value, ms) => {
		expect(retryAfterMs({ 'retry-after': value }, NOW)).toBe(ms);
		expect(retryAfterMs({ ratelimit: 'limit=100', 'retry-after': value }, NOW)).toBe(ms);
	});

	it.each([
		['no headers', undefined],
		['none of the headers', { date: 'x' }],
		['empty headers', { ratelimit: '', 'retry-after': '' }],
		['words', { ratelimit: 'soon', 'retry-after': 'later' }],
		['words with a number', { 'retry-after': 'try 5' }],
		['a negative number', { ratelimit: 'reset=-1', 'retry-after': '-5' }],
		['a number that is none', { ratelimit: 'reset=1.2.3', 'retry-after': '1.2.3' }],
		['dots', { ratelimit: 'reset=.', 'retry-after': '.' }],
		['another word that ends so', { ratelimit: 'limit=1, preset=5' }],
		['headers that are no text', { ratelimit: ['reset=1'], 'retry-after': 5 }],
	])('is not known with %s', (_what, headers) => {
		expect(retryAfterMs(headers, NOW)).toBeUndefined();
	});

	it('is a number of milliseconds or not known, whatever the headers say', () => {
		const value = fc.oneof(
			fc.string(),
			fc.string({ unit: fc.constantFrom('1', '.', '-', 'e', ' ', ',', ';') }),
		);
		fc.assert(
			fc.property(value, value, (reset, retryAfter) => {
				const headers = { ratelimit: `reset=${reset}`, 'retry-after': retryAfter };

				expect(retryAfterMs(headers, NOW) ?? 0).toBeGreaterThanOrEqual(0);
			}),
			{ numRuns: 200 },
		);
	});
});
