import type { IBinaryData } from 'n8n-workflow';
import type { Effect } from '../sandbox/server';
import { aSandbox } from '../support/aSandbox';
import { aFile, anItem, content, emailing, locator, md5, noting } from '../support/builders';
import { throwAsIn1x } from '../support/errorsOf1x';
import { binaryModes, execution, useBinaryMode, type ExecutionOptions } from '../support/execution';
import { callsTo, errorOf } from '../support/observations';
import { fileOf, startWebServer, type WebServer } from '../support/webServer';

jest.mock('n8n-workflow', () => jest.requireActual('../support/skipWaits'));

const sandbox = aSandbox();
let web: WebServer;
beforeEach(async () => {
	web = await startWebServer();
	await useBinaryMode('filesystem');
});
afterEach(async () => await web.close());

const LOCATE = 'GET /go/file/';
const FETCH = 'GET s3';

const running = (parameters: ExecutionOptions['parameters']) =>
	execution({ credential: sandbox, items: [anItem()], parameters });
const downloading = (fileUrl: string, more: ExecutionOptions['parameters'] = {}) =>
	running({ resource: 'file', operation: 'download', fileUrl, ...more });

/** An email in Close with files of these names; answers its ID and the URLs of its attachments. */
async function anEmailWith(...names: string[]) {
	const files = Object.fromEntries(
		await Promise.all(names.map(async (name) => [name, await aFile(name, { size: 100_000 })])),
	) as Record<string, IBinaryData>;
	const [{ json }] = await emailing(sandbox, [anItem(files)], { binaryPropertyName: '*' }).run();
	sandbox.requests.length = 0;
	const urls = (json.attachments as Array<{ url: string }>).map(({ url }) => url);
	return { id: String(json.id), urls };
}

/** The bytes that stand on an item now. */
async function bytesOf(binary: IBinaryData | undefined): Promise<Buffer> {
	if (binary?.id === undefined) return Buffer.from(binary?.data ?? '', 'base64');
	return await (await useBinaryMode('filesystem')).getAsBuffer(binary);
}

describe('Download', () => {
	it.each(binaryModes)('gives the same bytes into the %s store', async (mode) => {
		const { urls } = await anEmailWith('Offer.pdf');
		await useBinaryMode(mode);

		const [output] = await downloading(urls[0]).run();

		expect(md5(await bytesOf(output.binary?.data))).toBe(md5(content(100_000, 'Offer.pdf')));
		expect(output.binary?.data).toMatchObject({
			fileName: 'Offer.pdf',
			mimeType: 'application/pdf',
		});
		expect(output.json).toEqual({
			url: urls[0],
			filename: 'Offer.pdf',
			content_type: 'application/pdf',
			size: 100_000,
		});
		expect(output.pairedItem).toEqual({ item: 0 });
	});

	it('finds the file on n8n 1.x, whose errors have lost where Close redirects to', async () => {
		const { urls } = await anEmailWith('Offer.pdf');
		const download = downloading(urls[0]);
		throwAsIn1x(download.context);

		const [output] = await download.run();

		expect(md5(await bytesOf(output.binary?.data))).toBe(md5(content(100_000, 'Offer.pdf')));
	});

	it('asks Close with the credential and the storage without it', async () => {
		const { urls } = await anEmailWith('Offer.pdf');

		await downloading(urls[0]).run();

		const [locate, fetch] = sandbox.requests;
		expect(callsTo(sandbox)).toEqual([LOCATE, FETCH]);
		expect(locate.path).toBe(new URL(urls[0]).pathname);
		expect(locate.headers.authorization).toBe(`Basic ${btoa(`${sandbox.apiKey}:`)}`);
		expect(fetch.headers).not.toHaveProperty('authorization');
	});

	it.each([1, 99_999])('gives a file of %d bytes', async (size) => {
		const files = anItem(await aFile('Offer.pdf', { size }));
		const [{ json }] = await emailing(sandbox, [files]).run();
		const [{ url }] = json.attachments as Array<{ url: string }>;

		const [output] = await downloading(url).run();

		expect(output.json.size).toBe(size);
	});

	it('puts the file into the field of the user’s choice', async () => {
		const { urls } = await anEmailWith('Offer.pdf');

		const [output] = await downloading(urls[0], { binaryPropertyName: 'offer' }).run();

		expect(Object.keys(output.binary ?? {})).toEqual(['offer']);
	});

	it('takes the URL on the API host too', async () => {
		const { urls } = await anEmailWith('Offer.pdf');

		const [output] = await downloading(urls[0].replace('app.', 'api.')).run();

		expect(output.json.filename).toBe('Offer.pdf');
	});

	it('asks for another signed URL when the storage breaks off', async () => {
		const { urls } = await anEmailWith('Offer.pdf');
		sandbox.faults.add({ call: FETCH, effect: { reset: 'before' } });
		sandbox.faults.add({ call: FETCH, skip: 1, effect: { status: 503 } });

		const [output] = await downloading(urls[0]).run();

		expect(callsTo(sandbox)).toEqual([LOCATE, FETCH, LOCATE, FETCH, LOCATE, FETCH]);
		expect(output.json.size).toBe(100_000);
	});

	it.each([
		['another host', 'https://evil.example/go/file/persisted/x/y/a.pdf/'],
		['a host that only begins like Close', 'https://app.close.com.evil.example/go/file/x/'],
		['Close as a user name', 'https://app.close.com@evil.example/go/file/x/'],
		['a password', 'https://a:b@app.close.com/go/file/x/'],
		['plain http', 'http://app.close.com/go/file/x/'],
		['another path', 'https://api.close.com/api/v1/me/'],
		['a path that leaves', 'https://app.close.com/go/../api/v1/me/'],
		['a path that leaves, encoded', 'https://app.close.com/go/%2e%2e/api/v1/me/'],
		['no URL', 'offer.pdf'],
		['nothing', ''],
	])('refuses %s before any request', async (_what, url) => {
		const error = await errorOf(downloading(url));

		expect(error.message).toMatch(/^'File URL' holds '.*', which is no file in Close$/);
		expect([...sandbox.requests, ...web.requests]).toEqual([]);
	});

	it('gives a redirect’s target no credential, wherever it points', async () => {
		const { urls } = await anEmailWith('Offer.pdf');
		web.paths['/stolen'] = fileOf(Buffer.from('bait'));
		const effect: Effect = { status: 302, headers: { Location: `${web.url}/stolen` } };
		sandbox.faults.add({ call: LOCATE, effect });

		await downloading(urls[0]).run();

		expect(web.requests).toHaveLength(1);
		expect(JSON.stringify(web.requests[0].headers)).not.toMatch(/authorization|api_/i);
	});

	it('follows no second redirect', async () => {
		const { urls } = await anEmailWith('Offer.pdf');
		web.paths['/on'] = (response) => response.writeHead(302, { Location: '/stolen' }).end();
		const effect: Effect = { status: 302, headers: { Location: `${web.url}/on` } };
		sandbox.faults.add({ call: LOCATE, effect });

		const error = await errorOf(downloading(urls[0]));

		expect(error.message).toContain('the server answered with status 302');
		expect(web.requests).toHaveLength(1);
	});

	it('takes no page of Close for the file', async () => {
		const { urls } = await anEmailWith('Offer.pdf');
		const effect: Effect = { status: 302, headers: { Location: 'https://app.close.com/login/' } };
		sandbox.faults.add({ call: LOCATE, effect });

		expect((await errorOf(downloading(urls[0]))).message).toBe(
			"Close did not give out the file 'Offer.pdf'",
		);
	});

	it.each([
		['a file that Close does not know', '/go/file/persisted/orga_1/x/y/token/a.pdf/', 404],
		['an answer without a redirect', undefined, 200],
	])('tells of %s', async (_what, path, status) => {
		const { urls } = await anEmailWith('Offer.pdf');
		if (status === 200) sandbox.faults.add({ call: LOCATE, times: 5, effect: { status } });

		const error = await errorOf(downloading(path ? `https://app.close.com${path}` : urls[0]));

		expect(error.message).toMatch(/find the file '(a|Offer)\.pdf'/);
		expect(error.context.data).toMatchObject({ status });
	});
});

describe('Download Attachments', () => {
	const ofEmail = (id: string) => ({
		resource: 'email',
		operation: 'downloadAttachments',
		emailId: locator(id),
	});

	it('gives one item for a record, with a field for each file', async () => {
		const { id } = await anEmailWith('A.pdf', 'B.pdf', 'C.pdf');

		const outputs = await running(ofEmail(id)).run();

		expect(outputs).toHaveLength(1);
		const [{ json, binary = {} }] = outputs;
		expect(json.id).toBe(id);
		expect(Object.entries(binary).map(([field, { fileName }]) => [field, fileName])).toEqual([
			['attachment_0', 'A.pdf'],
			['attachment_1', 'B.pdf'],
			['attachment_2', 'C.pdf'],
		]);
		expect(md5(await bytesOf(binary.attachment_2))).toBe(md5(content(100_000, 'C.pdf')));
	});

	it('names the fields as the user wants', async () => {
		const { id } = await anEmailWith('A.pdf');

		const [{ binary }] = await running({ ...ofEmail(id), attachmentsPrefix: 'file' }).run();

		expect(Object.keys(binary ?? {})).toEqual(['file0']);
	});

	it('takes name and type from the URL and the storage where Close holds none', async () => {
		const { id } = await anEmailWith('A.pdf');
		const [attachment] = sandbox.account.email(id)?.attachments ?? [];
		Object.assign(attachment, { filename: null, content_type: null });

		const [{ binary }] = await running(ofEmail(id)).run();

		expect(binary?.attachment_0).toMatchObject({ fileName: 'A.pdf', mimeType: 'application/pdf' });
	});

	it('gives the record without files where it has none', async () => {
		const { id } = await anEmailWith('A.pdf');
		const email = sandbox.account.email(id);
		if (email) email.attachments = [];

		const [{ json, binary }] = await running(ofEmail(id)).run();

		expect([json.id, binary]).toEqual([id, {}]);
	});

	it('brings a note’s files back as they were sent', async () => {
		const file = await aFile('Plan.pdf', { size: 5_000 });
		const [{ json }] = await noting(sandbox, [anItem(file)]).run();

		const [{ binary }] = await running({
			resource: 'note',
			operation: 'downloadAttachments',
			noteId: locator(String(json.id)),
		}).run();

		expect(md5(await bytesOf(binary?.attachment_0))).toBe(md5(content(5_000, 'Plan.pdf')));
	});
});
