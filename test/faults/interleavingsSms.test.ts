import { failuresOf, uploading } from './interleavings';
import { allMishaps, sorts } from './mishaps';
import { anSms } from './sending';

jest.mock('n8n-workflow', () => jest.requireActual('../support/skipWaits').withoutPause);

const plan = { kind: anSms, parameters: { status: 'outbox' }, spared: uploading, tries: 3 };

describe('an SMS is sent once or said not to be', () => {
	it.each([
		['one mishap', { depth: 1, alphabet: allMishaps }],
		['two mishaps', { depth: 2, alphabet: sorts }],
	])('whichever requests from the creation on meet them: %s', async (what, script) => {
		expect(await failuresOf({ what: `SMS, ${what}`, ...plan, ...script })).toEqual([]);
	});

	it("where Close's lists show it only after the node has looked in vain", async () => {
		const what = 'SMS, one mishap, lists 60 s behind';
		const one = { what, depth: 1, alphabet: allMishaps, listsLag: true };

		expect(await failuresOf({ ...plan, ...one }, { listLagMs: 60_000 })).toEqual([]);
	});
});
