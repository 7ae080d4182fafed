import { blankEmail } from '../sandbox/close/blankEmail';
import { startSandbox, type Email, type Sandbox } from '../sandbox/server';
import { aLead, emailing, locator } from '../support/builders';
import { useBinaryMode } from '../support/execution';
import { explore } from './exploring';
import { allMishaps, sorts } from './mishaps';
import { anEmail, scheduling, type MessageKind } from './sending';

jest.mock('n8n-workflow', () => jest.requireActual('../support/skipWaits').withoutPause);

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
	await useBinaryMode('filesystem');
});
afterAll(async () => await sandbox.close());

/** A draft that another client has written, and that the run sends. */
function aDraft(): Email {
	const { account, clock } = sandbox;
	const body = { lead_id: aLead(sandbox).id };
	const draft = blankEmail(body, clock.now(), { account } as never);
	Object.assign(draft, { sender: 'nora@sandbox.example', to: ['gina@bluth.example'] });
	account.emails.push(draft);
	account.books.set(draft.id, { createdAt: clock.now() });
	return draft;
}

const aDraftSent: MessageKind = {
	...anEmail,
	creating: (_sandbox, items, parameters, more) => {
		const emailId = locator(aDraft().id);
		const draft = { operation: 'sendDraft', emailId };
		return emailing(sandbox, items, { ...parameters, ...draft }, more);
	},
};

const plan = { kind: aDraftSent, parameters: { status: 'outbox' }, files: {}, tries: 3 };

describe('a draft is sent once or said not to be', () => {
	it.each([
		['one mishap', { depth: 1, alphabet: allMishaps }],
		['two mishaps', { depth: 2, alphabet: allMishaps }],
		['three mishaps', { depth: 3, alphabet: sorts }],
		['two mishaps, scheduled', { parameters: scheduling(), depth: 2, alphabet: sorts }],
	])('whichever requests meet them: %s', async (what, script) => {
		const { failures } = await explore({ what: `draft, ${what}`, sandbox, ...plan, ...script });

		expect(failures.slice(0, 20)).toEqual([]);
	});
});
