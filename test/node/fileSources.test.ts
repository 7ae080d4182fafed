import { aSandbox } from '../support/aSandbox';
import { anItem, content, emailing, errorItems, goOn, md5, uploading } from '../support/builders';
import { binaryModes, useBinaryMode } from '../support/execution';
import { callsTo, errorOf, formsTo, jsonOf } from '../support/observations';
import { fileOf, startWebServer, type WebServer } from '../support/webServer';

jest.mock('n8n-workflow', () => jest.requireActual('../support/skipWaits'));

const sandbox = aSandbox();
let web: WebServer;
beforeEach(async () => {
	web = await startWebServer();
	await useBinaryMode('filesystem');
});
afterEach(async () => await web.close());

const offer = content(200_000, 'offer');
const pdf = { 'Content-Type': 'application/pdf' };
const fromUrl = (path: string, parameters = {}, items = [anItem()]) =>
	uploading(sandbox, items, { fileSource: 'url', fileUrl: web.url + path, ...parameters });

describe('a file made of text', () => {
	const fromText = (parameters = {}) =>
		uploading(sandbox, [anItem()], {
			fileSource: 'text',
			fileName: 'notes.txt',
			fileContent: 'Grüße — Ann',
			...parameters,
		});

	it('holds the text in UTF-8', async () => {
		const [output] = await fromText().run();

		const bytes = Buffer.from('Grüße — Ann');
		expect(output.json).toMatchObject({
			filename: 'notes.txt',
			content_type: 'text/plain',
			size: bytes.length,
			checksum: md5(bytes),
		});
		expect(sandbox.s3.object(String(output.json.url))?.md5).toBe(md5(bytes));
	});

	it.each([
		['the extension', { fileName: 'leads.csv' }, 'leads.csv', 'text/csv'],
		['nothing, where there is none', { fileName: 'README' }, 'README', 'text/plain'],
		['the option', { options: { contentType: 'text/x-log' } }, 'notes.txt', 'text/x-log'],
		['the name in the options', { options: { fileName: 'a.html' } }, 'a.html', 'text/html'],
	])('has the type that %s tells', async (_what, parameters, filename, contentType) => {
		const [output] = await fromText(parameters).run();

		expect(output.json).toMatchObject({ filename, content_type: contentType });
	});

	it.each([
		['content', { fileContent: '' }, "'File Content' is empty"],
		['name', { fileName: '' }, "'File Name' is empty"],
		['small enough content', { options: { maxFileSizeMb: 0.00001 } }, 'more than the'],
	])('without %s is refused before any request', async (_what, parameters, message) => {
		const error = await errorOf(fromText(parameters));

		expect(error.message).toContain(message);
		expect(sandbox.requests).toEqual([]);
	});

	it('is uploaded once for items with the same text, and apart for others', async () => {
		const items = ['a', 'b', 'a'].map((text) => anItem({}, { text }));

		const outputs = await emailing(sandbox, items, {
			fileSource: 'text',
			fileName: 'notes.txt',
			fileContent: '={{ $json.text }}',
		}).run();

		expect(outputs).toHaveLength(3);
		expect(formsTo(sandbox)).toHaveLength(2);
	});
});

describe('a file at a URL', () => {
	it.each(binaryModes)('arrives byte for byte through the %s store', async (mode) => {
		await useBinaryMode(mode);
		web.paths['/files/Offer%201.pdf'] = fileOf(offer, pdf);

		const [output] = await fromUrl('/files/Offer%201.pdf?sig=x').run();

		expect(output.json).toMatchObject({
			filename: 'Offer 1.pdf',
			content_type: 'application/pdf',
			size: offer.length,
			checksum: md5(offer),
		});
		expect(sandbox.s3.object(String(output.json.url))?.md5).toBe(md5(offer));
	});

	it('is asked for without the Close credential', async () => {
		web.paths['/a.pdf'] = fileOf(offer, pdf);

		await fromUrl('/a.pdf').run();

		expect(web.requests).toHaveLength(1);
		expect(web.requests[0].headers).not.toHaveProperty('authorization');
	});

	it('is found behind a redirect', async () => {
		web.paths['/a'] = (response) => response.writeHead(302, { Location: '/b.pdf' }).end();
		web.paths['/b.pdf'] = fileOf(offer, pdf);

		const [output] = await fromUrl('/a').run();

		expect(output.json.checksum).toBe(md5(offer));
	});

	it.each([
		['the server', { 'Content-Disposition': 'attachment; filename="A \\"B\\".pdf"' }, 'A "B".pdf'],
		[
			'the server, encoded',
			{ 'Content-Disposition': "attachment; filename=x.pdf; filename*=UTF-8''%C3%84.pdf" },
			'Ä.pdf',
		],
		['the URL', {}, 'download'],
	])('is called what %s calls it', async (_what, headers: Record<string, string>, filename) => {
		web.paths['/download'] = fileOf(offer, headers);

		const [output] = await fromUrl('/download').run();

		expect(output.json.filename).toBe(filename);
	});

	it('has the type of its extension where the server calls every file octets', async () => {
		web.paths['/a.pdf'] = fileOf(offer, { 'Content-Type': 'application/octet-stream' });

		const [output] = await fromUrl('/a.pdf').run();

		expect(output.json.content_type).toBe('application/pdf');
	});

	it('is fetched and uploaded once for items that ask for the same', async () => {
		web.paths['/a.pdf'] = fileOf(offer, pdf);
		const parameters = { fileSource: 'url', fileUrl: `${web.url}/a.pdf` };

		await emailing(sandbox, [anItem(), anItem(), anItem()], parameters).run();

		expect(web.requests).toHaveLength(1);
		expect(formsTo(sandbox)).toHaveLength(1);
		expect(sandbox.account.emails).toHaveLength(3);
	});

	it('is tried again when its server breaks off', async () => {
		let count = 0;
		web.paths['/a.pdf'] = (response) => {
			count++;
			if (count > 1) return fileOf(offer, pdf)(response);
			response.writeHead(200, { 'Content-Length': offer.length });
			response.write(offer.subarray(0, 1000), () => response.destroy());
		};

		const [output] = await fromUrl('/a.pdf').run();

		expect(output.json.checksum).toBe(md5(offer));
	});

	it.each([
		['404', '/none.pdf', 'the server answered with status 404', 1],
		['503', '/busy.pdf', 'status 503', 4],
		['what breaks off each time', '/cut.pdf', 'the connection was cut', 4],
	])('that gives %s is told, and nothing is uploaded', async (_what, path, message, tries) => {
		web.paths['/busy.pdf'] = (response) => response.writeHead(503).end();
		web.paths['/cut.pdf'] = (response) => {
			response.writeHead(200, { 'Content-Length': 10 });
			response.write('abc', () => response.destroy());
		};

		const error = await errorOf(fromUrl(`${path}?token=secret`));

		expect(error.message).toContain(`'File URL' gave no file from ${web.url}${path}: `);
		expect(error.message).toContain(message);
		expect(web.requests).toHaveLength(tries);
		expect(sandbox.requests).toEqual([]);
	});

	it('that never comes to its end is given up after Timeout', async () => {
		web.paths['/slow.pdf'] = (response) => {
			response.writeHead(200, { 'Content-Length': 10 });
			response.write('abc');
		};

		const error = await errorOf(fromUrl('/slow.pdf', { options: { timeout: 0.05 } }));

		expect(error.message).toContain('the connection was cut');
	});

	it.each([
		['no address', 'offer', "'File URL' holds 'offer', which is no address"],
		['another protocol', 'file:///etc/passwd', 'which is no address of a file on the web'],
		['data', 'data:text/plain,abc', 'which is no address of a file on the web'],
		['nothing', '  ', "'File URL' is empty"],
	])('given as %s is refused before any request', async (_what, fileUrl, message) => {
		const error = await errorOf(fromUrl('', { fileUrl }));

		expect(error.message).toContain(message);
		expect([...web.requests, ...sandbox.requests]).toEqual([]);
	});

	it('over the limit is refused by the length that the server tells, unread', async () => {
		web.paths['/a.pdf'] = fileOf(offer, pdf);

		const error = await errorOf(fromUrl('/a.pdf', { options: { maxFileSizeMb: 0.1 } }));

		expect(error.message).toContain("more than the 0.1 MB of 'Max File Size (MB)'");
		expect(sandbox.requests).toEqual([]);
	});

	it('is fetched before any file of its item is uploaded', async () => {
		const items = [
			anItem({}, { url: `${web.url}/none.pdf` }),
			anItem({}, { url: `${web.url}/a.pdf` }),
		];
		web.paths['/a.pdf'] = fileOf(offer, pdf);

		const outputs = await uploading(
			sandbox,
			items,
			{ fileSource: 'url', fileUrl: '={{ $json.url }}' },
			goOn,
		).run();

		expect(errorItems(outputs)).toEqual([0]);
		expect(callsTo(sandbox)).toEqual(['POST /files/upload/', 'POST s3']);
		expect(jsonOf(outputs)[1].checksum).toBe(md5(offer));
	});
});
