import { sendingNow } from '../support/builders';
import { failuresOf, uploading } from './interleavings';
import { allMishaps, sorts } from './mishaps';
import { scheduling } from './sending';

jest.mock('n8n-workflow', () => jest.requireActual('../support/skipWaits').withoutPause);

describe('an email is sent once or said not to be', () => {
	it.each([
		['one mishap', { parameters: sendingNow, depth: 1, alphabet: allMishaps, tries: 3 }],
		[
			'two mishaps, at the upload too',
			{ parameters: sendingNow, depth: 2, alphabet: sorts, tries: 3 },
		],
		['two mishaps, scheduled', { parameters: scheduling(), depth: 2, alphabet: sorts, tries: 3 }],
		[
			'any two mishaps from the creation on',
			{ parameters: sendingNow, depth: 2, alphabet: allMishaps, spared: uploading, tries: 3 },
		],
	])('whichever requests meet them: %s', async (what, plan) => {
		expect(await failuresOf({ what, ...plan })).toEqual([]);
	});
});
