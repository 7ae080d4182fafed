import type { IDataObject } from 'n8n-workflow';
import { aSandbox } from '../support/aSandbox';
import { aFile, aLead, anItem, locator, texting } from '../support/builders';
import { bodiesOf, callsTo, jsonOf } from '../support/observations';

const CREATE = 'POST /activity/sms/';
const CHANGE = 'PUT /activity/sms/{id}/';
const UPLOAD = ['POST /files/upload/', 'POST s3'];

const sandbox = aSandbox();

const create = async (parameters = {}) =>
	await texting(sandbox, [anItem(await aFile())], parameters).run();
// The sandbox's clock stays where a test has moved it.
const inOneHour = () => new Date(sandbox.clock.now() + 3_600_000).toISOString();
const attachment = () => {
	const [{ url }] = sandbox.account.uploads;
	return { url, filename: 'Offer.pdf', content_type: 'application/pdf' };
};

describe('Create SMS With Attachment', () => {
	it('saves a draft with one POST that says all there is', async () => {
		await create();

		expect(callsTo(sandbox)).toEqual([...UPLOAD, CREATE]);
		expect(bodiesOf(sandbox, CREATE)).toEqual([
			{
				lead_id: aLead(sandbox).id,
				status: 'draft',
				local_phone: '+14155550190',
				remote_phone: '+14155550101',
				text: 'Here it is',
				attachments: [attachment()],
			},
		]);
	});

	it('is a draft unless told otherwise, and a draft does not leave', async () => {
		const [output] = await create();
		sandbox.clock.advance(86_400_000);

		expect(output.json.status).toBe('draft');
		expect(sandbox.account.deliveries).toEqual([]);
	});

	it('drafts without numbers and text, for somebody to fill in', async () => {
		const [output] = await create({
			localPhone: locator('', 'number'),
			remotePhone: '',
			text: ' ',
		});

		expect(bodiesOf(sandbox, CREATE)).toEqual([
			{ lead_id: aLead(sandbox).id, status: 'draft', attachments: [attachment()] },
		]);
		expect(output.json).toMatchObject({ local_phone: null, remote_phone: null, text: null });
	});

	it.each([
		['sent', 'outbound'],
		['inbox', 'inbound'],
	])('logs an SMS as %s with one POST', async (status, direction) => {
		const [output] = await create({ status, simplify: false });

		expect(callsTo(sandbox)).toEqual([...UPLOAD, CREATE]);
		expect(output.json).toMatchObject({ status, direction });
		expect(sandbox.account.deliveries).toEqual([]);
	});

	it('sends by a draft and a change of its status', async () => {
		const [output] = await create({ status: 'outbox' });

		expect(callsTo(sandbox)).toEqual([...UPLOAD, CREATE, CHANGE]);
		expect(bodiesOf(sandbox, CREATE)).toMatchObject([
			{ status: 'draft', attachments: [attachment()] },
		]);
		expect(bodiesOf(sandbox, CHANGE)).toEqual([{ status: 'outbox' }]);
		expect(sandbox.account.deliveries.map(({ smsId }) => smsId)).toEqual([output.json.id]);
	});

	it('schedules by a draft and a change of its status, with the date', async () => {
		const dateScheduled = inOneHour();

		const [output] = await create({ status: 'scheduled', dateScheduled });
		const before = sandbox.account.deliveries.length;
		sandbox.clock.advance(3_700_000);

		expect(bodiesOf(sandbox, CREATE)[0]).not.toHaveProperty('date_scheduled');
		expect(bodiesOf(sandbox, CHANGE)).toEqual([
			{ status: 'scheduled', date_scheduled: dateScheduled },
		]);
		expect(output.json.status).toBe('scheduled');
		expect([before, sandbox.account.deliveries.length]).toEqual([0, 1]);
	});

	it('gives Send In along with the change of status', async () => {
		await create({ status: 'outbox', additionalFields: { sendIn: 30 } });

		expect(bodiesOf(sandbox, CREATE)[0]).not.toHaveProperty('send_in');
		expect(bodiesOf(sandbox, CHANGE)).toEqual([{ status: 'outbox', send_in: 30 }]);
		expect(sandbox.account.deliveries).toEqual([]);
	});

	it('gives Close every additional field in its own words', async () => {
		const { account } = sandbox;
		const [contact] = aLead(sandbox).contacts;

		await create({
			status: 'sent',
			text: '',
			contactId: locator(contact.id),
			additionalFields: {
				activityAt: '2026-01-02T03:04:05Z',
				templateId: locator(account.smsTemplates[0].id),
				userId: locator(account.users[1].id),
			},
		});

		const [body] = bodiesOf(sandbox, CREATE);
		expect(body).not.toHaveProperty('text');
		expect(body).toMatchObject({
			contact_id: contact.id,
			activity_at: '2026-01-02T03:04:05.000Z',
			template_id: account.smsTemplates[0].id,
			user_id: account.users[1].id,
		});
		expect(account.sms[0].text).toBe('Here is the plan of the site.');
	});

	it('returns the keys that workflows need, or all of them', async () => {
		const [few, all] = await texting(
			sandbox,
			[anItem(await aFile(), { few: true }), anItem(await aFile(), { few: false })],
			{ simplify: '={{ $json.few }}' },
		).run();

		expect(Object.keys(few.json)).toHaveLength(9);
		expect(all.json).toEqual(sandbox.account.sms.find(({ id }) => id === all.json.id));
	});

	it('creates an SMS per item, each with its own files in their order', async () => {
		const items = [
			anItem({ b: await aFile('b.pdf'), a: await aFile('a.png', { mimeType: 'image/png' }) }),
			anItem({ c: await aFile('c.pdf') }),
		];

		const outputs = await texting(sandbox, items, { binaryPropertyName: '*' }).run();

		expect(jsonOf(outputs).map(({ attachments }) => attachments)).toMatchObject([
			[{ filename: 'b.pdf' }, { filename: 'a.png' }],
			[{ filename: 'c.pdf' }],
		]);
		expect(outputs.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it('names a type as Close spells it, whatever case and parameters it comes with', async () => {
		const types: Record<string, string> = {
			'IMAGE/PNG': 'image/png',
			'text/csv; charset=utf-8': 'text/csv',
			'audio/l24': 'audio/L24',
		};
		const files = await Promise.all(
			Object.keys(types).map(async (mimeType, n) => [`f${n}`, await aFile('a', { mimeType })]),
		);

		await texting(sandbox, [anItem(Object.fromEntries(files) as IDataObject as never)], {
			binaryPropertyName: '*',
		}).run();

		const [{ attachments }] = bodiesOf(sandbox, CREATE);
		expect((attachments as IDataObject[]).map(({ content_type: type }) => type)).toEqual(
			Object.values(types),
		);
	});

	it('takes ten files', async () => {
		const names = Array.from({ length: 10 }, (_, n) => `${n}.pdf`);
		const files = await Promise.all(names.map(async (name) => [name, await aFile(name)] as const));

		const [{ json }] = await texting(sandbox, [anItem(Object.fromEntries(files))], {
			binaryPropertyName: '*',
		}).run();

		expect(json.attachments).toHaveLength(10);
	});

	it('tells above the output that a draft was not sent, and nothing of what is', async () => {
		const draft = texting(sandbox, [anItem(await aFile())]);
		const sent = texting(sandbox, [anItem(await aFile())], { status: 'outbox' });
		await draft.run();
		await sent.run();

		expect(draft.context.hints.map(({ message }) => message)).toEqual([
			"Saved as a draft in Close: nothing was sent. To send at once, set 'Status' to 'Send Now'.",
		]);
		expect(sent.context.hints).toEqual([]);
	});
});
