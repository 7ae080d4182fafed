import type { IDataObject } from 'n8n-workflow';
import { aSandbox } from '../support/aSandbox';
import {
	aFile,
	anItem,
	emailing,
	errorItems,
	goOn,
	locator,
	sendingNow,
} from '../support/builders';
import { storeBinary } from '../support/execution';
import { errorOf, jsonOf } from '../support/observations';

const sandbox = aSandbox();

const nora = locator('nora@sandbox.example', 'address');
const more = (fields: IDataObject) => ({ additionalFields: fields });
const past = '2020-01-01T00:00:00Z';

describe('an email is refused before any request', () => {
	it.each<[string, object, string, string]>([
		['without a lead', { leadId: locator('') }, "'Lead' is empty", 'Choose the lead from the list'],
		[
			'with a lead that expression leaves empty',
			{ leadId: locator('={{ $json.nothing }}') },
			"'Lead' is empty",
			'Choose the lead',
		],
		[
			'with a lead by its name',
			{ leadId: locator('Bluth Company') },
			"'Lead' holds 'Bluth Company', which is no ID of a lead",
			"begin with 'lead_'",
		],
		[
			'with a contact as lead',
			{ leadId: locator('cont_1x2Y') },
			"'Lead' holds 'cont_1x2Y'",
			"begin with 'lead_'",
		],
		[
			'with a URL without a lead',
			{ leadId: locator('https://app.close.com/inbox/', 'url') },
			"'Lead' holds 'https://app.close.com/inbox/'",
			"begin with 'lead_'",
		],
		[
			'with a status that there is not',
			{ status: '={{ "later" }}' },
			"'Status' holds 'later'",
			'Choose one from the list',
		],

		[
			'without a sender to send from',
			{ status: 'outbox' },
			"'Sender' is empty, and an email with the status 'Send Now' needs one",
			'connected in Close',
		],
		[
			'without a sender to schedule from',
			{ status: 'scheduled', dateScheduled: '2099-01-01' },
			"'Sender' is empty, and an email with the status 'Schedule' needs one",
			'connected in Close',
		],
		[
			'without the sender of a received email',
			{ status: 'inbox' },
			"'Sender' is empty, and an email with the status 'Log as Received' needs one",
			'came from',
		],
		[
			'with a sender that is no address',
			{ sender: locator('Nora', 'address') },
			"'Sender' holds 'Nora', which is no email address",
			'ann@example.com',
		],
		[
			'with two senders',
			{ sender: locator('a@example.com, b@example.com', 'address') },
			"'Sender' holds 'a@example.com, b@example.com'",
			'ann@example.com',
		],

		[
			'to send to nobody',
			{ ...sendingNow, to: '' },
			"An email with the status 'Send Now' needs somebody to go to",
			"Fill in 'To', or 'CC' or 'BCC'",
		],
		[
			'to schedule to nobody',
			{ status: 'scheduled', dateScheduled: '2099-01-01', sender: nora, to: ' , ' },
			"An email with the status 'Schedule' needs somebody to go to",
			"'To'",
		],
		[
			'with a recipient that is no address',
			{ to: 'gina@bluth.example, Bob' },
			"'To' holds 'Bob', which is no email address",
			'separated by commas',
		],
		[
			'with addresses separated by semicolons',
			{ to: 'a@example.com; b@example.com' },
			"'To' holds 'a@example.com; b@example.com'",
			'separated by commas',
		],
		[
			'with a CC that is no address',
			more({ cc: 'boss' }),
			"'CC' holds 'boss', which is no email address",
			'ann@example.com',
		],
		[
			'with a BCC that is no address',
			more({ bcc: '@example.com' }),
			"'BCC' holds '@example.com', which is no email address",
			'ann@example.com',
		],
		[
			'with more than 500 addresses',
			{ to: Array.from({ length: 501 }, (_, n) => `a${n}@example.com`).join() },
			"'To' holds 501 addresses, more than the 500 that Close takes",
			'several emails',
		],

		[
			'to schedule without a date',
			{ status: 'scheduled', sender: nora },
			"'Date Scheduled' is empty",
			'when Close is to send',
		],
		[
			'to schedule in the past',
			{ status: 'scheduled', sender: nora, dateScheduled: past },
			"'Date Scheduled' is 2020-01-01T00:00:00.000Z, which is in the past",
			'Choose a later date',
		],
		[
			'to schedule for no date',
			{ status: 'scheduled', sender: nora, dateScheduled: 'tomorrow' },
			"'Date Scheduled' holds 'tomorrow', which is no date and time",
			'Choose one in the field',
		],

		[
			'with Send In of 0',
			{ ...sendingNow, ...more({ sendIn: 0 }) },
			"'Send In (Seconds)' holds '0', which is no whole number from 1 to 59",
			'at most 59 seconds',
		],
		[
			'with Send In of 60',
			{ ...sendingNow, ...more({ sendIn: 60 }) },
			"'Send In (Seconds)' holds '60'",
			'at most 59 seconds',
		],
		[
			'with Send In of 1.5',
			{ ...sendingNow, ...more({ sendIn: 1.5 }) },
			"'Send In (Seconds)' holds '1.5'",
			'at most 59 seconds',
		],
		[
			'with Send In on a draft',
			more({ sendIn: 5 }),
			"'Send In (Seconds)' goes with the status 'Send Now' only",
			"Remove 'Send In (Seconds)'",
		],
		[
			'with Send In on a scheduled email',
			{ status: 'scheduled', sender: nora, dateScheduled: '2099-01-01', ...more({ sendIn: 5 }) },
			"'Send In (Seconds)' goes with the status 'Send Now' only",
			"Remove 'Send In (Seconds)'",
		],

		[
			'with an Activity At that is no date',
			more({ activityAt: 'soon' }),
			"'Activity At' holds 'soon', which is no date and time",
			'2026-11-24T14:00:00+01:00',
		],
		[
			'with a Date Created that is no date',
			more({ dateCreated: '32.1.' }),
			"'Date Created' holds '32.1.'",
			'2026-11-24',
		],
		[
			'with a Follow-Up Date that is no date',
			more({ followupDate: 'x' }),
			"'Follow-Up Date' holds 'x'",
			'2026-11-24',
		],
		[
			'with a Contact that is none',
			more({ contactId: locator('Gina') }),
			"'Contact' holds 'Gina', which is no ID of a contact",
			"begin with 'cont_'",
		],
		[
			'with an Email Account that is none',
			more({ emailAccountId: locator('nora') }),
			"'Email Account' holds 'nora', which is no ID of an email account",
			"begin with 'emailacct_'",
		],
		[
			'with an In Reply To that is none',
			more({ inReplyToId: locator('x') }),
			"'In Reply To' holds 'x', which is no ID of an email",
			"begin with 'acti_'",
		],
		[
			'with a Template that is none',
			more({ templateId: locator('Offer') }),
			"'Template' holds 'Offer', which is no ID of an email template",
			"begin with 'tmpl_'",
		],
		[
			'with a User that is none',
			more({ userId: locator('Nora') }),
			"'User' holds 'Nora', which is no ID of a user",
			"begin with 'user_'",
		],

		[
			'with a subject beyond 1,000 characters',
			{ subject: 'x'.repeat(1001) },
			"'Subject' has 1001 characters, more than the 1000 that Close takes",
			'Shorten it',
		],
		[
			'with a body beyond 1,048,576 characters',
			{ body: 'x'.repeat(1_048_577) },
			"'Body' has 1048577 characters",
			'attach the text as a file',
		],

		[
			'without the file',
			{ binaryPropertyName: 'contract' },
			"'Input Data Field Name' asks for the file 'contract'",
			"'data'",
		],
		[
			'with a file over the limit',
			{ options: { maxFileSizeMb: 0.00001 } },
			"more than the 0.00001 MB of 'Max File Size (MB)'",
			"Raise 'Max File Size (MB)'",
		],
	])('%s', async (_what, parameters, message, advice) => {
		const error = await errorOf(emailing(sandbox, [anItem(await aFile())], parameters as never));

		expect(error.message).toContain(message);
		expect(error.description).toContain(advice);
		expect(error.failure).toEqual({ cause: 'configuration-invalid' });
		expect(error.context.itemIndex).toBe(0);
		expect(sandbox.requests).toEqual([]);
	});

	it('with an empty file beside one that could be uploaded', async () => {
		const empty = await storeBinary(Buffer.alloc(0), { fileName: 'empty.pdf' });
		const item = anItem({ full: await aFile(), empty });

		const error = await errorOf(emailing(sandbox, [item], { binaryPropertyName: '*' }));

		expect(error.message).toBe("The file 'empty.pdf' is empty");
		expect(sandbox.requests).toEqual([]);
	});

	it('with a timeout that is none', async () => {
		const error = await errorOf(
			emailing(sandbox, [anItem(await aFile())], { options: { timeout: 0 } }),
		);

		expect(error.message).toBe("'Timeout (Seconds)' holds '0', which is no number of seconds");
		expect(sandbox.requests).toEqual([]);
	});

	it('while the other items are created', async () => {
		const items = [
			anItem(await aFile('1.pdf'), { to: 'gina@bluth.example' }),
			anItem(await aFile('2.pdf'), { to: 'nobody' }),
			anItem(await aFile('3.pdf'), { to: 'ruth@harbour.example' }),
		];

		const outputs = await emailing(sandbox, items, { to: '={{ $json.to }}' }, goOn).run();

		expect(errorItems(outputs)).toEqual([1]);
		expect(jsonOf(outputs)[1].error).toBe("'To' holds 'nobody', which is no email address");
		expect(sandbox.account.uploads.map(({ filename }) => filename).sort()).toEqual([
			'1.pdf',
			'3.pdf',
		]);
	});
});
