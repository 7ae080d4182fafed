import { addressIn } from '../../../nodes/CloseFiles/actions/fields/addresses';
import { aSandbox } from '../../support/aSandbox';
import { aFile, anItem, emailing, locator, sendingNow } from '../../support/builders';
import { look, namesIn } from '../../support/pickList';

const sandbox = aSandbox();

describe('the list of users', () => {
	it('shows names and addresses, and gives IDs', async () => {
		const [nora, tomas] = sandbox.account.users;

		expect((await look('searchUsers', sandbox)).results).toEqual([
			{ name: 'Nora Lindqvist (nora@sandbox.example)', value: nora.id },
			{ name: 'Tomás Ferreira (tomas@sandbox.example)', value: tomas.id },
		]);
	});

	it('shows the address of a user without a name', async () => {
		Object.assign(sandbox.account.users[0], { first_name: null, last_name: '' });

		expect((await namesIn('searchUsers', sandbox))[0]).toBe('nora@sandbox.example');
	});

	it.each([
		['tomás', ['Tomás Ferreira (tomas@sandbox.example)']],
		['nora@', ['Nora Lindqvist (nora@sandbox.example)']],
	])('finds for %j %j', async (filter, names) => {
		expect(await namesIn('searchUsers', sandbox, { filter })).toEqual(names);
	});
});

describe('the list of email accounts', () => {
	it('holds mailboxes only, told apart by their service', async () => {
		const [mailbox, , gmail] = sandbox.account.connectedAccounts;

		expect((await look('searchEmailAccounts', sandbox)).results).toEqual([
			{ name: 'Nora Lindqvist (nora@sandbox.example, custom email)', value: mailbox.id },
			{ name: 'Tomás Ferreira (tomas@sandbox.example, google)', value: gmail.id },
		]);
	});

	it('takes the address of an account that names none from its identity', async () => {
		const [mailbox] = sandbox.account.connectedAccounts;
		Object.assign(mailbox, { email: undefined, default_identity: null });

		expect((await namesIn('searchEmailAccounts', sandbox))[0]).toBe(
			'Nora Lindqvist (nora@sandbox.example, custom email)',
		);
	});

	it('is asked for without paging, which Close does not take there', async () => {
		await look('searchEmailAccounts', sandbox);

		expect(sandbox.requests.map(({ path }) => path)).toEqual(['/api/v1/connected_account/']);
	});
});

describe('the list of senders', () => {
	it('holds each address that a mailbox sends from, as the email names it', async () => {
		expect((await look('searchSenders', sandbox)).results).toEqual([
			{
				name: 'Nora Lindqvist (nora@sandbox.example)',
				value: 'Nora Lindqvist <nora@sandbox.example>',
			},
			{ name: 'Sales Team (sales@sandbox.example)', value: 'Sales Team <sales@sandbox.example>' },
			{
				name: 'Tomás Ferreira (tomas@sandbox.example)',
				value: 'Tomás Ferreira <tomas@sandbox.example>',
			},
		]);
	});

	it.each([
		['', 'a@b.example'],
		['  ', 'a@b.example'],
		['Lee, Ann', '"Lee, Ann" <a@b.example>'],
		['Ann "Al" Lee', '"Ann \\"Al\\" Lee" <a@b.example>'],
		['Ann <Sales>', '"Ann <Sales>" <a@b.example>'],
		["Ann O'Lee", "Ann O'Lee <a@b.example>"],
	])('gives the name %j in a form that the field takes', async (name, value) => {
		sandbox.account.connectedAccounts[0].identities = [{ name, email: 'a@b.example' }];

		const [{ value: given }] = (await look('searchSenders', sandbox)).results;

		expect(given).toBe(value);
		expect(addressIn(given, 'Sender')).toBe(value);
	});

	it('gives what an email can be sent with', async () => {
		const [, team] = (await look('searchSenders', sandbox)).results;

		const item = anItem(await aFile());
		await emailing(sandbox, [item], {
			...sendingNow,
			sender: locator(String(team.value), 'list'),
		}).run();

		expect(sandbox.account.emails).toMatchObject([
			{ sender: 'Sales Team <sales@sandbox.example>', status: 'sent' },
		]);
	});

	it('finds an address by a part of it', async () => {
		expect(await namesIn('searchSenders', sandbox, { filter: 'sales@' })).toEqual([
			'Sales Team (sales@sandbox.example)',
		]);
	});
});

describe('the list of phone numbers', () => {
	it('holds those that files can be sent from, and gives the number', async () => {
		// Close says so of a user's own mobile phone, which it does not send from.
		Object.assign(sandbox.account.phoneNumbers[2], { type: 'external', mms_enabled: true });

		expect((await look('searchPhoneNumbers', sandbox)).results).toEqual([
			{ name: 'San Francisco (+14155550190)', value: '+14155550190' },
		]);
	});

	it('shows the number of one without a label', async () => {
		Object.assign(sandbox.account.phoneNumbers[0], { label: null });

		expect(await namesIn('searchPhoneNumbers', sandbox)).toEqual(['+14155550190']);
	});
});
