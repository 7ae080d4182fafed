import { startSandbox, type Sandbox } from '../sandbox/server';
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
import { useBinaryMode } from '../support/execution';
import { callsTo } from '../support/observations';

const SIGN = 'POST /files/upload/';
const S3 = 'POST s3';

beforeAll(async () => await useBinaryMode('filesystem'));

let sandbox: Sandbox;
afterEach(async () => await sandbox.close());

/** Items with a file and a subject of their own among all runs. */
async function itemsOf(run: number, count: number) {
	const names = Array.from({ length: count }, (_, item) => `Offer ${run}-${item}`);
	return await Promise.all(names.map(async (subject) => anItem(await aFile(subject), { subject })));
}

describe('runs that share a rate limit', () => {
	it('send each of their emails once, whichever of their requests are refused', async () => {
		// Eight runs with four requests each at once, for eight in a window.
		sandbox = await startSandbox({ rateLimit: { requestsPerSecond: 32, windowSeconds: 0.25 } });
		const numbers = [0, 1, 2, 3, 4, 5, 6, 7];
		const runs = await Promise.all(numbers.map(async (run) => await itemsOf(run, 4)));
		const parameters = { ...sendingNow, subject: '={{ $json.subject }}' };

		const outputs = await Promise.all(
			runs.map(async (items) => await emailing(sandbox, items, parameters, goOn).run()),
		);

		expect(outputs.map(errorItems)).toEqual(runs.map(() => []));
		const sent = sandbox.account.deliveries.map(({ emailId }) => emailId);
		expect(new Set(sent).size).toBe(32);
		expect(sent).toHaveLength(32);
		expect(new Set(sandbox.account.emails.map(({ subject }) => subject)).size).toBe(32);
	}, 20_000);
});

describe('a run that was refused', () => {
	const refuseOnce = () =>
		sandbox.faults.add({
			call: SIGN,
			skip: 2,
			effect: { status: 429, headers: { RateLimit: 'limit=1, remaining=0, reset=0.01' } },
		});

	it('asks Close while a file of it is on its way to S3', async () => {
		sandbox = await startSandbox();
		sandbox.faults.add({ call: S3, effect: { delayMs: 600 } });
		refuseOnce();

		await uploading(sandbox, await itemsWithFiles(4), { options: { maxParallel: 2 } }).run();

		const [first] = sandbox.requests.filter(({ call }) => call === S3);
		const signed = sandbox.requests.filter(({ call }) => call === SIGN);
		expect(signed).toHaveLength(5);
		expect(signed[4].at - first.at).toBeLessThan(600);
	});

	it('begins nothing new before the refused request has been let through', async () => {
		sandbox = await startSandbox();
		refuseOnce();

		await uploading(sandbox, await itemsWithFiles(4), { options: { maxParallel: 1 } }).run();

		const signed = sandbox.requests.filter(({ call }) => call === SIGN);
		expect(signed.map(({ body }) => (body as { filename: string }).filename)).toEqual([
			'1.pdf',
			'2.pdf',
			'3.pdf',
			'3.pdf',
			'4.pdf',
		]);
		expect(callsTo(sandbox).filter((call) => call === S3)).toHaveLength(4);
	});
});
