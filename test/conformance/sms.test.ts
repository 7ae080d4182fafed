import { mmsContentTypes } from '../sandbox/close/smsFields';
import { startSandbox } from '../sandbox/server';
import { close, eachWith, upload } from './client';
import { anSms } from './fileRecords';

const sandbox = eachWith(async () => await startSandbox());

const create = async (fields: Record<string, unknown> = {}) =>
	await close(sandbox(), 'POST /activity/sms/', anSms(sandbox(), fields));
const change = async (id: string, fields: object) =>
	await close(sandbox(), `PUT /activity/sms/${id}/`, fields);
const statusOf = async (id: string) =>
	(await close(sandbox(), `GET /activity/sms/${id}/`)).json.status as string;
const inOneHour = () => new Date(sandbox().clock.now() + 3_600_000).toISOString();
const numbers = () => {
	const [mms, text, external] = sandbox().account.phoneNumbers.map(({ number }) => number);
	return { mms, text, external };
};
const picture = async () => {
	const { url, filename } = await upload(sandbox(), 'plan.png');
	return { url, filename, content_type: 'image/png' };
};

describe('an SMS in the sandbox', () => {
	it.each(['draft', 'sent', 'inbox'])('does not leave as %s', async (status) => {
		const { json } = await create({ status });
		sandbox().clock.advance(86_400_000);

		expect(json.status).toBe(status);
		expect(sandbox().account.deliveries).toEqual([]);
	});

	it('is answered as outbox, reads as sent afterwards, and leaves once', async () => {
		const { json } = await create({ status: 'outbox' });

		expect(json.status).toBe('outbox');
		expect(await statusOf(json.id)).toBe('sent');
		expect(sandbox().account.deliveries).toEqual([{ smsId: json.id, at: expect.any(Number) }]);
	});

	it('leaves at its date when scheduled, unless it is called back', async () => {
		const scheduled = { status: 'scheduled', date_scheduled: inOneHour() };
		const kept = (await create(scheduled)).json;
		const undone = (await create(scheduled)).json;
		const draft = (await change(undone.id, { status: 'draft' })).json;
		sandbox().clock.advance(3_600_000);

		expect([draft.status, draft.date_scheduled]).toEqual(['draft', null]);
		expect(sandbox().account.deliveries).toEqual([{ smsId: kept.id, at: expect.any(Number) }]);
	});

	it('can be called back until send_in has passed, and not later', async () => {
		const early = (await create({ status: 'outbox', send_in: 30 })).json;
		const late = (await create({ status: 'outbox', send_in: 30 })).json;
		sandbox().clock.advance(29_000);
		const undone = await change(early.id, { status: 'draft' });
		sandbox().clock.advance(1000);
		const refused = await change(late.id, { status: 'draft' });

		expect([undone.status, refused.status]).toEqual([200, 400]);
		expect(sandbox().account.deliveries.map(({ smsId }) => smsId)).toEqual([late.id]);
	});

	it('is sent from a draft, once', async () => {
		const { json } = await create();
		const remote_phone = '+14155550101';

		const without = await change(json.id, { status: 'outbox' });
		const fields = { status: 'outbox', local_phone: numbers().mms, remote_phone };
		const sent = await change(json.id, fields);
		const again = await change(json.id, fields);

		expect(Object.keys(without.json['field-errors'])).toEqual(['local_phone', 'remote_phone']);
		expect([sent.status, again.json.errors]).toEqual([200, ['Only drafts can be modified.']]);
		expect(sandbox().account.deliveries).toHaveLength(1);
	});

	it.each([
		['no status', { status: undefined }, 'status'],
		['the status error', { status: 'error' }, 'status'],
		['neither lead nor contact', { lead_id: undefined }, 'lead_id'],
		['an unknown contact', { contact_id: 'cont_x' }, 'contact_id'],
		['an unknown template', { template_id: 'smstmpl_x' }, 'template_id'],
		['the direction of an email', { direction: 'outgoing' }, 'direction'],
		['a number of somebody else', { local_phone: '+14155550123' }, 'local_phone'],
		['a number that is none', { remote_phone: '555-0101' }, 'remote_phone'],
		['scheduled without a date', { status: 'scheduled' }, 'date_scheduled'],
		['a date on a draft', { date_scheduled: '2030-01-01T00:00:00Z' }, 'date_scheduled'],
		['send_in on a draft', { send_in: 5 }, 'send_in'],
		['send_in of 60', { status: 'outbox', send_in: 60 }, 'send_in'],
		['nothing to say', { status: 'outbox', text: null }, 'text'],
		['the subject of an email', { subject: 'Hello' }, 'subject'],
	])('is refused with %s', async (_what, fields, field) => {
		const reply = await create(fields);

		expect([reply.status, Object.keys(reply.json['field-errors'])]).toEqual([400, [field]]);
		expect(sandbox().account.sms).toEqual([]);
	});

	it('comes from an internal number, and with files from one for MMS', async () => {
		const attachments = [await picture()];
		const from = async (local_phone: string, fields = {}) =>
			(await create({ local_phone, ...fields })).json['field-errors']?.local_phone as string;

		expect(await from(numbers().external)).toBe('The phone number must be of type internal.');
		expect(await from(numbers().text, { attachments })).toBe(
			'The phone number is not enabled for MMS.',
		);
		expect(await from(numbers().text)).toBeUndefined();
		expect(await from(numbers().mms, { attachments })).toBeUndefined();
	});

	it('takes ten files, and no eleventh', async () => {
		const file = await picture();
		const ten = Array.from({ length: 10 }, () => file);

		const [taken, refused] = [
			await create({ attachments: ten }),
			await create({ attachments: [...ten, file] }),
		];

		expect(taken.json.attachments).toHaveLength(10);
		expect(refused.json['field-errors']).toEqual({
			attachments: 'List should have at most 10 items',
		});
	});

	it.each(['image/webp', 'text/plain', 'IMAGE/PNG', 'image/png; q=1', null])(
		'takes no file of the type %j',
		async (content_type) => {
			const reply = await create({ attachments: [{ ...(await picture()), content_type }] });

			expect(Object.keys(reply.json['field-errors'].attachments[0])).toEqual(['content_type']);
		},
	);

	it('takes the 40 types that carriers take', () => {
		expect(new Set(mmsContentTypes).size).toBe(40);
		expect(mmsContentTypes).toEqual(
			expect.arrayContaining(['application/pdf', 'text/x-vcard', 'video/H263-1998', 'audio/L24']),
		);
	});

	it('answers a file with its media id and, for pictures, a thumbnail', async () => {
		const { json } = await create({ attachments: [await picture()] });

		const [{ media_id, url, thumbnail_url }] = json.attachments;
		expect(url).toBe(`https://app.close.com/go/sms/${json.id}/media/${media_id}/`);
		expect(thumbnail_url).toBe(`${url}thumbnail/`);
	});

	it('takes its text from its template where it has none', async () => {
		const [{ id, text }] = sandbox().account.smsTemplates;

		const rendered = await create({ text: undefined, template_id: id, status: 'sent' });
		const own = await create({ template_id: id });

		expect([rendered.json.text, own.json.text]).toEqual([text, 'Here it is']);
	});

	it('is inbound as inbox and outbound else, and of its contact’s lead', async () => {
		const [lead] = sandbox().account.leads;
		const received = await create({ status: 'inbox' });
		const draft = await create({ lead_id: null, contact_id: lead.contacts[0].id });

		expect([received.json.direction, draft.json.direction]).toEqual(['inbound', 'outbound']);
		expect(draft.json.lead_id).toBe(lead.id);
	});

	it('may be sent to the inbox by the query of its creation', async () => {
		const body = anSms(sandbox());

		const reply = await close(sandbox(), 'POST /activity/sms/?send_to_inbox=true', body);
		const other = await close(sandbox(), 'POST /activity/sms/?inbox=true', body);

		expect([reply.status, other.status]).toEqual([200, 400]);
	});
});
