import fc from 'fast-check';
import { DateTime } from 'luxon';
import {
	choiceIn,
	collectionIn,
	numberIn,
	textIn,
} from '../../../../nodes/CloseFiles/actions/fields/values';
import { CloseFilesError } from '../../../../nodes/CloseFiles/errors';
import { refusalOf, settled } from '../../caught';

const date = new Date('2026-11-24T14:00:00Z');

describe('the text in a field', () => {
	it.each([
		['a text as it is', ' Offer\n', ' Offer\n'],
		['a number', 4.5, '4.5'],
		['a boolean', false, 'false'],
		['nothing as an empty one', undefined, ''],
		['null as an empty one', null, ''],
		['a date', date, String(date)],
		[
			'luxon’s date',
			DateTime.fromISO('2026-11-24T14:00:00Z', { zone: 'UTC' }),
			'2026-11-24T14:00:00.000Z',
		],
	])('is %s', (_what, value, text) => {
		expect(textIn(value, 'Subject')).toBe(text);
	});

	it.each([
		['an object', { name: 'x' }],
		['an object', { toString: 'x' }],
		['an object', Object.create(null)],
		['a list', ['x']],
	])('is not made of %s: %j', async (what, value: unknown) => {
		const { message, advice } = await refusalOf(() => textIn(value, 'Subject'));

		expect(message).toBe(`'Subject' holds ${what}, which is no text`);
		expect(advice).toContain('{{ $json.name }}');
	});
});

describe('the number in a field', () => {
	it.each([
		[5, 5],
		['5', 5],
		[' 1.5 ', 1.5],
		['-1e3', -1000],
	])('is what %j says', (value, number) => {
		expect(numberIn(value)).toBe(number);
	});

	it.each([[''], [' '], ['5 MB'], [true], [null], [undefined], [[5]], [{ valueOf: () => 5 }]])(
		'is none in %j',
		(value) => {
			expect(numberIn(value)).toBeNaN();
		},
	);
});

describe('the choice in a field', () => {
	it('is one of those there are', () => {
		expect(choiceIn('text', 'Body Type', ['html', 'text'])).toBe('text');
	});

	it.each([['Text'], [''], [null], [undefined], ['constructor'], [0]])(
		'is refused when it is %p',
		async (value) => {
			const { message } = await refusalOf(() => choiceIn(value, 'Body Type', ['html', 'text']));

			expect(message).toBe(`'Body Type' holds '${value}', which is none of html, text`);
		},
	);
});

describe('a collection of fields', () => {
	it.each([
		['itself', { cc: 'x' }, { cc: 'x' }],
		['empty with nothing', undefined, {}],
		['empty with null', null, {}],
		['empty with an empty text', '', {}],
	])('is %s', (_what, value, expected) => {
		expect(collectionIn(value, 'Options')).toEqual(expected);
	});

	it.each([
		['a list', []],
		["'x'", 'x'],
		["'5'", 5],
		["'true'", true],
	])('is not %s', async (what, value) => {
		const { message } = await refusalOf(() => collectionIn(value, 'Options'));

		expect(message).toBe(`'Options' holds ${what}, which is no collection of fields`);
	});
});

describe('a value of any kind', () => {
	it('is read or refused in the user’s words', async () => {
		const anything = fc.anything({ withNullPrototype: true, withDate: true, withMap: true });
		await fc.assert(
			fc.asyncProperty(anything, async (value) => {
				const outcomes = await Promise.all(
					[
						() => textIn(value, 'To'),
						() => numberIn(value),
						() => choiceIn(value, 'Status', ['draft']),
						() => collectionIn(value, 'Options'),
					].map(async (read) => await settled(read)),
				);

				const thrown = outcomes.filter((outcome) => outcome instanceof Error);
				expect(thrown.every((error) => error instanceof CloseFilesError)).toBe(true);
				expect(outcomes[0]).not.toEqual(expect.stringContaining('[object'));
			}),
			{ numRuns: 200 },
		);
	});
});
