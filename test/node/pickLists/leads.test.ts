import { aSandbox } from '../../support/aSandbox';
import { errorOf, look, namesIn } from '../../support/pickList';
import { startRecorder } from '../../support/recorder';

const sandbox = aSandbox();

describe('the list of leads', () => {
	it('shows names, gives IDs, and links to Close', async () => {
		const { results } = await look('searchLeads', sandbox);

		const [{ id, name }] = sandbox.account.leads;
		expect(results[0]).toEqual({ name, value: id, url: `https://app.close.com/lead/${id}/` });
		expect(results).toHaveLength(4);
	});

	it.each([
		['har', ['Harbour & Sons Ltd']],
		['HARBOUR sons', ['Harbour & Sons Ltd']],
		['  press  ', ['Quillfeather Press']],
		['møller', ['Møller Design Studio']],
		['ress', []],
		['', ['Bluth Company', 'Harbour & Sons Ltd', 'Møller Design Studio', 'Quillfeather Press']],
	])('finds for %j %j', async (filter, names) => {
		expect(await namesIn('searchLeads', sandbox, { filter })).toEqual(names);
	});

	it('comes in pages of 50 until there is no more', async () => {
		for (let number = 0; number < 100; number++)
			sandbox.account.addLead({ name: `Lead ${number}` });
		const page = async (paginationToken?: unknown) =>
			await look('searchLeads', sandbox, { paginationToken: paginationToken as string });

		const first = await page();
		const second = await page(first.paginationToken);
		const third = await page(second.paginationToken);

		expect([first, second, third].map(({ results }) => results.length)).toEqual([50, 50, 4]);
		expect(third.paginationToken).toBeUndefined();
		const ids = [first, second, third].flatMap(({ results }) => results.map(({ value }) => value));
		expect(new Set(ids).size).toBe(104);
	});

	it('is one request for each page', async () => {
		await look('searchLeads', sandbox, { filter: 'bluth' });

		expect(sandbox.requests.map(({ call }) => call)).toEqual(['POST /data/search/']);
	});

	it('says what Close says', async () => {
		sandbox.faults.add({ call: '*', effect: { status: 400, body: { error: 'No search today.' } } });

		expect((await errorOf('searchLeads', sandbox)).message).toBe(
			'Close refused to search the leads: No search today.',
		);
	});

	it('is not asked for over plain http elsewhere', async () => {
		const error = await errorOf('searchLeads', {
			baseUrl: 'http://close.example/api/v1',
			apiKey: 'api_secret',
		});

		expect(error.message).toBe("'Base URL' of the credential cannot be used: http://close.example");
	});

	it('follows no redirect', async () => {
		const elsewhere = await startRecorder();
		sandbox.faults.add({ call: '*', effect: { redirect: elsewhere.url } });

		await errorOf('searchLeads', sandbox);
		await elsewhere.close();

		expect(elsewhere.connections.made).toBe(0);
	});
});
