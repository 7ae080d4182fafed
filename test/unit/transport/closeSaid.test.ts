import fc from 'fast-check';
import { closeSaid } from '../../../nodes/CloseFiles/transport/closeSaid';

describe('what Close says', () => {
	it.each([
		['an error', { error: 'Not found' }, 'Not found'],
		['errors', { errors: ['One', 'Two'] }, 'One; Two'],
		['an error in lists', { errors: [['One'], []] }, 'One'],
		['a field', { 'field-errors': { sender: 'Required' } }, "'Sender' Required"],
		['a field with several', { 'field-errors': { to: ['One', 'Two'] } }, "'To' One; 'To' Two"],
		['an unknown field', { 'field-errors': { custom_x: 'No' } }, "'custom_x' No"],
		[
			'a field in a list',
			{ 'field-errors': { attachments: { 0: { url: 'No' } } } },
			"'Attachments > 1 > url' No",
		],
		[
			'a field in an array',
			{ 'field-errors': { attachments: [{ content_type: ['No'] }] } },
			"'Attachments > Content Type' No",
		],
		['all of it', { error: 'A', errors: ['B'], 'field-errors': { cc: 'C' } }, "A; B; 'CC' C"],
		['a field named like a property', { 'field-errors': { toString: 'No' } }, "'toString' No"],
		['the fields as text', { 'field-errors': 'No' }, 'No'],
		['nothing', {}, ''],
		['nothing that is text', { error: 5, errors: [null, {}], 'field-errors': [1] }, ''],
		['an empty error', { error: '' }, ''],
	])('is read from %s', (_what, body, said) => {
		expect(closeSaid(body as never)).toBe(said);
	});

	it('is nothing where there is no body', () => {
		expect(closeSaid(undefined)).toBe('');
	});

	it.each([
		[500, 'x'.repeat(500)],
		[501, `${'x'.repeat(500)}…`],
		[9_000, `${'x'.repeat(500)}…`],
	])('is cut at 500 characters: %d', (length, said) => {
		expect(closeSaid({ error: 'x'.repeat(length) })).toBe(said);
	});

	it('is a text of at most 501 characters, whatever the answer is', () => {
		// Grown from a number, because a long random text takes minutes to shrink when it fails.
		const long = fc.nat(3_000).map((length) => 'x'.repeat(length));
		const field = fc.oneof(fc.jsonValue({ maxDepth: 6 }), long, fc.array(long));
		const body = fc.dictionary(fc.constantFrom('error', 'errors', 'field-errors', 'data'), field);
		fc.assert(
			fc.property(body, (answer) => {
				const said = closeSaid(answer as never);

				expect(typeof said).toBe('string');
				expect(said.length).toBeLessThanOrEqual(501);
			}),
			{ numRuns: 200 },
		);
	});
});
