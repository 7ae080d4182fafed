import { aSandbox } from '../support/aSandbox';
import { emailing, itemsWithFiles } from '../support/builders';
import { bodiesOf, callsTo } from '../support/observations';

jest.mock('n8n-workflow', () => jest.requireActual('../support/skipWaits'));

const sandbox = aSandbox();

const CREATE = 'POST /activity/email/';
const LIST = 'GET /activity/email/';

/** Emails that others write on the same lead, a minute from now. */
async function addNewerEmails(count: number): Promise<void> {
	await emailing(sandbox, await itemsWithFiles(1)).run();
	const { account, clock } = sandbox;
	const [email] = account.emails;
	const date = new Date(clock.now() + 60_000).toISOString();
	for (let n = 0; n < count; n++) {
		const id = `${email.id}${n}`;
		account.emails.push({ ...email, id, attachments: [], date_created: date });
	}
	sandbox.requests.length = 0;
}

describe('an email whose creation got no answer', () => {
	it('is found among hundreds that others wrote meanwhile', async () => {
		await addNewerEmails(250);
		sandbox.faults.add({ call: CREATE, effect: { reset: 'after' } });

		const [{ json }] = await emailing(sandbox, await itemsWithFiles(1)).run();

		expect(sandbox.account.email(String(json.id))?.attachments).toHaveLength(1);
		expect(bodiesOf(sandbox, CREATE)).toHaveLength(1);
	});

	it('is looked for among those of the time since then only', async () => {
		sandbox.faults.add({ call: CREATE, effect: { reset: 'after' } });
		const from = Date.now();

		await emailing(sandbox, await itemsWithFiles(1)).run();

		const [look] = sandbox.requests.filter(({ call }) => call === LIST);
		const since = new URL(look.path, 'http://close').searchParams.get('date_created__gte');
		// Close tells its clock in whole seconds, and one more is left as a margin.
		expect(Date.parse(String(since))).toBeGreaterThanOrEqual(from - 2_500);
		expect(callsTo(sandbox).filter((call) => call === LIST)).toHaveLength(1);
	});
});
