import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { startSandbox, type Effect, type Sandbox, type SandboxOptions } from '../sandbox/server';
import { anItem, emailing, goOn, sendingNow } from '../support/builders';
import { useBinaryMode } from '../support/execution';
import { calls } from './mishaps';
import { theFiles } from './sending';

jest.mock('n8n-workflow', () => jest.requireActual('../support/skipWaits').withoutPause);

let sandbox: Sandbox;
const start = async (options: SandboxOptions = {}) => {
	sandbox = await startSandbox(options);
	await useBinaryMode('filesystem');
};
afterEach(async () => await sandbox.close());

/** Two items with the same file to the same recipient; what else they hold is their own. */
async function twoItems(...jsons: IDataObject[]): Promise<INodeExecutionData[]> {
	const files = await theFiles('Offer.pdf');
	return jsons.map((json) => anItem(files, json));
}

/** Each item sends its own body; n8n tries again, up to five times, as long as the first has failed. */
async function sentWithTries(items: INodeExecutionData[], more: IDataObject = {}) {
	const body = '={{ $json.body }}';
	const { run } = emailing(
		sandbox,
		items,
		{ ...sendingNow, body, binaryPropertyName: '*', ...more },
		goOn,
	);
	let outputs = await run();
	for (let n = 1; n < 5 && 'error' in outputs[0].json; n++) outputs = await run();
	return outputs.map(({ json }) => json);
}

const strike = (effect: Effect, skip = 0, call: string = calls.create) =>
	sandbox.faults.add({ call, skip, effect });

/** The bodies of what left, in order. */
const delivered = () =>
	sandbox.account.deliveries.map(
		({ emailId }) => sandbox.account.emails.find(({ id }) => id === emailId)?.body_html,
	);

const maybe = expect.objectContaining({
	error: expect.stringContaining('may have been created') as string,
}) as unknown;

describe('items that cannot be told apart in a list', () => {
	it('are each found again, both answers lost and the lists behind', async () => {
		await start({ listLagMs: 60_000 });
		strike({ reset: 'after' }, 0);
		strike({ reset: 'after' }, 1);

		const outputs = await sentWithTries(await twoItems({ body: 'first' }, { body: 'second' }));

		expect(outputs.map(({ status }) => status)).toEqual(
			['sent', 'sent'].map(() => expect.anything()),
		);
		expect(delivered().sort()).toEqual(['first', 'second']);
		expect(outputs.map(({ id }) => sandbox.account.email(String(id))?.body_html)).toEqual([
			'first',
			'second',
		]);
	});

	it('do not take the email of another for their own', async () => {
		await start({ listLagMs: 60_000 });
		strike({ reset: 'before' }, 0);
		strike({ reset: 'after' }, 1);

		const outputs = await sentWithTries(await twoItems({ body: 'first' }, { body: 'second' }));

		expect(outputs[0]).toEqual(maybe);
		expect(delivered()).toEqual(['second']);
		expect(sandbox.account.email(String(outputs[1].id))?.body_html).toBe('second');
	});

	it('do not take it either where a template writes the subject', async () => {
		await start();
		strike({ reset: 'before' }, 0);
		strike({ reset: 'after' }, 1);
		const items = await twoItems({ body: 'first', subject: '' }, { body: 'second', subject: 'Hi' });

		const outputs = await sentWithTries(items, { subject: '={{ $json.subject }}' });

		expect(outputs[0]).toEqual(maybe);
		expect(delivered()).toEqual(['second']);
		expect(sandbox.account.email(String(outputs[1].id))?.body_html).toBe('second');
	});
});
