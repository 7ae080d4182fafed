import type { Sandbox } from '../sandbox/server';
import { aSandbox } from '../support/aSandbox';
import {
	aFile,
	anItem,
	errorItems,
	goOn,
	itemsWithFiles,
	locator,
	texting,
} from '../support/builders';
import { callsTo, errorOf, jsonOf } from '../support/observations';

jest.mock('n8n-workflow', () => jest.requireActual('../support/skipWaits'));

const CREATE = 'POST /activity/sms/';
const LIST = 'GET /activity/sms/';
const CHANGE = 'PUT /activity/sms/{id}/';
const READ = 'GET /activity/sms/{id}/';
const now = { status: 'outbox' };

const sandbox = aSandbox();
/** Its lists lag beyond the looks of a single try. */
const lagging = aSandbox({ listLagMs: 16_000 });

const count = (call: string) => callsTo(sandbox).filter((each) => each === call).length;
const lose = (call: string, reset: 'before' | 'after', skip = 0) =>
	sandbox.faults.add({ call, skip, effect: { reset } });
/** The SMS that left, in order, by their texts. */
const delivered = ({ account }: Sandbox) =>
	account.deliveries.map(({ smsId }) => account.sms.find(({ id }) => id === smsId)?.text);

describe('an SMS whose creation got no answer', () => {
	it('is found by its numbers, text and file names, and sent once', async () => {
		lose(CREATE, 'after');

		const [{ json }] = await texting(sandbox, await itemsWithFiles(1), now).run();

		expect(sandbox.account.sms.map(({ id }) => id)).toEqual([json.id]);
		expect([count(CREATE), count(CHANGE)]).toEqual([1, 1]);
		expect(sandbox.account.deliveries.map(({ smsId }) => smsId)).toEqual([json.id]);
	});

	it('is found by numbers and file names where a template writes the text', async () => {
		lose(CREATE, 'after');
		const template = { templateId: locator(sandbox.account.smsTemplates[0].id) };
		const parameters = { ...now, text: '', additionalFields: template };

		const [{ json }] = await texting(sandbox, await itemsWithFiles(1), parameters).run();

		expect(json.text).toBe('Here is the plan of the site.');
		expect(count(CREATE)).toBe(1);
	});

	it.each([
		['text', { text: 'Something else' }],
		['recipient', { remotePhone: '+14155550102' }],
		['file', { options: { fileName: 'other.pdf' } }],
	])('is not taken for one that differs in its %s', async (_what, parameters) => {
		await texting(sandbox, await itemsWithFiles(1), parameters).run();
		const [other] = sandbox.account.sms;
		other.date_created = new Date(sandbox.clock.now() + 60_000).toISOString();
		lose(CREATE, 'before');

		const error = await errorOf(texting(sandbox, await itemsWithFiles(1), now));

		expect(error.message).toContain('The SMS may have been created');
		expect(sandbox.account.deliveries).toEqual([]);
	});

	it('is found in a later try where the lists lag behind, and is not posted again', async () => {
		lagging.faults.add({ call: CREATE, effect: { reset: 'after' } });
		const execution = texting(lagging, await itemsWithFiles(1), now);
		const error = await errorOf(execution);
		const before = lagging.requests.length;

		const [{ json }] = await execution.run();

		expect(error.message).toContain('The SMS may have been created');
		expect(callsTo(lagging).slice(before)).toEqual([LIST, LIST, CHANGE]);
		expect(lagging.account.deliveries.map(({ smsId }) => smsId)).toEqual([json.id]);
	});

	it('is left in doubt, and not posted again, as long as it is not found', async () => {
		lose(CREATE, 'before');
		const execution = texting(sandbox, await itemsWithFiles(1), now);
		await errorOf(execution);

		const error = await errorOf(execution);

		expect(error.message).toContain('The SMS may have been created');
		expect(error.description).toContain('Look at the lead in Close');
		expect(count(CREATE)).toBe(1);
	});
});

describe('SMS that differ in their text only', () => {
	const text = '={{ $json.text }}';
	const twoItems = async (...texts: string[]) => {
		const file = await aFile();
		return texts.map((each) => anItem(file, { text: each }));
	};

	it('are each found again, both answers lost', async () => {
		lose(CREATE, 'after');
		lose(CREATE, 'after', 1);

		const items = await twoItems('first', 'second');
		const outputs = await texting(sandbox, items, { ...now, text }).run();

		expect(jsonOf(outputs).map((json) => json.text)).toEqual(['first', 'second']);
		expect(delivered(sandbox).sort()).toEqual(['first', 'second']);
	});

	it('do not take the SMS of another for their own, not even one without a text', async () => {
		lose(CREATE, 'before');

		const items = await twoItems('', 'second');
		const outputs = await texting(sandbox, items, { ...now, text }, goOn).run();

		// One waits until the other has looked in vain; which is first, their files decide.
		const calls = callsTo(sandbox).filter((call) => [CREATE, LIST].includes(call));
		expect(calls).toEqual([CREATE, LIST, LIST, LIST, LIST, LIST, CREATE]);
		const [lost, ...others] = errorItems(outputs);
		expect(others).toEqual([]);
		expect(jsonOf(outputs)[lost].error).toContain('The SMS may have been created');
		const left = sandbox.account.deliveries.map(({ smsId }) => smsId);
		expect(left).toEqual([outputs[1 - lost].json.id]);
	});
});

describe('an SMS whose sending got no answer', () => {
	it.each([
		['sent', 'after', [CREATE, CHANGE, READ]],
		['not sent', 'before', [CREATE, CHANGE, READ, CHANGE]],
	] as const)('is read back and leaves once: it was %s', async (_what, reset, calls) => {
		lose(CHANGE, reset);

		const [{ json }] = await texting(sandbox, await itemsWithFiles(1), now).run();

		expect(callsTo(sandbox).filter((call) => call.includes('sms'))).toEqual(calls);
		expect(sandbox.account.deliveries.map(({ smsId }) => smsId)).toEqual([json.id]);
	});

	it('is said to be maybe sent where it cannot be read back, and is read first by the next try', async () => {
		lose(CHANGE, 'after');
		sandbox.faults.add({ call: READ, effect: { status: 403 } });
		const execution = texting(sandbox, await itemsWithFiles(1), now);
		const error = await errorOf(execution);
		const before = sandbox.requests.length;

		await execution.run();

		expect(error.message).toContain('The SMS may have been sent');
		expect(callsTo(sandbox).slice(before)).toEqual([READ]);
		expect(sandbox.account.deliveries).toHaveLength(1);
	});
});

describe('an SMS that is not created or sent at the first go', () => {
	it.each([CREATE, CHANGE])('waits as long as a 429 of %s tells, and leaves once', async (call) => {
		const headers = { RateLimit: 'limit=1, remaining=0, reset=7' };
		sandbox.faults.add({ call, effect: { status: 429, headers } });

		await texting(sandbox, await itemsWithFiles(1), now).run();

		const [refused, again] = sandbox.requests.filter((each) => each.call === call);
		expect(again.at - refused.at).toBeGreaterThanOrEqual(7_000);
		expect([sandbox.account.sms.length, sandbox.account.deliveries.length]).toEqual([1, 1]);
	});

	it.each([0, 1, 2])(
		'leaves once of three when n8n tries again because sending item %d was refused',
		async (item) => {
			const body = { error: 'Not now.' };
			sandbox.faults.add({ call: CHANGE, skip: item, effect: { status: 400, body } });
			const execution = texting(sandbox, await itemsWithFiles(3), now);
			await errorOf(execution);

			const outputs = await execution.run();

			expect(jsonOf(outputs).map(({ id }) => id)).toHaveLength(3);
			expect([count(CREATE), count(CHANGE)]).toEqual([3, 4]);
			expect(new Set(sandbox.account.deliveries.map(({ smsId }) => smsId)).size).toBe(3);
			expect(sandbox.account.deliveries).toHaveLength(3);
		},
	);

	it('is told of with its draft where the node goes on', async () => {
		const body = { error: 'Not now.' };
		sandbox.faults.add({ call: CHANGE, effect: { status: 400, body } });

		const items = await itemsWithFiles(2);
		const outputs = await texting(
			sandbox,
			items,
			{ ...now, options: { maxParallel: 1 } },
			goOn,
		).run();

		expect(errorItems(outputs)).toEqual([0]);
		expect(jsonOf(outputs)[0]).toMatchObject({
			error: 'Close refused to send the SMS: Not now.',
			details: { created: [{ id: sandbox.account.sms[0].id }] },
		});
		expect(sandbox.account.deliveries).toHaveLength(1);
	});

	it('is told of where Close accepts it but cannot send it', async () => {
		const effect = { status: 200, body: { id: 'acti_1', status: 'error' } };
		sandbox.faults.add({ call: CHANGE, effect });

		const error = await errorOf(texting(sandbox, await itemsWithFiles(1), now));

		expect(error.message).toBe('Close accepted the SMS but could not send it');
		expect(error.description).toContain('a phone number may not be able to send files');
	});
});
