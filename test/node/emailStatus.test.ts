import { aSandbox } from '../support/aSandbox';
import { aFile, aLead, anItem, emailing, locator, sendingNow } from '../support/builders';
import { bodiesOf, callsTo } from '../support/observations';

const CREATE = 'POST /activity/email/';
const CHANGE = 'PUT /activity/email/{id}/';
const UPLOAD = ['POST /files/upload/', 'POST s3'];

const sandbox = aSandbox();

const create = async (parameters = {}) =>
	await emailing(sandbox, [anItem(await aFile())], parameters).run();
// The sandbox's clock stays where a test has moved it.
const inOneHour = () => new Date(sandbox.clock.now() + 3_600_000).toISOString();
const attachment = () => {
	const [{ url }] = sandbox.account.uploads;
	return { url, filename: 'Offer.pdf', content_type: 'application/pdf', size: 20 };
};
const nora = { sender: locator('nora@sandbox.example', 'address') };

describe('Create Email With Attachment', () => {
	it('saves a draft with one POST that says all there is', async () => {
		await create();

		expect(callsTo(sandbox)).toEqual([...UPLOAD, CREATE]);
		expect(bodiesOf(sandbox, CREATE)).toEqual([
			{
				lead_id: aLead(sandbox).id,
				status: 'draft',
				to: ['gina@bluth.example'],
				subject: 'Your offer',
				body_html: '<p>Here it is.</p>',
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

	it.each(['sent', 'inbox'])('logs an email as %s with one POST', async (status) => {
		const [output] = await create({ status, ...nora });

		expect(callsTo(sandbox)).toEqual([...UPLOAD, CREATE]);
		expect(bodiesOf(sandbox, CREATE)[0]).toMatchObject({
			status,
			sender: 'nora@sandbox.example',
			attachments: [attachment()],
		});
		expect(output.json.status).toBe(status);
		expect(sandbox.account.deliveries).toEqual([]);
	});

	it('sends by a draft and a change of its status', async () => {
		const [output] = await create(sendingNow);

		expect(callsTo(sandbox)).toEqual([...UPLOAD, CREATE, CHANGE]);
		expect(bodiesOf(sandbox, CREATE)[0]).toMatchObject({
			status: 'draft',
			sender: 'nora@sandbox.example',
			to: ['gina@bluth.example'],
			attachments: [attachment()],
		});
		expect(bodiesOf(sandbox, CHANGE)).toEqual([{ status: 'outbox' }]);
		expect(sandbox.account.deliveries.map(({ emailId }) => emailId)).toEqual([output.json.id]);
	});

	it('schedules by a draft and a change of its status, with the date', async () => {
		const dateScheduled = inOneHour();

		const [output] = await create({ status: 'scheduled', dateScheduled, ...nora });

		expect(callsTo(sandbox)).toEqual([...UPLOAD, CREATE, CHANGE]);
		expect(bodiesOf(sandbox, CREATE)[0]).toMatchObject({ status: 'draft' });
		expect(bodiesOf(sandbox, CREATE)[0]).not.toHaveProperty('date_scheduled');
		expect(bodiesOf(sandbox, CHANGE)).toEqual([
			{ status: 'scheduled', date_scheduled: dateScheduled },
		]);
		expect(output.json.status).toBe('scheduled');
	});

	it('lets a scheduled email leave at its date, once', async () => {
		await create({ status: 'scheduled', dateScheduled: inOneHour(), ...nora });
		const before = sandbox.account.deliveries.length;
		sandbox.clock.advance(3_700_000);

		expect([before, sandbox.account.deliveries.length]).toEqual([0, 1]);
	});

	it('gives Send In along with the change of status', async () => {
		await create({ ...sendingNow, additionalFields: { sendIn: 30 } });

		expect(bodiesOf(sandbox, CREATE)[0]).not.toHaveProperty('send_in');
		expect(bodiesOf(sandbox, CHANGE)).toEqual([{ status: 'outbox', send_in: 30 }]);
		expect(sandbox.account.deliveries).toEqual([]);
	});

	it('gives Follow-Up Date along with the change of status where there is one', async () => {
		const followupDate = '2030-05-01T09:00:00Z';

		await create({ ...sendingNow, additionalFields: { followupDate } });

		expect(bodiesOf(sandbox, CREATE)[0]).not.toHaveProperty('followup_date');
		expect(bodiesOf(sandbox, CHANGE)).toEqual([
			{ status: 'outbox', followup_date: '2030-05-01T09:00:00.000Z' },
		]);
	});

	it.each(['draft', 'sent', 'inbox'])('gives Follow-Up Date along with a %s', async (status) => {
		const additionalFields = { followupDate: '2030-05-01T09:00:00Z' };

		await create({ status, ...nora, additionalFields });

		expect(bodiesOf(sandbox, CREATE)[0].followup_date).toBe('2030-05-01T09:00:00.000Z');
	});

	it('ignores a date left over from another status', async () => {
		await create({ ...sendingNow, dateScheduled: inOneHour() });

		expect(bodiesOf(sandbox, CHANGE)).toEqual([{ status: 'outbox' }]);
	});

	it('sends an email per item, each with its own file', async () => {
		const items = [anItem(await aFile('1.pdf')), anItem(await aFile('2.pdf'))];

		const outputs = await emailing(sandbox, items, sendingNow).run();

		expect(outputs.map(({ json, pairedItem }) => [json.attachments, pairedItem])).toMatchObject([
			[[{ filename: '1.pdf' }], { item: 0 }],
			[[{ filename: '2.pdf' }], { item: 1 }],
		]);
		expect(sandbox.account.deliveries).toHaveLength(2);
	});

	describe('hints', () => {
		const hintsOf = async (parameters: object, size = 20) => {
			const execution = emailing(
				sandbox,
				[anItem(await aFile('a.pdf', { size }))],
				parameters as never,
			);
			await execution.run();
			return execution.context.hints.map(({ message }) => message);
		};

		it('tell that a draft was not sent', async () => {
			expect(await hintsOf({})).toEqual([
				"Saved as a draft in Close: nothing was sent. To send at once, set 'Status' to 'Send Now'.",
			]);
		});

		it('are silent about an email that is sent', async () => {
			expect(await hintsOf(sendingNow)).toEqual([]);
		});

		it('tell why more than 25 MB may not arrive', async () => {
			const hints = await hintsOf(sendingNow, 25_000_001);

			expect(hints).toHaveLength(1);
			expect(hints[0]).toMatch(/25 MB.*Gmail and Microsoft 365|Gmail and Microsoft 365.*25 MB/);
		});

		it('are silent about 25 MB', async () => {
			expect(await hintsOf(sendingNow, 25_000_000)).toEqual([]);
		});
	});
});
