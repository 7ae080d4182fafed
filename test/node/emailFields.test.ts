import type { IDataObject } from 'n8n-workflow';
import { aSandbox } from '../support/aSandbox';
import { aFile, aLead, anItem, emailing, locator, sendingNow } from '../support/builders';
import type { ExecutionOptions } from '../support/execution';
import { bodiesOf } from '../support/observations';

const CREATE = 'POST /activity/email/';

const sandbox = aSandbox();

/** What the email is created with. */
const bodyFor = async (
	parameters: object,
	settings: ExecutionOptions['settings'] = {},
	json: IDataObject = {},
): Promise<IDataObject> => {
	const items = [anItem(await aFile(), json)];
	await emailing(sandbox, items, parameters as never, { settings }).run();
	return bodiesOf(sandbox, CREATE)[0];
};

/** The base of every draft here, so that each test sees what its own parameter adds. */
const KEYS = ['lead_id', 'to', 'subject', 'body_html', 'status', 'attachments'];
const addedTo = (body: IDataObject) =>
	Object.fromEntries(Object.entries(body).filter(([key]) => !KEYS.includes(key)));

describe('the fields of an email', () => {
	it.each<[string, IDataObject, () => IDataObject]>([
		[
			'Activity At',
			{ activityAt: '2026-01-02T03:04:05Z' },
			() => ({ activity_at: '2026-01-02T03:04:05.000Z' }),
		],
		['BCC', { bcc: 'archive@example.com' }, () => ({ bcc: ['archive@example.com'] })],
		[
			'CC',
			{ cc: 'a@example.com, b@example.com' },
			() => ({ cc: ['a@example.com', 'b@example.com'] }),
		],
		[
			'Date Created',
			{ dateCreated: '2026-01-02T03:04:05Z' },
			() => ({ date_created: '2026-01-02T03:04:05.000Z' }),
		],
		[
			'Follow-Up Date',
			{ followupDate: '2030-01-02T03:04:05Z' },
			() => ({ followup_date: '2030-01-02T03:04:05.000Z' }),
		],
	])('tell Close %s in its words', async (_label, additionalFields, expected) => {
		expect(addedTo(await bodyFor({ additionalFields }))).toEqual(expected());
	});

	it.each<[string, string, string, () => string]>([
		['Contact', 'contactId', 'contact_id', () => aLead(sandbox).contacts[0].id],
		[
			'Email Account',
			'emailAccountId',
			'email_account_id',
			() => sandbox.account.emailAccounts[0].id,
		],
		['Template', 'templateId', 'template_id', () => sandbox.account.emailTemplates[0].id],
		['User', 'userId', 'user_id', () => sandbox.account.users[1].id],
	])('tell Close the ID of %s', async (_label, name, key, id) => {
		const body = await bodyFor({ additionalFields: { [name]: locator(id()) } });

		expect(addedTo(body)).toEqual({ [key]: id() });
	});

	it('tell Close the email that is answered', async () => {
		const [first] = await emailing(sandbox, [anItem(await aFile())]).run();

		const additionalFields = { inReplyToId: locator(String(first.json.id)) };
		await emailing(sandbox, [anItem(await aFile())], { additionalFields }).run();

		expect(addedTo(bodiesOf(sandbox, CREATE)[1])).toEqual({ in_reply_to_id: first.json.id });
	});

	it('leave out additional fields that are empty', async () => {
		const additionalFields = {
			activityAt: '',
			bcc: '',
			cc: ' , ',
			contactId: locator(''),
			dateCreated: '',
			emailAccountId: locator(''),
			followupDate: '',
			inReplyToId: locator(''),
			sendIn: '',
			templateId: locator(''),
			userId: locator(''),
		};

		expect(addedTo(await bodyFor({ additionalFields }))).toEqual({});
	});

	it('give the body as HTML or as text', async () => {
		const html = await bodyFor({ bodyType: 'html', body: '<p>Hi</p>' });
		sandbox.reset();
		const text = await bodyFor({ bodyType: 'text', body: 'Hi' });

		expect([html.body_html, html.body_text]).toEqual(['<p>Hi</p>', undefined]);
		expect([text.body_html, text.body_text]).toEqual([undefined, 'Hi']);
	});

	it.each(['', '   '])(
		'leave out a subject and a body of %j, for a template to write',
		async (empty) => {
			const templateId = locator(sandbox.account.emailTemplates[0].id);

			const body = await bodyFor({ subject: empty, body: empty, additionalFields: { templateId } });

			expect(Object.keys(body).sort()).toEqual([
				'attachments',
				'lead_id',
				'status',
				'template_id',
				'to',
			]);
			expect(sandbox.account.emails[0]).toMatchObject({
				subject: 'Your offer',
				body_text: 'Please find our offer attached.',
			});
		},
	);

	it('carry every character of subject and body', async () => {
		const text = 'Ünïcödé "quotes" \\ 🚀 \n second line';

		const body = await bodyFor({ subject: 'Re: “Größe” 🚀', bodyType: 'text', body: text });

		expect([body.subject, body.body_text]).toEqual(['Re: “Größe” 🚀', text]);
	});

	it.each<[string, unknown, string[]]>([
		['one address', 'a@example.com', ['a@example.com']],
		['several', 'a@example.com,b@example.com', ['a@example.com', 'b@example.com']],
		['names', 'Ann Lee <ann@example.com>', ['Ann Lee <ann@example.com>']],
		[
			'commas in quoted names',
			'"Lee, Ann" <ann@example.com>, bo@example.com',
			['"Lee, Ann" <ann@example.com>', 'bo@example.com'],
		],
		['an array', '={{ ["a@example.com", "b@example.com"] }}', ['a@example.com', 'b@example.com']],
		['an expression', '={{ $json.email }}', ['json@example.com']],
		['commas too many', ' , a@example.com,, ', ['a@example.com']],
		['letters beyond ASCII', 'Jürgen <jürgen@müller.example>', ['Jürgen <jürgen@müller.example>']],
	])('take %s in To', async (_what, to, expected) => {
		const body = await bodyFor({ to }, {}, { email: 'json@example.com' });

		expect(body.to).toEqual(expected);
	});

	it('leave out To where nobody is named', async () => {
		expect(await bodyFor({ to: '' })).not.toHaveProperty('to');
	});

	it.each(['cc', 'bcc'])('let a sent email go to somebody in %s only', async (field) => {
		const additionalFields = { [field]: 'boss@example.com' };

		await emailing(sandbox, [anItem(await aFile())], {
			...sendingNow,
			to: '',
			additionalFields,
		}).run();

		expect(sandbox.account.deliveries).toHaveLength(1);
	});

	it.each(['nora@sandbox.example', 'Nora Lindqvist <nora@sandbox.example>'])(
		'give the sender %s as written',
		async (sender) => {
			expect((await bodyFor({ sender: locator(sender, 'address') })).sender).toBe(sender);
		},
	);

	it.each<[string, (id: string) => unknown]>([
		['chosen from the list', (id) => locator(id, 'list')],
		['given as an ID', (id) => locator(id, 'id')],
		['given as an ID with blanks around it', (id) => locator(` ${id} `, 'id')],
		['pasted as an address', (id) => locator(`https://app.close.com/lead/${id}/`, 'url')],
		[
			'pasted as an address of a tab',
			(id) => locator(`https://app.close.com/lead/${id}/contacts?x=1#y`, 'url'),
		],
		['given as an expression', () => '={{ $json.lead }}'],
		['given as an expression in the locator', () => locator('={{ $json.lead }}', 'id')],
	])('name the lead %s', async (_what, leadId) => {
		const { id } = sandbox.account.leads[1];

		const body = await bodyFor({ leadId: leadId(id) }, {}, { lead: id });

		expect(body.lead_id).toBe(id);
	});

	describe('dates', () => {
		const dateIn = async (value: string, timezone: string) =>
			(await bodyFor({ additionalFields: { activityAt: value } }, { timezone })).activity_at;

		it.each([
			['2026-01-15T10:00:00', 'Europe/Berlin', '2026-01-15T09:00:00.000Z'],
			['2026-07-15T10:00:00', 'Europe/Berlin', '2026-07-15T08:00:00.000Z'],
			['2026-07-15 10:00:00', 'America/New_York', '2026-07-15T14:00:00.000Z'],
			['2026-07-15', 'Asia/Tokyo', '2026-07-14T15:00:00.000Z'],
			['2026-07-15T10:00:00+02:00', 'Asia/Tokyo', '2026-07-15T08:00:00.000Z'],
			['2026-07-15T10:00:00Z', 'Asia/Tokyo', '2026-07-15T10:00:00.000Z'],
		])('of %s in %s are %s', async (value, timezone, expected) => {
			expect(await dateIn(value, timezone)).toBe(expected);
		});

		it.each([
			"={{ DateTime.fromISO('2026-07-15T10:00:00', { zone: 'utc' }) }}",
			"={{ new Date('2026-07-15T10:00:00Z') }}",
		])('may be objects: %s', async (value) => {
			expect(await dateIn(value, 'Asia/Tokyo')).toBe('2026-07-15T10:00:00.000Z');
		});

		it('to send at are in the time zone of the workflow as well', async () => {
			const parameters = {
				...sendingNow,
				status: 'scheduled',
				dateScheduled: '2099-07-15T10:00:00',
			};

			await bodyFor(parameters, { timezone: 'Europe/Berlin' });

			expect(bodiesOf(sandbox, 'PUT /activity/email/{id}/')[0].date_scheduled).toBe(
				'2099-07-15T08:00:00.000Z',
			);
		});
	});

	describe('Simplify', () => {
		const outputFor = async (parameters: object) =>
			(await emailing(sandbox, [anItem(await aFile())], parameters as never).run())[0].json;

		it('keeps nine keys', async () => {
			expect(Object.keys(await outputFor({}))).toEqual([
				'id',
				'lead_id',
				'status',
				'subject',
				'sender',
				'to',
				'date_created',
				'thread_id',
				'attachments',
			]);
		});

		it('tells what Close says', async () => {
			const output = await outputFor({});

			const { id, date_created, thread_id, attachments } = sandbox.account.emails[0];
			expect(output).toEqual({
				id,
				lead_id: aLead(sandbox).id,
				status: 'draft',
				subject: 'Your offer',
				sender: null,
				to: ['gina@bluth.example'],
				date_created,
				thread_id,
				attachments,
			});
		});

		it('off gives the answer of Close unchanged', async () => {
			expect(await outputFor({ simplify: false })).toEqual({ ...sandbox.account.emails[0] });
		});

		it('off gives the answer to the change of status where there is one', async () => {
			const output = await outputFor({ ...sendingNow, simplify: false });

			expect(output).toMatchObject({ status: 'outbox', id: sandbox.account.emails[0].id });
			expect(Object.keys(output).length).toBeGreaterThan(40);
		});
	});
});
