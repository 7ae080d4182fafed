import { sendingNow } from '../support/builders';
import { failuresOf, uploading } from './interleavings';
import { sorts } from './mishaps';

jest.mock('n8n-workflow', () => jest.requireActual('../support/skipWaits').withoutPause);

const two = { parameters: sendingNow, depth: 2, alphabet: sorts, spared: uploading, tries: 3 };

describe('an email is sent once or said not to be', () => {
	it("where Close's lists show it after two seconds", async () => {
		const plan = { ...two, what: 'two mishaps, lists 2 s behind' };

		expect(await failuresOf(plan, { listLagMs: 2_000 })).toEqual([]);
	});

	it("where Close's lists show it only after the node has looked in vain", async () => {
		const plan = { ...two, what: 'two mishaps, lists 60 s behind', listsLag: true };

		expect(await failuresOf(plan, { listLagMs: 60_000 })).toEqual([]);
	});

	it('whichever three requests from the creation on, or their answers, are lost', async () => {
		const lost = ['resetBefore', 'resetAfter'] as const;
		const plan = { ...two, what: 'three lost requests or answers', depth: 3, alphabet: lost };

		expect(await failuresOf({ ...plan, tries: 2 })).toEqual([]);
	});
});
