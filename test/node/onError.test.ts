import type { Effect } from '../sandbox/server';
import { aSandbox } from '../support/aSandbox';
import { emailing, errorItems, goOn, itemsWithFiles, uploading } from '../support/builders';
import { callsTo, errorOf } from '../support/observations';

jest.mock('n8n-workflow', () => jest.requireActual('../support/skipWaits'));

const SIGN = 'POST /files/upload/';
const CREATE = 'POST /activity/email/';

const sandbox = aSandbox();

const fault = (call: string, effect: Effect, rest = {}) =>
	sandbox.faults.add({ call, effect, times: Infinity, ...rest });

describe('continue on fail', () => {
	it('makes the error the output of its item, and the others go on', async () => {
		fault(CREATE, { status: 400, body: { error: 'Nope.' } }, { skip: 1, times: 1 });
		const items = await itemsWithFiles(3);

		const outputs = await emailing(sandbox, items, { options: { maxParallel: 1 } }, goOn).run();

		expect(errorItems(outputs)).toEqual([1]);
		expect(Object.keys(outputs[1].json)).toEqual(['error', 'message', 'details']);
		expect(outputs[1]).toMatchObject({
			json: {
				error: 'Close refused to create the email: Nope.',
				message: expect.stringContaining(
					'Change what Close objects to and run the workflow again.',
				),
				details: { status: 400, uploaded: [{ filename: '2.pdf' }] },
			},
			pairedItem: { item: 1 },
		});
		expect(sandbox.account.emails).toHaveLength(2);
	});

	it('keeps the item’s error for n8n 1.x where there is an error output', async () => {
		fault(SIGN, { status: 402 });

		const [output] = await uploading(
			sandbox,
			await itemsWithFiles(1),
			{},
			{
				onError: 'continueErrorOutput',
			},
		).run();

		expect(output.error).toMatchObject({ httpCode: '402', context: { itemIndex: 0 } });
		expect(Object.keys(output)).toEqual(['json', 'pairedItem']);
	});

	it('makes items of an error about all of them', async () => {
		const credential = { baseUrl: 'http://close.example/api/v1', apiKey: 'api_secret' };

		const outputs = await uploading(
			sandbox,
			await itemsWithFiles(2),
			{},
			{ ...goOn, credential },
		).run();

		expect(errorItems(outputs)).toEqual([0, 1]);
	});
});

describe('without continue on fail', () => {
	it('the first error names its item and starts no new work', async () => {
		fault(CREATE, { status: 400 }, { skip: 1, times: 1 });

		const error = await errorOf(
			emailing(sandbox, await itemsWithFiles(5), { options: { maxParallel: 1 } }),
		);

		expect(error.context.itemIndex).toBe(1);
		expect(callsTo(sandbox)).toEqual([SIGN, 'POST s3', CREATE, SIGN, 'POST s3', CREATE]);
	});

	it('the error lists what other items created', async () => {
		fault(CREATE, { status: 400 }, { skip: 2, times: 1 });

		const error = await errorOf(
			emailing(sandbox, await itemsWithFiles(4), { options: { maxParallel: 1 } }),
		);

		const ids = sandbox.account.emails.map(({ id }) => id);
		expect(error.context.data).toMatchObject({
			created: [
				{ item: 0, id: ids[0] },
				{ item: 1, id: ids[1] },
			],
		});
		expect(error.description).toContain(`Already created in Close: ${ids.join(', ')}`);
	});

	it('a creation that is under way is let finish, and listed', async () => {
		sandbox.faults.add({ call: CREATE, effect: { delayMs: 150 } });
		fault(CREATE, { status: 400 }, { skip: 1 });

		const error = await errorOf(emailing(sandbox, await itemsWithFiles(2)));

		const item = 1 - Number(error.context.itemIndex);
		expect(sandbox.account.emails).toHaveLength(1);
		expect(error.context.data).toMatchObject({
			created: [{ item, id: sandbox.account.emails[0].id }],
		});
	});
});
