import { simplified } from '../../../../nodes/CloseFiles/actions/email/simplified';

const KEYS = [
	'id',
	'lead_id',
	'status',
	'subject',
	'sender',
	'to',
	'date_created',
	'thread_id',
	'attachments',
];

describe('a simplified email', () => {
	it('has what most workflows need and nothing more', () => {
		const email = Object.fromEntries(
			[...KEYS, 'body_html', 'cc'].map((key) => [key, `its ${key}`]),
		);

		expect(simplified(email)).toEqual(Object.fromEntries(KEYS.map((key) => [key, `its ${key}`])));
	});

	it('has the same keys where Close answered without them', () => {
		expect(simplified({ id: 'acti_1' })).toEqual({
			...Object.fromEntries(KEYS.map((key) => [key, null])),
			id: 'acti_1',
		});
	});

	it.each([[''], [0], [false]])('keeps %j', (subject) => {
		expect(simplified({ subject }).subject).toBe(subject);
	});
});
