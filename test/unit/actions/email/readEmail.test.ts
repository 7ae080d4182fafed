import type { IDataObject } from 'n8n-workflow';
import { readEmail } from '../../../../nodes/CloseFiles/actions/email/readEmail';
import { refusalOf } from '../../caught';
import { aContext } from '../../context';

const SOON = '2999-01-01T12:00:00.000Z';

const anEmail = (fields: IDataObject = {}): IDataObject => ({
	leadId: { mode: 'id', value: 'lead_1' },
	status: 'draft',
	sender: { mode: 'address', value: 'Ann <ann@example.com>' },
	to: 'bruce@example.com',
	subject: 'Offer',
	bodyType: 'html',
	body: '<p>Hello</p>',
	...fields,
});

const read = (fields: IDataObject = {}, timezone = 'UTC') =>
	readEmail(aContext({ parameters: anEmail(fields), timezone }), 0);

const refused = async (fields: IDataObject) => await refusalOf(() => read(fields));

const STATUSES = ['draft', 'outbox', 'scheduled', 'sent', 'inbox'];

/** Every additional field that any status takes. */
const everyField = {
	activityAt: '2026-01-01T12:00:00Z',
	bcc: 'b@c.d',
	cc: ['c@d.e'],
	contactId: { mode: 'id', value: 'cont_1' },
	dateCreated: '2026-01-02T12:00:00Z',
	emailAccountId: 'emailacct_1',
	followupDate: '2026-01-03T12:00:00Z',
	inReplyToId: 'https://app.close.com/activity/acti_1/',
	templateId: 'tmpl_1',
	userId: 'user_1',
};

/** The same in Close's words. */
const everyFieldAtClose = {
	activity_at: '2026-01-01T12:00:00.000Z',
	bcc: ['b@c.d'],
	cc: ['c@d.e'],
	contact_id: 'cont_1',
	date_created: '2026-01-02T12:00:00.000Z',
	email_account_id: 'emailacct_1',
	followup_date: '2026-01-03T12:00:00.000Z',
	in_reply_to_id: 'acti_1',
	template_id: 'tmpl_1',
	user_id: 'user_1',
};

describe('an email', () => {
	it('is put into Close’s words', () => {
		expect(read()).toEqual({
			body: {
				lead_id: 'lead_1',
				status: 'draft',
				sender: 'Ann <ann@example.com>',
				to: ['bruce@example.com'],
				subject: 'Offer',
				body_html: '<p>Hello</p>',
			},
		});
	});

	it('has with all its fields each under Close’s name', () => {
		const { body } = read({ status: 'sent', additionalFields: everyField });

		expect(body).toMatchObject(everyFieldAtClose);
	});

	it('takes dates without an offset in the workflow’s time zone', () => {
		const additionalFields = { dateCreated: '2026-01-02T12:00:00' };

		expect(read({ additionalFields }, 'Europe/Berlin').body.date_created).toBe(
			'2026-01-02T11:00:00.000Z',
		);
	});

	it('with the type Text has a text body', () => {
		const { body } = read({ bodyType: 'text', body: 'Hello' });

		expect([body.body_text, 'body_html' in body]).toEqual(['Hello', false]);
	});

	it.each([[''], ['  \n'], [null], [undefined]])(
		'leaves a subject and a body out that are %j, so that a template can write them',
		(empty) => {
			expect(Object.keys(read({ subject: empty, body: empty }).body).sort()).toEqual(
				['lead_id', 'sender', 'status', 'to'].sort(),
			);
		},
	);

	it('keeps a text as it is written', () => {
		const body = '  Hello EPERM\n\n<b>"you"</b> ';

		expect(read({ body }).body.body_html).toBe(body);
	});

	it('leaves out what is empty', () => {
		const additionalFields = { cc: '', bcc: ' ', contactId: '', activityAt: '', sendIn: null };

		expect(read({ to: '', sender: '', additionalFields }).body).toEqual({
			lead_id: 'lead_1',
			status: 'draft',
			subject: 'Offer',
			body_html: '<p>Hello</p>',
		});
	});
});

describe('an email’s status', () => {
	it.each([['draft'], ['sent'], ['inbox']])('%s is created as it is', (status) => {
		const { body, change } = read({ status });

		expect([body.status, change]).toEqual([status, undefined]);
	});

	it.each([
		['outbox', {}, { status: 'outbox' }],
		['outbox', { sendIn: 30 }, { status: 'outbox', send_in: 30 }],
		['outbox', { sendIn: '30' }, { status: 'outbox', send_in: 30 }],
		['outbox', { followupDate: SOON }, { status: 'outbox', followup_date: SOON }],
		['scheduled', {}, { status: 'scheduled', date_scheduled: SOON }],
		[
			'scheduled',
			{ followupDate: SOON },
			{ status: 'scheduled', date_scheduled: SOON, followup_date: SOON },
		],
	])('%s is a draft first, then changed: %j', (status, additionalFields, change) => {
		const email = read({ status, dateScheduled: SOON, additionalFields });

		expect(email.change).toEqual(change);
		expect(email.body.status).toBe('draft');
		expect(email.body).not.toHaveProperty('followup_date');
		expect(email.body).not.toHaveProperty('send_in');
	});

	it.each([[''], ['send'], ['error'], [5], [null]])('cannot be %j', async (status) => {
		const { message } = await refused({ status });

		expect(message).toContain("'Status' holds '");
	});
});

describe('what an email needs', () => {
	it.each(STATUSES)('with the status %s is a lead', async (status) => {
		const { message } = await refused({ status, leadId: { mode: 'list', value: '' } });

		expect(message).toBe("'Lead' is empty");
	});

	it.each([
		['outbox', 'Send Now'],
		['scheduled', 'Schedule'],
	])('with the status %s is somebody to go to', async (status, label) => {
		const { message } = await refused({ status, dateScheduled: SOON, to: ' ' });

		expect(message).toBe(`An email with the status '${label}' needs somebody to go to`);
	});

	it.each([['cc'], ['bcc']])('may go to somebody in %s alone', (field) => {
		const additionalFields = { [field]: 'c@d.e' };

		expect(read({ status: 'outbox', to: '', additionalFields }).body[field]).toEqual(['c@d.e']);
	});

	it.each([
		['outbox', 'Send Now'],
		['scheduled', 'Schedule'],
		['inbox', 'Log as Received'],
	])('with the status %s is a sender', async (status, label) => {
		const { message } = await refused({ status, dateScheduled: SOON, sender: { value: '' } });

		expect(message).toBe(`'Sender' is empty, and an email with the status '${label}' needs one`);
	});

	it.each([['draft'], ['sent']])('with the status %s is no sender', (status) => {
		expect(read({ status, sender: { mode: 'address', value: '' } }).body).not.toHaveProperty(
			'sender',
		);
	});

	it.each([
		['empty', '', "'Date Scheduled' is empty"],
		[
			'past',
			'2020-01-01T00:00:00Z',
			"'Date Scheduled' is 2020-01-01T00:00:00.000Z, which is in the past",
		],
		['no date', 'soon', "'Date Scheduled' holds 'soon', which is no date and time"],
	])('to be scheduled is a date that is not %s', async (_what, dateScheduled, message) => {
		expect((await refused({ status: 'scheduled', dateScheduled })).message).toBe(message);
	});

	it('is no date for another status', () => {
		expect(read({ status: 'draft', dateScheduled: 'soon' }).body.status).toBe('draft');
	});
});

describe('what cannot be sent', () => {
	it.each([
		['an address in To', { to: 'a@b.c, bruce' }, "'To' holds 'bruce'"],
		['an address in CC', { additionalFields: { cc: 'x' } }, "'CC' holds 'x'"],
		['an address in BCC', { additionalFields: { bcc: 'x' } }, "'BCC' holds 'x'"],
		['a sender', { sender: { value: 'ann' } }, "'Sender' holds 'ann'"],
		['two senders', { sender: 'a@b.c, d@e.f' }, "'Sender' holds 'a@b.c, d@e.f'"],
		['a lead', { leadId: 'cont_1' }, "'Lead' holds 'cont_1', which is no ID of a lead"],
		[
			'a contact',
			{ additionalFields: { contactId: 'x' } },
			"'Contact' holds 'x', which is no ID of a contact",
		],
		[
			'an email account',
			{ additionalFields: { emailAccountId: 'x' } },
			"'Email Account' holds 'x', which is no ID of an email account",
		],
		[
			'an email',
			{ additionalFields: { inReplyToId: 'x' } },
			"'In Reply To' holds 'x', which is no ID of an email",
		],
		['a template', { additionalFields: { templateId: 'x' } }, "'Template' holds 'x'"],
		['a user', { additionalFields: { userId: 'x' } }, "'User' holds 'x'"],
		['a date', { additionalFields: { activityAt: 'x' } }, "'Activity At' holds 'x'"],
		['a date', { additionalFields: { dateCreated: 'x' } }, "'Date Created' holds 'x'"],
		['a date', { additionalFields: { followupDate: 'x' } }, "'Follow-Up Date' holds 'x'"],
	])('is what is not %s: %j', async (_what, fields, words) => {
		const { message, failure } = await refused(fields);

		expect(message).toContain(words);
		expect(failure).toEqual({ cause: 'configuration-invalid' });
	});

	it.each([[0], [60], [1.5], ['x'], [-1]])('is an email in %j seconds', async (sendIn) => {
		const { message } = await refused({ status: 'outbox', additionalFields: { sendIn } });

		expect(message).toBe(
			`'Send In (Seconds)' holds '${sendIn}', which is no whole number from 1 to 59`,
		);
	});

	it.each([['draft'], ['scheduled'], ['sent'], ['inbox']])(
		'is an email with the status %s in some seconds',
		async (status) => {
			const additionalFields = { sendIn: 30 };

			const { message } = await refused({ status, dateScheduled: SOON, additionalFields });

			expect(message).toBe("'Send In (Seconds)' goes with the status 'Send Now' only");
		},
	);

	it.each([
		['subject', 'Subject', 1_000],
		['body', 'Body', 1_048_576],
	])('is a %s longer than Close takes, whose text is not quoted', async (field, label, longest) => {
		const { message } = await refused({ [field]: 's'.repeat(longest + 1) });

		expect(read({ [field]: 's'.repeat(longest) }).body.lead_id).toBe('lead_1');
		expect(message).toMatch(new RegExp(`^'${label}' has ${longest + 1} characters`));
		expect(message.length).toBeLessThan(100);
	});
});
