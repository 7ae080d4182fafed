import type { INode } from 'n8n-workflow';

import { chain, closeFiles, manualTrigger, outputOf, readFiles } from '../n8n/workflow';
import { Setting } from './setting';

const retryOnFail = { retryOnFail: true, maxTries: 3, waitBetweenTries: 100 };

let setting: Setting;

/** Three items, one file each, each sent as an email of its own, one after the other. */
const workflow = (name: string, settings: Partial<INode>) => {
	const parameters = setting.email({
		status: 'outbox',
		sender: { __rl: true, mode: 'address', value: 'nora@sandbox.example' },
		options: { maxParallel: 1 },
	});
	const files = readFiles(`${setting.n8n.filesFolder}/*.pdf`);
	return chain(name, manualTrigger(), files, closeFiles(setting.credential, parameters, settings));
};

const refuse = (skip: number) =>
	setting.sandbox.faults.add({
		call: 'POST /activity/email/',
		skip,
		effect: { status: 400, body: { 'field-errors': { subject: 'Not now.' } } },
	});

let stopping: ReturnType<typeof workflow>;
let continuing: ReturnType<typeof workflow>;

beforeAll(async () => {
	setting = await Setting.create();
	for (const name of ['a.pdf', 'b.pdf', 'c.pdf']) await setting.writeFile(name, 20_000);
	stopping = workflow('Stops', retryOnFail);
	continuing = workflow('Continues', { ...retryOnFail, onError: 'continueRegularOutput' });
	await setting.n8n.import([setting.credential], [stopping, continuing]);
});

beforeEach(() => setting.sandbox.reset());

afterAll(async () => await setting?.close());

describe("n8n's Retry On Fail", () => {
	it('sends no email twice when the last item was refused at first', async () => {
		refuse(2);

		const run = await setting.n8n.execute(stopping.id);

		expect(outputOf(run, 'Close Files')).toHaveLength(3);
		expectThreeEmails();
	});

	it('sends no email twice when the node goes on after the first item was refused', async () => {
		refuse(0);

		const run = await setting.n8n.execute(continuing.id);

		expect(outputOf(run, 'Close Files').filter(({ json }) => 'error' in json)).toEqual([]);
		expectThreeEmails();
	});
});

function expectThreeEmails(): void {
	const { account, faults } = setting.sandbox;
	expect(faults.injected).toBe(1);
	expect(account.emails.map(({ attachments }) => attachments[0].filename).sort()).toEqual([
		'a.pdf',
		'b.pdf',
		'c.pdf',
	]);
	expect(new Set(account.deliveries.map(({ emailId }) => emailId)).size).toBe(3);
	expect(account.deliveries).toHaveLength(3);
}
