import { DateTime } from 'luxon';
import { dateIn } from '../../../../nodes/CloseFiles/actions/fields/dates';
import { refusalOf } from '../../caught';

const BERLIN = 'Europe/Berlin';

const read = (value: unknown, zone = BERLIN) => dateIn(value, 'Date Scheduled', zone);

describe('a date', () => {
	it.each([[undefined], [null], ['']])('is none with %j', (value) => {
		expect(read(value)).toBeUndefined();
	});

	it.each([
		['UTC', '2026-11-24T14:00:00Z', '2026-11-24T14:00:00.000Z'],
		['an offset', '2026-11-24T14:00:00+05:30', '2026-11-24T08:30:00.000Z'],
		['milliseconds', '2026-11-24T14:00:00.123Z', '2026-11-24T14:00:00.123Z'],
		['n8n’s own format', '2026-11-24T14:00:00', '2026-11-24T13:00:00.000Z'],
		['a blank for the T', '2026-11-24 14:00:00', '2026-11-24T13:00:00.000Z'],
		['a blank and an offset', '2026-11-24 14:00:00+00:00', '2026-11-24T14:00:00.000Z'],
		['a day only', '2026-11-24', '2026-11-23T23:00:00.000Z'],
		['blanks around it', ' 2026-11-24T14:00:00Z ', '2026-11-24T14:00:00.000Z'],
		['summer time', '2026-07-01T14:00:00', '2026-07-01T12:00:00.000Z'],
		['the hour that summer time skips', '2026-03-29T02:30:00', '2026-03-29T01:30:00.000Z'],
	])('may be given with %s', (_what, value, expected) => {
		expect(read(value)).toBe(expected);
	});

	it.each([
		['America/New_York', '2026-11-24T19:00:00.000Z'],
		['Asia/Kolkata', '2026-11-24T08:30:00.000Z'],
		['UTC', '2026-11-24T14:00:00.000Z'],
	])('without an offset is in the workflow’s time zone, e.g. %s', (zone, expected) => {
		expect(read('2026-11-24T14:00:00', zone)).toBe(expected);
	});

	it.each([
		['a Date', new Date('2026-11-24T14:00:00Z')],
		['luxon’s', DateTime.fromISO('2026-11-24T14:00:00Z')],
		['another luxon’s', { toISO: () => '2026-11-24T15:00:00.000+01:00' }],
	])('may be %s', (_what, value) => {
		expect(read(value)).toBe('2026-11-24T14:00:00.000Z');
	});

	it.each([
		['tomorrow'],
		['24.11.2026'],
		['11/24/2026'],
		['2026-13-01'],
		['2026-02-30T10:00:00'],
		['2026-11-24T25:00:00Z'],
		['  '],
		[1_795_528_800_000],
		[true],
		[{}],
		[[]],
		[new Date(NaN)],
		[DateTime.invalid('none')],
	])('cannot be %p', async (value) => {
		const { message, failure } = await refusalOf(() => read(value));

		expect(message).toMatch(
			/^'Date Scheduled' holds ('.*'|an object|a list), which is no date and time$/,
		);
		expect(failure).toEqual({ cause: 'configuration-invalid' });
	});

	it('that is none is quoted only by its beginning', async () => {
		const { message } = await refusalOf(() => read('x'.repeat(500)));

		expect(message).toContain(`'${'x'.repeat(80)}…'`);
	});
});
