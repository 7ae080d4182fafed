import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { CloseFiles } from '../../nodes/CloseFiles/CloseFiles.node';
import { startSandbox, type Sandbox } from '../sandbox/server';
import { createPickListContext } from '../support/context';
import { startRecorder } from '../support/recorder';

const node = new CloseFiles();

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const search = async (
	filter?: string,
	cursor?: string,
	credential = sandbox as { baseUrl: string; apiKey: string },
) => {
	const context = createPickListContext(node, credential) as unknown as ILoadOptionsFunctions;
	return await node.methods.listSearch.searchLeads.call(context, filter, cursor);
};
const namesFor = async (filter?: string) => (await search(filter)).results.map(({ name }) => name);
const errorFor = async (credential?: { baseUrl: string; apiKey: string }) =>
	await search(undefined, undefined, credential).then(
		() => Promise.reject(new Error('the search succeeded')),
		(error: Error & { description?: string }) => error,
	);

describe('the list of leads', () => {
	it('shows names, gives IDs, and links to Close', async () => {
		const { results } = await search();

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
		expect(await namesFor(filter)).toEqual(names);
	});

	it('comes in pages of 50 until there is no more', async () => {
		for (let number = 0; number < 100; number++)
			sandbox.account.addLead({ name: `Lead ${number}` });

		const first = await search();
		const second = await search('', first.paginationToken as string);
		const third = await search('', second.paginationToken as string);

		expect([first, second, third].map(({ results }) => results.length)).toEqual([50, 50, 4]);
		expect(third.paginationToken).toBeUndefined();
		const ids = [first, second, third].flatMap(({ results }) => results.map(({ value }) => value));
		expect(new Set(ids).size).toBe(104);
	});

	it('is one request for each page', async () => {
		await search('bluth');

		expect(sandbox.requests.map(({ call }) => call)).toEqual(['POST /data/search/']);
	});

	it('says what to do when Close does not accept the key', async () => {
		const error = await errorFor({ ...sandbox, apiKey: 'api_wrong' });

		expect(error.message).toBe('Close did not accept the credential to search the leads');
		expect(error.description).toContain("Check 'API Key' of the credential");
	});

	it('says what Close says', async () => {
		sandbox.faults.add({ call: '*', effect: { status: 400, body: { error: 'No search today.' } } });

		expect((await errorFor()).message).toBe('Close refused to search the leads: No search today.');
	});

	it('is asked for again after a passing error', async () => {
		sandbox.faults.add({ call: '*', effect: { status: 503 } });

		expect(await namesFor('bluth')).toEqual(['Bluth Company']);
	});

	it('is not asked for over plain http elsewhere', async () => {
		const error = await errorFor({ baseUrl: 'http://close.example/api/v1', apiKey: 'api_secret' });

		expect(error.message).toBe("'Base URL' of the credential cannot be used: http://close.example");
	});

	it('follows no redirect', async () => {
		const elsewhere = await startRecorder();
		sandbox.faults.add({ call: '*', effect: { redirect: elsewhere.url } });

		await errorFor();
		await elsewhere.close();

		expect(elsewhere.connections.made).toBe(0);
	});
});
