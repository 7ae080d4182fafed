import { aSandbox } from '../support/aSandbox';
import { itemsWithFiles, uploading } from '../support/builders';
import { errorOf, wholeTextOf } from '../support/observations';

const sandbox = aSandbox();

describe('the base URL', () => {
	it.each([
		'http://close.example/api/v1',
		'http://127.0.0.1.evil.example/api/v1',
		'http://localhost.evil.example/api/v1',
		'http://10.0.0.1/api/v1',
		'http://[::2]/api/v1',
		'https://user:pass@api.close.com/api/v1',
		'https://api.close.com/api/v1?x=1',
		'ftp://127.0.0.1/',
		'api.close.com',
		'',
	])('%j is refused before any request', async (baseUrl) => {
		const credential = { baseUrl, apiKey: 'api_secret' };

		const error = await errorOf(uploading(sandbox, await itemsWithFiles(1), {}, { credential }));

		expect(error.message).toContain("'Base URL' of the credential");
		expect(error.description).toContain('https://api.close.com/api/v1');
		expect(wholeTextOf(error)).not.toContain('pass@');
	});

	it('may end in slashes', async () => {
		const credential = { ...sandbox, baseUrl: `${sandbox.baseUrl}//` };

		expect(
			await uploading(sandbox, await itemsWithFiles(1), {}, { credential }).run(),
		).toHaveLength(1);
	});

	it('may name this machine', async () => {
		const baseUrl = sandbox.baseUrl.replace('127.0.0.1', 'localhost');
		const credential = { ...sandbox, baseUrl };

		expect(
			await uploading(sandbox, await itemsWithFiles(1), {}, { credential }).run(),
		).toHaveLength(1);
	});
});
