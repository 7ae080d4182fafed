import type { Sandbox } from '../sandbox/server';
import { aSandbox } from '../support/aSandbox';
import {
	aFile,
	anItem,
	errorItems,
	goOn,
	itemsWithFiles,
	loggingWhatsApp,
} from '../support/builders';
import { callsTo, errorOf, jsonOf } from '../support/observations';

jest.mock('n8n-workflow', () => jest.requireActual('../support/skipWaits'));

const CREATE = 'POST /activity/whatsapp_message/';
const LIST = 'GET /activity/whatsapp_message/';

const sandbox = aSandbox();
/** Its lists lag beyond the looks of a single try. */
const lagging = aSandbox({ listLagMs: 16_000 });

const count = (call: string) => callsTo(sandbox).filter((each) => each === call).length;
const lose = (reset: 'before' | 'after', skip = 0) =>
	sandbox.faults.add({ call: CREATE, skip, effect: { reset } });
const logged = ({ account }: Sandbox) => account.whatsAppMessages;

describe('a WhatsApp message whose creation got no answer', () => {
	it('is found by its ID in WhatsApp, among those of other items alike', async () => {
		lose('after');
		lose('after', 1);
		const file = await aFile();

		const outputs = await loggingWhatsApp(sandbox, [anItem(file), anItem(file)]).run();

		expect(jsonOf(outputs).map((json) => json.external_whatsapp_message_id)).toEqual([
			'wamid.0',
			'wamid.1',
		]);
		expect(
			jsonOf(outputs)
				.map(({ id }) => id)
				.sort(),
		).toEqual(
			logged(sandbox)
				.map(({ id }) => id)
				.sort(),
		);
		expect(count(CREATE)).toBe(2);
	});

	it('is not taken for another one', async () => {
		lose('before');

		const parameters = { options: { maxParallel: 1 } };
		const outputs = await loggingWhatsApp(sandbox, await itemsWithFiles(2), parameters, goOn).run();

		expect(errorItems(outputs)).toEqual([0]);
		expect(jsonOf(outputs)[0].error).toContain('The WhatsApp message may have been created');
		expect(logged(sandbox).map(({ id }) => id)).toEqual([outputs[1].json.id]);
	});

	it('is not taken for that of another item with the same ID', async () => {
		lose('before');
		const parameters = { externalWhatsappMessageId: 'wamid.same' };

		const file = await aFile();
		const items = [anItem(file), anItem(file)];
		const outputs = await loggingWhatsApp(sandbox, items, parameters, goOn).run();

		// The second waits until the first has looked in vain.
		const calls = callsTo(sandbox).filter((call) => [CREATE, LIST].includes(call));
		expect(calls).toEqual([CREATE, LIST, LIST, LIST, LIST, LIST, CREATE]);
		const [lost, ...others] = errorItems(outputs);
		expect(others).toEqual([]);
		expect(logged(sandbox).map(({ id }) => id)).toEqual([outputs[1 - lost].json.id]);
	});

	it('is found in a later try where the lists lag behind, and is not posted again', async () => {
		lagging.faults.add({ call: CREATE, effect: { reset: 'after' } });
		const execution = loggingWhatsApp(lagging, await itemsWithFiles(1));
		const error = await errorOf(execution);
		const before = lagging.requests.length;

		const [{ json }] = await execution.run();

		expect(error.message).toContain('The WhatsApp message may have been created');
		expect(callsTo(lagging).slice(before)).toEqual([LIST, LIST]);
		expect(logged(lagging).map(({ id }) => id)).toEqual([json.id]);
	});
});

describe('a WhatsApp message that is not created at the first go', () => {
	it('waits as long as a 429 tells, and is logged once', async () => {
		const headers = { RateLimit: 'limit=1, remaining=0, reset=7' };
		sandbox.faults.add({ call: CREATE, effect: { status: 429, headers } });

		await loggingWhatsApp(sandbox, await itemsWithFiles(1)).run();

		const [refused, again] = sandbox.requests.filter(({ call }) => call === CREATE);
		expect(again.at - refused.at).toBeGreaterThanOrEqual(7_000);
		expect(logged(sandbox)).toHaveLength(1);
	});

	it.each([0, 1, 2])(
		'is logged once of three when n8n tries again because item %d was refused',
		async (item) => {
			const body = { error: 'Not now.' };
			sandbox.faults.add({ call: CREATE, skip: item, effect: { status: 400, body } });
			const parameters = { options: { maxParallel: 1 } };
			const execution = loggingWhatsApp(sandbox, await itemsWithFiles(3), parameters);
			await errorOf(execution);

			const outputs = await execution.run();

			expect(
				jsonOf(outputs)
					.map(({ id }) => id)
					.sort(),
			).toEqual(
				logged(sandbox)
					.map(({ id }) => id)
					.sort(),
			);
			expect(count(CREATE)).toBe(4);
			expect(sandbox.account.uploads).toHaveLength(3);
		},
	);
});
