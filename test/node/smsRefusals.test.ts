import type { IDataObject } from 'n8n-workflow';
import { aSandbox } from '../support/aSandbox';
import { aFile, anItem, errorItems, goOn, locator, texting } from '../support/builders';
import { errorOf, jsonOf } from '../support/observations';

const sandbox = aSandbox();

const more = (fields: IDataObject) => ({ additionalFields: fields });
const number = (value: string) => locator(value, 'number');
const uploadedAs = (content_type: string) => ({
	fileSource: 'uploaded',
	uploadedFiles: {
		url: 'https://app.close.com/go/file/temporary/user_1/token/plan/',
		filename: 'plan',
		content_type,
	},
});

describe('an SMS is refused before any request', () => {
	it.each<[string, object, string, string]>([
		['without a lead', { leadId: locator('') }, "'Lead' is empty", 'Choose the lead'],
		[
			'with a contact that is none',
			{ contactId: locator('Gina') },
			"'Contact' holds 'Gina', which is no ID of a contact",
			"begin with 'cont_'",
		],
		[
			'with a status that there is not',
			{ status: '={{ "later" }}' },
			"'Status' holds 'later'",
			'Choose one from the list',
		],
		[
			'to send from no number',
			{ status: 'outbox', localPhone: number('') },
			"'Local Phone' is empty, and an SMS with the status 'Send Now' needs one",
			'enabled for MMS',
		],
		[
			'to send to no number',
			{ status: 'outbox', remotePhone: '' },
			"'Remote Phone' is empty, and an SMS with the status 'Send Now' needs one",
			'that it goes to',
		],
		[
			'to schedule to no number',
			{ status: 'scheduled', dateScheduled: '2099-01-01', remotePhone: ' ' },
			"'Remote Phone' is empty, and an SMS with the status 'Schedule' needs one",
			'that it goes to',
		],
		[
			'from a number that is none',
			{ localPhone: number('San Francisco') },
			"'Local Phone' holds 'San Francisco', which is no phone number with its country code",
			'Write it like +14155550101',
		],
		[
			'to a number without its country code',
			{ remotePhone: '(415) 555-0101' },
			"'Remote Phone' holds '(415) 555-0101', which is no phone number with its country code",
			'Write it like +14155550101',
		],
		[
			'to two numbers',
			{ remotePhone: '+14155550101, +14155550102' },
			"'Remote Phone' holds '+14155550101, +14155550102'",
			'Write it like +14155550101',
		],
		[
			'to a list of numbers',
			{ remotePhone: '={{ ["+14155550101"] }}' },
			"'Remote Phone' holds a list, which is no phone number",
			'a single value',
		],
		[
			'with a text that is none',
			{ text: '={{ { a: 1 } }}' },
			"'Text' holds an object, which is no text",
			'a single value',
		],
		[
			'to schedule without a date',
			{ status: 'scheduled' },
			"'Date Scheduled' is empty",
			'when Close is to send',
		],
		[
			'to schedule in the past',
			{ status: 'scheduled', dateScheduled: '2020-01-01T00:00:00Z' },
			"'Date Scheduled' is 2020-01-01T00:00:00.000Z, which is in the past",
			'Choose a later date',
		],
		[
			'with Send In of 60',
			{ status: 'outbox', ...more({ sendIn: 60 }) },
			"'Send In (Seconds)' holds '60'",
			'at most 59 seconds',
		],
		[
			'with Send In on a draft',
			more({ sendIn: 5 }),
			"'Send In (Seconds)' goes with the status 'Send Now' only",
			"Remove 'Send In (Seconds)'",
		],
		[
			'with an Activity At that is no date',
			more({ activityAt: 'soon' }),
			"'Activity At' holds 'soon', which is no date and time",
			'2026-11-24',
		],
		[
			'with a template of emails',
			more({ templateId: locator('tmpl_1x2Y') }),
			"'Template' holds 'tmpl_1x2Y', which is no ID of an SMS template",
			"begin with 'smstmpl_'",
		],
		[
			'with a User that is none',
			more({ userId: locator('Nora') }),
			"'User' holds 'Nora', which is no ID of a user",
			"begin with 'user_'",
		],
		[
			'with a file of a type that no SMS takes',
			{ options: { fileName: 'notes.docx', contentType: 'application/zip' } },
			"The file 'notes.docx' has the type 'application/zip', which no SMS takes",
			"set 'Content Type' in the options",
		],
		[
			'with an uploaded file of such a type',
			uploadedAs('image/webp'),
			"The file 'plan' has the type 'image/webp', which no SMS takes",
			'Attach a picture',
		],
		[
			'without the file',
			{ binaryPropertyName: 'plan' },
			"'Input Data Field Name' asks for the file 'plan'",
			"'data'",
		],
	])('%s', async (_what, parameters, message, advice) => {
		const error = await errorOf(texting(sandbox, [anItem(await aFile())], parameters as never));

		expect(error.message).toContain(message);
		expect(error.description).toContain(advice);
		expect(error.failure).toEqual({ cause: 'configuration-invalid' });
		expect(error.context.itemIndex).toBe(0);
		expect(sandbox.requests).toEqual([]);
	});

	it('while the other items are created', async () => {
		const items = [
			anItem(await aFile('1.pdf'), { to: '+14155550101' }),
			anItem(await aFile('2.pdf'), { to: 'Gina' }),
			anItem(await aFile('3.pdf'), { to: '+14155550103' }),
		];

		const outputs = await texting(sandbox, items, { remotePhone: '={{ $json.to }}' }, goOn).run();

		expect(errorItems(outputs)).toEqual([1]);
		expect(jsonOf(outputs)[1].error).toContain("'Remote Phone' holds 'Gina'");
		expect(sandbox.account.uploads.map(({ filename }) => filename).sort()).toEqual([
			'1.pdf',
			'3.pdf',
		]);
	});
});

describe('an SMS that Close refuses', () => {
	it.each<[string, object, string]>([
		[
			'as logged without a number',
			{ status: 'sent', remotePhone: '' },
			"'Remote Phone' This field",
		],
		[
			'from a number that is not enabled for MMS',
			{ localPhone: number('+44 7700 900190') },
			"'Local Phone' The phone number is not enabled for MMS",
		],
		[
			'with a template that is gone',
			more({ templateId: locator('smstmpl_1x2Y') }),
			"'Template' The object does not exist",
		],
	])('is told by the labels of the form: %s', async (_what, parameters, saying) => {
		const error = await errorOf(texting(sandbox, [anItem(await aFile())], parameters as never));

		expect(error.message).toContain('Close refused to create the SMS');
		expect(error.message).toContain(saying);
		expect(sandbox.account.sms).toEqual([]);
	});

	it('is told of without what it says', async () => {
		const text = 'Between you and me, forty desks';
		const body = { errors: [], 'field-errors': { text: `Cannot encode: ${text}` } };
		sandbox.faults.add({ call: 'POST /activity/sms/', effect: { status: 400, body } });

		const error = await errorOf(texting(sandbox, [anItem(await aFile())], { text }));

		expect(error.message).toBe("Close refused to create the SMS: 'Text' Cannot encode: …");
	});
});
