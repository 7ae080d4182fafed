import type { IDataObject } from 'n8n-workflow';
import { aSandbox } from '../support/aSandbox';
import {
	aFile,
	aLead,
	anItem,
	errorItems,
	goOn,
	itemsWithFiles,
	locator,
	loggingWhatsApp,
} from '../support/builders';
import { bodiesOf, callsTo, errorOf, jsonOf } from '../support/observations';

const CREATE = 'POST /activity/whatsapp_message/';
const UPLOAD = ['POST /files/upload/', 'POST s3'];

const sandbox = aSandbox();

const log = async (parameters = {}) =>
	await loggingWhatsApp(sandbox, [anItem(await aFile())], parameters).run();
const more = (fields: IDataObject) => ({ additionalFields: fields });
const uploadedFile = (size?: number) => ({
	url: 'https://app.close.com/go/file/temporary/user_1/tok3n/plan.png/',
	filename: 'plan.png',
	content_type: 'image/png',
	size,
});

describe('Log WhatsApp Message With Attachment', () => {
	it('logs a message with one POST that says all there is', async () => {
		await log({ activityAt: '2026-02-03T10:00:00Z' });

		const [{ url }] = sandbox.account.uploads;
		expect(callsTo(sandbox)).toEqual([...UPLOAD, CREATE]);
		expect(bodiesOf(sandbox, CREATE)).toEqual([
			{
				lead_id: aLead(sandbox).id,
				contact_id: aLead(sandbox).contacts[0].id,
				external_whatsapp_message_id: 'wamid.0',
				direction: 'incoming',
				local_phone: '+14155550190',
				remote_phone: '+14155550101',
				message_markdown: 'Here is the *plan*.',
				activity_at: '2026-02-03T10:00:00.000Z',
				attachments: [{ url, filename: 'Offer.pdf', content_type: 'application/pdf' }],
			},
		]);
	});

	it('took place now unless a date is given', async () => {
		const from = Date.now();

		await log();

		const at = Date.parse(String(bodiesOf(sandbox, CREATE)[0].activity_at));
		expect(at).toBeGreaterThanOrEqual(from);
		expect(at).toBeLessThanOrEqual(Date.now());
	});

	it('gives Close every additional field in its own words', async () => {
		const [first] = await log();
		await log({
			externalWhatsappMessageId: 'wamid.answer',
			direction: 'outgoing',
			...more({
				integrationLink: 'https://inbox.example.com/messages/17',
				responseToId: locator(String(first.json.id)),
				userId: locator(sandbox.account.users[1].id),
			}),
		});

		expect(bodiesOf(sandbox, CREATE)[1]).toMatchObject({
			direction: 'outgoing',
			integration_link: 'https://inbox.example.com/messages/17',
			response_to_id: first.json.id,
			user_id: sandbox.account.users[1].id,
		});
	});

	it('logs a file without a word', async () => {
		const [{ json }] = await log({ message: '' });

		expect(json).toMatchObject({ message_markdown: '', attachments: [{ filename: 'Offer.pdf' }] });
	});

	it('takes numbers as WhatsApp tells them, and as people write them', async () => {
		await log({ localPhone: '={{ 14155550190 }}', remotePhone: '+1 (415) 555-0101' });

		expect(bodiesOf(sandbox, CREATE)).toMatchObject([
			{ local_phone: '+14155550190', remote_phone: '+14155550101' },
		]);
	});

	it('returns the keys that workflows need, or all of them', async () => {
		const [few] = await log();
		const [all] = await log({ externalWhatsappMessageId: 'wamid.all', simplify: false });

		expect(Object.keys(few.json)).toHaveLength(10);
		expect(all.json).toEqual(sandbox.account.whatsAppMessages[1]);
	});

	it('logs a message per item, with their files', async () => {
		const outputs = await loggingWhatsApp(sandbox, await itemsWithFiles(2)).run();

		expect(jsonOf(outputs)).toMatchObject([
			{ external_whatsapp_message_id: 'wamid.0', attachments: [{ filename: '1.pdf' }] },
			{ external_whatsapp_message_id: 'wamid.1', attachments: [{ filename: '2.pdf' }] },
		]);
		expect(outputs.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it('sends nothing and says nothing of drafts', async () => {
		const execution = loggingWhatsApp(sandbox, [anItem(await aFile())], { direction: 'outgoing' });
		await execution.run();

		expect(sandbox.account.deliveries).toEqual([]);
		expect(execution.context.hints).toEqual([]);
	});

	it('takes 25 MB in all', async () => {
		const files = {
			a: await aFile('a.pdf', { size: 24_999_999 }),
			b: await aFile('b.pdf', { size: 1 }),
		};

		await loggingWhatsApp(sandbox, [anItem(files)], { binaryPropertyName: '*' }).run();

		expect(sandbox.account.whatsAppMessages[0].attachments).toHaveLength(2);
	});

	it('leaves uploaded files of unknown size to Close', async () => {
		const uploadedFiles = uploadedFile();

		const error = await errorOf(
			loggingWhatsApp(sandbox, [anItem()], { fileSource: 'uploaded', uploadedFiles }),
		);

		expect(error.message).toContain("'Attachments > 1 > url' The file does not exist");
		expect(callsTo(sandbox)).toEqual([CREATE]);
	});
});

describe('a WhatsApp message is refused before any request', () => {
	it.each<[string, object, string, string]>([
		['without a lead', { leadId: locator('') }, "'Lead' is empty", 'Choose the lead'],
		['without a contact', { contactId: locator('') }, "'Contact' is empty", 'its ID'],
		[
			'with a contact that is none',
			{ contactId: locator('Gina') },
			"'Contact' holds 'Gina', which is no ID of a contact",
			"begin with 'cont_'",
		],
		[
			'without its ID',
			{ externalWhatsappMessageId: ' ' },
			"'External WhatsApp Message ID' is empty",
			'the ID that the message has in WhatsApp',
		],
		[
			'with the direction of an SMS',
			{ direction: '={{ "inbound" }}' },
			"'Direction' holds 'inbound', which is none of incoming, outgoing",
			'Choose one from the list',
		],
		[
			'without your number',
			{ localPhone: '' },
			"'Local Phone' is empty",
			'Give a number like +14155550101',
		],
		[
			'without the other number',
			{ remotePhone: '' },
			"'Remote Phone' is empty",
			'Give a number like +14155550101',
		],
		[
			'with a number that is none',
			{ remotePhone: 'Gina' },
			"'Remote Phone' holds 'Gina', which is no phone number with its country code",
			'Write it like +14155550101',
		],
		[
			'with a message that is none',
			{ message: '={{ [1] }}' },
			"'Message' holds a list, which is no text",
			'a single value',
		],
		[
			'with an Activity At that is no date',
			{ activityAt: 'soon' },
			"'Activity At' holds 'soon', which is no date and time",
			'2026-11-24',
		],
		[
			'with a link that is none',
			more({ integrationLink: 'here' }),
			"'Integration Link' holds 'here', which is no address",
			'https://inbox.example.com/messages/17',
		],
		[
			'with a link to no page',
			more({ integrationLink: 'javascript:alert(1)' }),
			"'Integration Link' holds 'javascript:alert(1)'",
			'https://inbox.example.com/messages/17',
		],
		[
			'with a link that is too long',
			more({ integrationLink: `https://example.com/${'x'.repeat(2_083)}` }),
			'which is no address of at most 2083 characters',
			'https://inbox.example.com/messages/17',
		],
		[
			'with a Response To that is none',
			more({ responseToId: locator('wamid.1') }),
			"'Response To' holds 'wamid.1', which is no ID of a WhatsApp message",
			"begin with 'acti_'",
		],
		[
			'with a User that is none',
			more({ userId: locator('Nora') }),
			"'User' holds 'Nora', which is no ID of a user",
			"begin with 'user_'",
		],
		[
			'with more than 25 MB in all',
			{ options: { uploadedFiles: uploadedFile(24_999_981) } },
			'The files have 25.1 MB in all, more than the 25 MB that a WhatsApp message takes',
			'several messages',
		],
		[
			'without the file',
			{ binaryPropertyName: 'plan' },
			"'Input Data Field Name' asks for the file 'plan'",
			"'data'",
		],
	])('%s', async (_what, parameters, message, advice) => {
		const item = anItem(await aFile());
		const error = await errorOf(loggingWhatsApp(sandbox, [item], parameters as never));

		expect(error.message).toContain(message);
		expect(error.description).toContain(advice);
		expect(error.failure).toEqual({ cause: 'configuration-invalid' });
		expect(error.context.itemIndex).toBe(0);
		expect(sandbox.requests).toEqual([]);
	});

	it('while the other items are logged', async () => {
		const items = await itemsWithFiles(3);
		items[1].json.id = '';
		const parameters = { externalWhatsappMessageId: '={{ $json.id ?? $itemIndex }}' };

		const outputs = await loggingWhatsApp(sandbox, items, parameters, goOn).run();

		expect(errorItems(outputs)).toEqual([1]);
		expect(sandbox.account.uploads).toHaveLength(2);
		expect(sandbox.account.whatsAppMessages).toHaveLength(2);
	});
});

describe('a WhatsApp message that Close refuses', () => {
	it('is told by the labels of the form', async () => {
		const responseToId = locator('acti_1x2Y');
		const item = anItem(await aFile());
		const parameters = { additionalFields: { responseToId } };
		const error = await errorOf(loggingWhatsApp(sandbox, [item], parameters));

		expect(error.message).toContain('Close refused to create the WhatsApp message');
		expect(error.message).toContain("'Response To' The object does not exist");
	});

	it('is told of without what it says', async () => {
		const message = 'Between you and me, forty desks';
		const body = { errors: [], 'field-errors': { message_markdown: `Cannot parse: ${message}` } };
		sandbox.faults.add({ call: CREATE, effect: { status: 400, body } });

		const item = anItem(await aFile());
		const error = await errorOf(loggingWhatsApp(sandbox, [item], { message }));

		expect(error.message).toMatch(/'Message' Cannot parse: …$/);
	});
});
