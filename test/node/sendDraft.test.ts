import type { INodeExecutionData } from 'n8n-workflow';
import { close } from '../conformance/client';
import type { Effect, Email } from '../sandbox/server';
import { recordHolding, targets, unlogged } from '../support/additions';
import { aSandbox } from '../support/aSandbox';
import { errorItems, goOn, locator, runsOf } from '../support/builders';
import type { Execution, ExecutionOptions } from '../support/execution';
import { bodiesOf, callsTo, errorOf } from '../support/observations';

jest.mock('n8n-workflow', () => jest.requireActual('../support/skipWaits'));

const READ = 'GET /activity/email/{id}/';
const CHANGE = 'PUT /activity/email/{id}/';
const NORA = 'nora@sandbox.example';

const sandbox = aSandbox();

/** A draft of another client's, to Gina, with a file. */
const aDraft = async (fields: object = { sender: NORA }): Promise<Email> => {
	const all = { to: ['gina@bluth.example'], subject: 'Your offer', ...fields };
	return (await recordHolding(sandbox, targets[0], ['Offer.pdf'], all)) as Email;
};
/** A run of "Send Draft": at once unless the parameters say otherwise. */
const sending = (
	emailId: string,
	parameters: ExecutionOptions['parameters'] = {},
	{ items = [{ json: {} }], ...more }: Partial<ExecutionOptions> = {},
): Execution =>
	runsOf('email', 'sendDraft', () => ({ emailId: locator(emailId) }))(
		sandbox,
		items,
		parameters,
		more,
	);
const twoItems: INodeExecutionData[] = [{ json: {} }, { json: {} }];
const inOneHour = () => new Date(sandbox.clock.now() + 3_600_000).toISOString();
const count = (call: string) => callsTo(sandbox).filter((each) => each === call).length;
const sentEmails = () => sandbox.account.deliveries.map(({ emailId }) => emailId);

describe('Send Draft', () => {
	it('reads the draft, then sends it by a change of its status, with its files', async () => {
		const { id } = await aDraft();

		const [{ json, pairedItem }] = await sending(id).run();

		expect(callsTo(sandbox)).toEqual([READ, CHANGE]);
		expect(bodiesOf(sandbox, CHANGE)).toEqual([{ status: 'outbox' }]);
		expect(sentEmails()).toEqual([id]);
		expect(json).toMatchObject({ id, status: 'outbox', attachments: [{ filename: 'Offer.pdf' }] });
		expect(pairedItem).toEqual({ item: 0 });
	});

	it('takes the address of the draft in Close as its ID', async () => {
		const { id, lead_id } = await aDraft();
		const address = `https://app.close.com/lead/${lead_id}/activity/email/${id}/`;

		await sending('', { emailId: locator(address, 'url') }).run();

		expect(sentEmails()).toEqual([id]);
	});

	it('schedules the draft, which leaves at its date', async () => {
		const { id } = await aDraft();
		const dateScheduled = inOneHour();

		const [{ json }] = await sending(id, { status: 'scheduled', dateScheduled }).run();
		const before = sentEmails();
		sandbox.clock.advance(3_700_000);

		expect(bodiesOf(sandbox, CHANGE)).toEqual([
			{ status: 'scheduled', date_scheduled: dateScheduled },
		]);
		expect(json.status).toBe('scheduled');
		expect([before, sentEmails()]).toEqual([[], [id]]);
	});

	it('gives Send In along', async () => {
		const { id } = await aDraft();

		await sending(id, { options: { sendIn: 30 } }).run();

		expect(bodiesOf(sandbox, CHANGE)).toEqual([{ status: 'outbox', send_in: 30 }]);
	});

	it.each([
		['where the draft has none', {}],
		["instead of the draft's own", { sender: 'tomas@sandbox.example' }],
	])('sends with the sender of the field, %s', async (_what, fields) => {
		const draft = await aDraft(fields);

		await sending(draft.id, { sender: locator(NORA, 'address') }).run();

		expect(bodiesOf(sandbox, CHANGE)).toEqual([{ status: 'outbox', sender: NORA }]);
		expect(draft.sender).toBe(NORA);
		expect(sentEmails()).toEqual([draft.id]);
	});
});

describe('Send Draft is refused before it changes anything', () => {
	it.each(['sent', 'inbox', 'outbox', 'scheduled', 'error'])(
		'for an email whose status is %s',
		async (status) => {
			const draft = await aDraft();
			draft.status = status;

			const error = await errorOf(sending(draft.id));

			expect(error.message).toContain(`The email is no draft: its status is '${status}'`);
			expect(callsTo(sandbox)).toEqual([READ]);
		},
	);

	it('without a sender in the field or the draft', async () => {
		const { id } = await aDraft({});

		const error = await errorOf(sending(id));

		expect(error.message).toBe("'Sender' is empty, and the draft has none either");
		expect(callsTo(sandbox)).toEqual([READ]);
	});

	it.each([
		['a status that logs', { status: 'sent' }, "'Status' is none that sends"],
		['the status it has', { status: 'draft' }, "'Status' is none that sends"],
		['an unknown status', { status: 'gone' }, "'Status' holds 'gone'"],
		['no date', { status: 'scheduled' }, "'Date Scheduled' is empty"],
		[
			'a past date',
			{ status: 'scheduled', dateScheduled: '2020-01-01T00:00:00Z' },
			"'Date Scheduled' is 2020-01-01T00:00:00.000Z, which is in the past",
		],
		['a sender that is no address', { sender: locator('Nora', 'address') }, "'Sender' holds"],
		[
			'Send In at a date',
			{ status: 'scheduled', dateScheduled: '2099-01-01', options: { sendIn: 5 } },
			"'Send In (Seconds)' goes with the status 'Send Now' only",
		],
		['no ID', { emailId: locator('') }, "'Email' is empty"],
		["a lead's ID", { emailId: locator('lead_1') }, "'Email' holds 'lead_1'"],
	])('for %s, without any request', async (_what, parameters, message) => {
		const { id } = await aDraft();

		const error = await errorOf(sending(id, parameters as ExecutionOptions['parameters']));

		expect(error.message).toContain(message);
		expect(callsTo(sandbox)).toEqual([]);
	});
});

describe('a draft that two items send', () => {
	it('is sent once, and the second item is told', async () => {
		const { id } = await aDraft();

		const outputs = await sending(id, {}, { items: twoItems, ...goOn }).run();

		expect(errorItems(outputs)).toEqual([1]);
		expect(outputs[1].json.error).toContain('The email is no draft');
		expect(sentEmails()).toEqual([id]);
		expect(callsTo(sandbox)).toEqual([READ, CHANGE, READ]);
	});

	it('is sent once when the answer to the first is lost', async () => {
		const { id } = await aDraft();
		sandbox.faults.add({ call: CHANGE, effect: { reset: 'after' } });

		const outputs = await sending(id, {}, { items: twoItems, ...goOn }).run();

		expect(errorItems(outputs)).toEqual([1]);
		expect(sentEmails()).toEqual([id]);
		expect(count(CHANGE)).toBe(1);
	});
});

describe('an answer to Send Draft that is lost', () => {
	it.each<[string, Effect, number]>([
		['500', { status: 500 }, 2],
		['504 after it was carried out', { statusAfter: 504 }, 1],
		['503', { status: 503 }, 2],
		['a connection that is cut before', { reset: 'before' }, 2],
		['a connection that is cut after', { reset: 'after' }, 1],
		['silence', { timeout: true }, 2],
		['silence after it was carried out', { timeout: 'after' }, 1],
		['a truncated answer', { body: 'truncated' }, 1],
		['HTML', { body: 'html' }, 1],
		['an empty answer', { body: 'empty' }, 1],
	])('(%s) is read back, and the draft sent once', async (_what, effect, changes) => {
		const { id } = await aDraft();
		sandbox.faults.add({ call: CHANGE, effect });

		const [{ json }] = await sending(id, { options: { timeout: 0.2 } }).run();

		expect(json.id).toBe(id);
		expect(sentEmails()).toEqual([id]);
		expect([count(READ), count(CHANGE)]).toEqual([2, changes]);
	});

	it('leaves open whether it was sent when it cannot be read back; a second try finds out', async () => {
		const { id } = await aDraft();
		sandbox.faults.add({ call: CHANGE, effect: { reset: 'after' } });
		sandbox.faults.add({ call: READ, skip: 1, effect: { status: 403 } });
		const run = sending(id);

		const error = await errorOf(run);
		const before = sandbox.requests.length;
		const [{ json }] = await run.run();

		expect(error.message).toContain('The email may have been sent');
		expect(callsTo(sandbox).slice(before)).toEqual([READ]);
		expect(json).toMatchObject({ id, status: 'sent' });
		expect(sentEmails()).toEqual([id]);
	});

	it('is made up for in a second try that reads first and finds it a draft still', async () => {
		const { id } = await aDraft();
		sandbox.faults.add({ call: CHANGE, effect: { reset: 'before' } });
		sandbox.faults.add({ call: READ, skip: 1, effect: { status: 403 } });
		const run = sending(id);

		await errorOf(run);
		const before = sandbox.requests.length;
		await run.run();

		expect(callsTo(sandbox).slice(before)).toEqual([READ, CHANGE]);
		expect(sentEmails()).toEqual([id]);
	});

	it('sends nothing when somebody else has sent the draft meanwhile', async () => {
		const { id } = await aDraft();
		sandbox.faults.add({ call: CHANGE, effect: { reset: 'before' } });
		sandbox.faults.add({ call: READ, skip: 1, effect: { status: 403 } });
		const run = sending(id);
		await errorOf(run);
		await unlogged(sandbox, async () => {
			await close(sandbox, `PUT /activity/email/${id}/`, { status: 'outbox' });
		});

		await run.run();

		expect(sentEmails()).toEqual([id]);
		expect(count(CHANGE)).toBe(1);
	});
});

describe("n8n's second try", () => {
	it('sends only the draft that was refused at first', async () => {
		const drafts = [await aDraft(), await aDraft()];
		const items = drafts.map(({ id }) => ({ json: { id } }));
		sandbox.faults.add({
			call: CHANGE,
			skip: 1,
			effect: { status: 400, body: { error: 'Not now.' } },
		});
		const parameters = { emailId: '={{ $json.id }}', options: { maxParallel: 1 } };
		const run = sending('', parameters, { items });

		await errorOf(run);
		await run.run();

		expect(sentEmails()).toEqual(drafts.map(({ id }) => id));
		expect(count(CHANGE)).toBe(3);
	});
});
