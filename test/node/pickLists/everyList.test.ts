import type { Account } from '../../sandbox/close/account';
import { aSandbox } from '../../support/aSandbox';
import { errorOf, look, namesIn, type PickListName } from '../../support/pickList';

interface Row {
	name: PickListName;
	nouns: string;
	/** Where the account keeps the records that are listed. */
	recordsOf(account: Account): object[];
}

const pagedLists: Row[] = [
	{
		name: 'searchContacts',
		nouns: 'contacts',
		recordsOf: ({ leads }) => leads[3].contacts,
	},
	{
		name: 'searchEmailTemplates',
		nouns: 'email templates',
		recordsOf: ({ emailTemplates }) => emailTemplates,
	},
	{
		name: 'searchOpportunities',
		nouns: 'opportunities',
		recordsOf: ({ opportunities }) => opportunities,
	},
	{
		name: 'searchPhoneNumbers',
		nouns: 'phone numbers',
		recordsOf: ({ phoneNumbers }) => phoneNumbers,
	},
	{
		name: 'searchSmsTemplates',
		nouns: 'SMS templates',
		recordsOf: ({ smsTemplates }) => smsTemplates,
	},
	{ name: 'searchUsers', nouns: 'users', recordsOf: ({ users }) => users },
];

const accountLists: Row[] = (
	[
		['searchEmailAccounts', 'email accounts'],
		['searchSenders', 'senders'],
	] as const
).map(([name, nouns]) => ({
	name,
	nouns,
	recordsOf: ({ connectedAccounts }) => connectedAccounts,
}));

const everyList = [...pagedLists, ...accountLists];

const sandbox = aSandbox();

/** Leaves the list with so many records that are like its first one but for `change`. */
function fill({ recordsOf }: Row, count: number, change: (number: number) => object): void {
	const records = recordsOf(sandbox.account);
	const [model] = [...records, ...sandbox.account.contacts];
	const added = Array.from({ length: count }, (_, number) => ({
		...structuredClone(model),
		...change(number),
	}));
	records.splice(0, records.length, ...added);
}

/** Of which a list shows one; what is no key of the record is not shown. */
const numbered = (number: number) => ({
	id: `id_${number}`,
	name: `Entry ${number}`,
	number: `+1415555${String(number).padStart(4, '0')}`,
	first_name: `Entry ${number}`,
});

const users = pagedLists.find(({ name }) => name === 'searchUsers')!;

describe.each(everyList)('the list of $nouns', (list) => {
	const { name, nouns, recordsOf } = list;

	it('says what to do when Close does not accept the key', async () => {
		const error = await errorOf(name, { ...sandbox, apiKey: 'api_wrong' });

		expect(error.message).toBe(`Close did not accept the credential to list the ${nouns}`);
		expect(error.description).toContain("Check 'API Key' of the credential");
	});

	it('is empty where Close has none', async () => {
		for (const lead of sandbox.account.leads) lead.contacts = [];
		recordsOf(sandbox.account).length = 0;

		expect(await look(name, sandbox)).toEqual({ results: [] });
	});

	it('is empty where no name has the words', async () => {
		expect(await look(name, sandbox, { filter: 'zyx' })).toEqual({ results: [] });
	});
});

describe.each(pagedLists)('the long list of $nouns', (list) => {
	it('comes in pages until there is no more', async () => {
		for (const lead of sandbox.account.leads.slice(0, 3)) lead.contacts.splice(1);
		fill(list, 230, numbered);

		const pages = [await look(list.name, sandbox)];
		while (pages.at(-1)?.paginationToken !== undefined) {
			const paginationToken = String(pages.at(-1)?.paginationToken);
			pages.push(await look(list.name, sandbox, { paginationToken }));
		}

		expect(pages).toHaveLength(3);
		const values = pages.flatMap(({ results }) => results.map(({ value }) => value));
		expect(new Set(values).size).toBe(values.length);
		expect(values.length).toBeGreaterThanOrEqual(230);
	});
});

describe('a search that Close does not offer', () => {
	it.each(['entry 7', '7 ENTRY', ' Entry  7 '])('takes words as they come: %j', async (filter) => {
		fill(users, 10, numbered);

		expect(await namesIn('searchUsers', sandbox, { filter })).toEqual([
			'Entry 7 Lindqvist (nora@sandbox.example)',
		]);
	});

	it('reads on until the list ends', async () => {
		fill(users, 350, numbered);

		const { results, paginationToken } = await look('searchUsers', sandbox, { filter: '349' });

		expect(results.map(({ value }) => value)).toEqual(['id_349']);
		expect(paginationToken).toBeUndefined();
		expect(sandbox.requests).toHaveLength(4);
	});

	it('stops when there is enough to show, and goes on from there', async () => {
		fill(users, 300, (number) => ({ ...numbered(number), last_name: number % 2 ? 'Odd' : 'Even' }));

		const first = await look('searchUsers', sandbox, { filter: 'odd' });
		const paginationToken = String(first.paginationToken);
		const second = await look('searchUsers', sandbox, { filter: 'odd', paginationToken });

		expect([first.results.length, second.results.length]).toEqual([50, 50]);
		expect(second.results[0].value).toBe('id_101');
	});

	it('shows what it found in 2,000 records, and goes on from there', async () => {
		fill(users, 2_150, numbered);
		const page = async (paginationToken?: string) =>
			await look('searchUsers', sandbox, { filter: '99', paginationToken });

		const first = await page();
		const second = await page(String(first.paginationToken));

		const values = first.results.map(({ value }) => value);
		expect([values[0], values.at(-1)]).toEqual(['id_99', 'id_1999']);
		expect(second).toEqual({ results: [expect.objectContaining({ value: 'id_2099' })] });
	});

	it('does not call a list empty that it has not read to its end', async () => {
		fill(users, 2_150, numbered);

		const error = await errorOf('searchUsers', sandbox, { filter: '2149' });

		expect(error.message).toBe('None of the first 2,000 users matches');
		expect(error.description).toContain('give the ID');
		expect(sandbox.requests).toHaveLength(20);
	});

	it('is asked for again after a passing error', async () => {
		sandbox.faults.add({ call: '*', effect: { status: 503 } });

		expect(await namesIn('searchUsers', sandbox)).toHaveLength(2);
	});
});
