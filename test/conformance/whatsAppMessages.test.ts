import { startSandbox } from '../sandbox/server';
import { close, eachWith, post, sign } from './client';
import { aWhatsAppMessage } from './fileRecords';

const sandbox = eachWith(async () => await startSandbox());

const create = async (fields: object = {}) =>
	await close(sandbox(), 'POST /activity/whatsapp_message/', aWhatsAppMessage(sandbox(), fields));

/** An attachment with a file of that many bytes. */
const fileOf = async (bytes: number) => {
	const signed = await sign(sandbox());
	await post(signed, 'x'.repeat(bytes));
	return { url: signed.download.url, filename: 'offer.pdf', content_type: 'application/pdf' };
};

describe('a WhatsApp message in the sandbox', () => {
	it('is logged as it was given, and not sent', async () => {
		const { json } = await create();

		expect(json).toMatchObject({
			_type: 'WhatsAppMessage',
			...aWhatsAppMessage(sandbox(), { activity_at: '2026-02-03T10:00:00.000000' }),
			message_html: '<p>Hello *Gina*</p>',
		});
		expect(sandbox().account.whatsAppMessages).toEqual([json]);
		expect(sandbox().account.deliveries).toEqual([]);
	});

	it.each([
		'lead_id',
		'contact_id',
		'external_whatsapp_message_id',
		'direction',
		'local_phone',
		'remote_phone',
		'message_markdown',
		'activity_at',
	])('is refused without %s', async (field) => {
		const reply = await create({ [field]: undefined });

		expect(reply.json['field-errors']).toMatchObject({ [field]: 'This field is required.' });
	});

	it.each([
		['the direction of an SMS', { direction: 'outbound' }, 'direction'],
		['a date that is none', { activity_at: 'now' }, 'activity_at'],
		['no time', { activity_at: null }, 'activity_at'],
		['a link that is none', { integration_link: 'here' }, 'integration_link'],
		[
			'a long link',
			{ integration_link: `https://a.example/${'x'.repeat(2083)}` },
			'integration_link',
		],
		['an answer to nothing', { response_to_id: 'acti_x' }, 'response_to_id'],
		['an unknown contact', { contact_id: 'cont_x' }, 'contact_id'],
		['a status', { status: 'sent' }, 'status'],
	])('is refused with %s', async (_what, fields, field) => {
		const reply = await create(fields);

		expect([reply.status, Object.keys(reply.json['field-errors'])]).toEqual([400, [field]]);
		expect(sandbox().account.whatsAppMessages).toEqual([]);
	});

	it('takes 25 MB of files in all, and not a byte more', async () => {
		const attachments = [await fileOf(24_999_999), await fileOf(1)];

		const taken = await create({ attachments });
		const refused = await create({ attachments: [...attachments, await fileOf(1)] });

		expect(taken.status).toBe(200);
		expect(refused.json['field-errors']).toEqual({
			attachments: 'The attachments exceed 25 MB in total.',
		});
	});

	it('answers another one, and can be changed', async () => {
		const first = (await create()).json;
		const answer = (await create({ direction: 'incoming', response_to_id: first.id })).json;

		const path = `/activity/whatsapp_message/${answer.id}/`;
		const changed = await close(sandbox(), `PUT ${path}`, { message_markdown: 'Yes' });
		const moved = await close(sandbox(), `PUT ${path}`, { lead_id: first.lead_id });

		expect(changed.json).toMatchObject({ response_to_id: first.id, message_markdown: 'Yes' });
		expect(moved.json['field-errors']).toEqual({ lead_id: 'Extra inputs are not permitted' });
	});
});
