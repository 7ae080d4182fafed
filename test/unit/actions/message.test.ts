import { sendIfWanted } from '../../../nodes/CloseFiles/actions/message';
import { aRun } from '../context';

const created = (status: string) =>
	({ noun: 'SMS', path: '/activity/sms/', record: { id: 'acti_1', status } }) as const;

describe('a message that is not to be sent', () => {
	it.each([
		['draft', [expect.stringContaining('nothing was sent')]],
		['sent', []],
		['inbox', []],
	])('is left as it was created: %s', async (status, hints) => {
		const run = aRun();
		const message = { body: { lead_id: 'lead_1', status } };

		const record = await sendIfWanted(run, 0, message, created(status));

		expect(record).toEqual({ id: 'acti_1', status });
		expect([...run.memory.hints]).toEqual(hints);
	});

	it('is told of once for many items', async () => {
		const run = aRun();
		const message = { body: { lead_id: 'lead_1', status: 'draft' } };

		for (let n = 0; n < 3; n += 1) await sendIfWanted(run, n, message, created('draft'));

		expect(run.memory.hints.size).toBe(1);
	});
});
