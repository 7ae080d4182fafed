import { phoneIn, whatsAppPhoneIn } from '../../../../nodes/CloseFiles/actions/fields/phones';
import { refusalOf } from '../../caught';

describe('a phone number', () => {
	it.each([
		['+14155550101', '+14155550101'],
		[' +1 (415) 555-0101 ', '+14155550101'],
		['+1.415.555.0101', '+14155550101'],
		['+1\u00a0415\u2011555\u20130101', '+14155550101'],
		['+44 (0)20 7946 0958', '+442079460958'],
		['+123456789012345', '+123456789012345'],
		[{ __rl: true, mode: 'number', value: '+14155550101' }, '+14155550101'],
	])('of %j is %s', (value, number) => {
		expect(phoneIn(value, 'Remote Phone')).toBe(number);
		expect(whatsAppPhoneIn(value, 'Remote Phone')).toBe(number);
	});

	it.each([[undefined], [null], [''], [' '], [{ mode: 'number', value: '' }]])(
		'may be left out: %j',
		(value) => {
			expect(phoneIn(value, 'Remote Phone')).toBeUndefined();
			expect(whatsAppPhoneIn(value, 'Remote Phone')).toBeUndefined();
		},
	);

	it.each([
		['4155550101'],
		['004915155550101'],
		['+0415550101'],
		['+123456'],
		['+1234567890123456'],
		['+1415555O101'],
		['+1415+5550101'],
		['tel:+14155550101'],
		['+14155550101 ext. 5'],
		[14155550101],
	])('is refused by its label: %j', async (value) => {
		const { message } = await refusalOf(() => phoneIn(value, 'Remote Phone'));

		expect(message).toBe(
			`'Remote Phone' holds '${value}', which is no phone number with its country code`,
		);
	});

	it.each([['14155550101'], [14155550101]])('of WhatsApp may lack its plus sign: %j', (value) => {
		expect(whatsAppPhoneIn(value, 'Remote Phone')).toBe('+14155550101');
	});

	it.each([['04155550101'], ['415 555 0101'], ['12345']])(
		'of WhatsApp has its country code: %j',
		async (value) => {
			const { message } = await refusalOf(() => whatsAppPhoneIn(value, 'Remote Phone'));

			expect(message).toContain(`'Remote Phone' holds '`);
		},
	);
});
