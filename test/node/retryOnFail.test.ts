import { aSandbox } from '../support/aSandbox';
import {
	aFile,
	anItem,
	emailing,
	errorItems,
	goOn,
	itemsWithFiles,
	sendingNow,
	uploading,
} from '../support/builders';
import type { Execution } from '../support/execution';
import { callsTo, errorOf, jsonOf } from '../support/observations';

jest.mock('n8n-workflow', () => jest.requireActual('../support/skipWaits'));

const SIGN = 'POST /files/upload/';
const CREATE = 'POST /activity/email/';
const CHANGE = 'PUT /activity/email/{id}/';
const READ = 'GET /activity/email/{id}/';
const LIST = 'GET /activity/email/';

const sandbox = aSandbox();

const refuse = (call: string, skip = 0) =>
	sandbox.faults.add({ call, skip, effect: { status: 400, body: { error: 'Not now.' } } });
const count = (call: string) => callsTo(sandbox).filter((each) => each === call).length;
/** What is asked for from now on. */
const callsAfter = async (work: () => Promise<unknown>) => {
	const before = sandbox.requests.length;
	await work();
	return callsTo(sandbox).slice(before);
};
const emailsSentOnce = () => {
	const sent = sandbox.account.deliveries.map(({ emailId }) => emailId);
	expect(new Set(sent).size).toBe(sent.length);
	return sent.length;
};
/** A first try that fails, then the second one of n8n. */
const secondTryOf = async (execution: Execution) => {
	await errorOf(execution);
	return await execution.run();
};

describe("n8n's second try after an error", () => {
	it.each([0, 1, 2])(
		'sends three emails once each when item %d was refused at first',
		async (item) => {
			refuse(CREATE, item);

			const outputs = await secondTryOf(emailing(sandbox, await itemsWithFiles(3), sendingNow));

			expect(emailsSentOnce()).toBe(3);
			expect(count(CREATE)).toBe(4);
			expect(jsonOf(outputs).map(({ attachments }) => attachments)).toMatchObject([
				[{ filename: '1.pdf' }],
				[{ filename: '2.pdf' }],
				[{ filename: '3.pdf' }],
			]);
		},
	);

	it('sends three emails once each when the node goes on after the first was refused', async () => {
		refuse(CREATE);
		const parameters = { ...sendingNow, options: { maxParallel: 1 } };
		const execution = emailing(sandbox, await itemsWithFiles(3), parameters, goOn);

		const first = await execution.run();
		const second = await execution.run();

		expect([errorItems(first), errorItems(second)]).toEqual([[0], []]);
		expect(jsonOf(second).slice(1)).toEqual(jsonOf(first).slice(1));
		expect(emailsSentOnce()).toBe(3);
		expect(count(CREATE)).toBe(4);
	});

	it('uploads nothing twice', async () => {
		refuse(CREATE, 1);

		await secondTryOf(emailing(sandbox, await itemsWithFiles(3), { options: { maxParallel: 1 } }));

		expect(sandbox.account.uploads.map(({ filename }) => filename)).toEqual([
			'1.pdf',
			'2.pdf',
			'3.pdf',
		]);
	});

	it('uploads only the file of an item that was refused', async () => {
		const item = anItem({
			a: await aFile('a.pdf'),
			b: await aFile('b.pdf'),
			c: await aFile('c.pdf'),
		});
		sandbox.faults.add({ call: 'POST s3', skip: 1, effect: { s3Error: 'AccessDenied' } });
		const parameters = { binaryPropertyName: '*', options: { maxParallel: 1 } };

		const [output] = await secondTryOf(emailing(sandbox, [item], parameters));

		expect(sandbox.account.uploads.map(({ filename }) => filename)).toEqual([
			'a.pdf',
			'b.pdf',
			'c.pdf',
			'b.pdf',
		]);
		expect(output.json.attachments).toMatchObject([
			{ filename: 'a.pdf' },
			{ filename: 'b.pdf' },
			{ filename: 'c.pdf' },
		]);
	});

	it('answers for finished uploads what the first try had', async () => {
		refuse(SIGN, 2);
		const execution = uploading(sandbox, await itemsWithFiles(3), { options: { maxParallel: 1 } });

		const outputs = await secondTryOf(execution);

		const { uploads } = sandbox.account;
		expect(jsonOf(outputs).map(({ url }) => url)).toEqual(uploads.map(({ url }) => url));
		expect(uploads).toHaveLength(3);
		expect(count(SIGN)).toBe(4);
	});

	it('goes on with the draft whose sending was refused', async () => {
		refuse(CHANGE);
		const execution = emailing(sandbox, await itemsWithFiles(1), sendingNow);
		await errorOf(execution);

		const calls = await callsAfter(async () => await execution.run());

		expect(calls).toEqual([CHANGE]);
		expect(sandbox.account.emails).toHaveLength(1);
		expect(emailsSentOnce()).toBe(1);
	});

	describe('where lists lag', () => {
		// The first try looks for 15 seconds.
		const lagging = aSandbox({ listLagMs: 16_000 });

		it('finds the email whose creation was not answered, and posts no second one', async () => {
			lagging.faults.add({ call: CREATE, effect: { reset: 'after' } });
			const execution = emailing(lagging, await itemsWithFiles(1), sendingNow);
			const error = await errorOf(execution);
			const before = lagging.requests.length;

			const [output] = await execution.run();

			expect(error.message).toContain('The email may have been created');
			expect(callsTo(lagging).slice(before)).toEqual([LIST, LIST, CHANGE]);
			expect(lagging.account.emails.map(({ id }) => id)).toEqual([output.json.id]);
			expect(lagging.account.deliveries).toHaveLength(1);
		});
	});

	it('stays in doubt, and posts no second email, as long as the first is not found', async () => {
		sandbox.faults.add({ call: CREATE, effect: { reset: 'before' } });
		const execution = emailing(sandbox, await itemsWithFiles(1));
		await errorOf(execution);

		const error = await errorOf(execution);

		expect(error.message).toContain('The email may have been created');
		expect(count(CREATE)).toBe(1);
	});

	it('does not take an older email for the one that it looks for', async () => {
		const data = await aFile();
		await emailing(sandbox, [anItem(data)]).run();
		sandbox.clock.advance(10_000);
		sandbox.faults.add({ call: CREATE, effect: { reset: 'before' } });

		const error = await errorOf(emailing(sandbox, [anItem(data)]));

		expect(error.message).toContain('The email may have been created');
	});

	it('reads first when the answer to sending was lost, and finds it sent', async () => {
		sandbox.faults.add({ call: CHANGE, effect: { reset: 'after' } });
		sandbox.faults.add({ call: READ, effect: { status: 403 } });
		const execution = emailing(sandbox, await itemsWithFiles(1), sendingNow);
		const error = await errorOf(execution);

		const calls = await callsAfter(async () => await execution.run());

		expect(error.message).toContain('The email may have been sent');
		expect(calls).toEqual([READ]);
		expect(emailsSentOnce()).toBe(1);
	});

	it('reads first when the answer to sending was lost, and sends what is still a draft', async () => {
		sandbox.faults.add({ call: CHANGE, effect: { reset: 'before' } });
		sandbox.faults.add({ call: READ, effect: { status: 403 } });
		const execution = emailing(sandbox, await itemsWithFiles(1), sendingNow);
		await errorOf(execution);

		const calls = await callsAfter(async () => await execution.run());

		expect(calls).toEqual([READ, CHANGE]);
		expect(emailsSentOnce()).toBe(1);
	});

	it('does not send again what is sent when only a later item failed', async () => {
		refuse(CREATE, 1);
		const items = await itemsWithFiles(2);
		const parameters = { ...sendingNow, options: { maxParallel: 1 } };
		const execution = emailing(sandbox, items, parameters);
		await errorOf(execution);

		const calls = await callsAfter(async () => await execution.run());

		expect(calls).toEqual([CREATE, CHANGE]);
		expect(emailsSentOnce()).toBe(2);
	});

	it('checks again what was refused before the upload', async () => {
		const items = [anItem(await aFile(), { to: 'nobody' })];
		const execution = emailing(sandbox, items, { to: '={{ $json.to }}' });

		await errorOf(execution);
		const error = await errorOf(execution);

		expect(error.message).toContain("'To' holds 'nobody'");
		expect(sandbox.requests).toEqual([]);
	});
});

describe('what is done for an input', () => {
	it('is forgotten when the node has succeeded', async () => {
		const execution = uploading(sandbox, await itemsWithFiles(1));

		await execution.run();
		await execution.run();

		expect(sandbox.account.uploads).toHaveLength(2);
	});

	it('is forgotten when the node goes on after an error of a later item', async () => {
		refuse(SIGN, 1);
		const parameters = { options: { maxParallel: 1 } };
		const execution = uploading(sandbox, await itemsWithFiles(2), parameters, goOn);

		await execution.run();
		await execution.run();

		expect(sandbox.account.uploads.map(({ filename }) => filename)).toEqual([
			'1.pdf',
			'1.pdf',
			'2.pdf',
		]);
	});

	it.each([
		['another input with the same files', { copies: true }, {}],
		['another round of a loop', { copies: false }, { runIndex: 1 }],
	])('does not serve %s', async (_what, { copies }, more) => {
		refuse(SIGN, 1);
		const items = await itemsWithFiles(2);
		const parameters = { options: { maxParallel: 1 } };
		await errorOf(uploading(sandbox, items, parameters));

		await uploading(sandbox, copies ? [...items] : items, parameters, more).run();

		expect(sandbox.account.uploads.map(({ filename }) => filename)).toEqual([
			'1.pdf',
			'1.pdf',
			'2.pdf',
		]);
	});
});
