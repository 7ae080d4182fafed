import { createHash } from 'crypto';
import { startSandbox, type Sandbox } from '../sandbox/server';
import { binaryModes, execution, storeBinary, useBinaryMode } from '../support/execution';

describe('Upload File', () => {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox();
	});
	afterEach(() => sandbox.reset());
	afterAll(async () => await sandbox.close());

	it.each(binaryModes)('uploads byte for byte from the %s store', async (mode) => {
		await useBinaryMode(mode);
		const content = Buffer.alloc(300_000, 'offer ');
		const data = await storeBinary(content, { fileName: 'Offer.pdf' });
		const { run } = execution({
			credential: sandbox,
			parameters: { resource: 'file', operation: 'upload' },
			items: [{ json: {}, binary: { data } }],
		});

		const [output] = await run();

		const md5 = createHash('md5').update(content).digest('hex');
		expect(output.json).toMatchObject({
			filename: 'Offer.pdf',
			content_type: 'application/pdf',
			size: 300_000,
			checksum: md5,
		});
		expect(output.pairedItem).toEqual({ item: 0 });
		expect(sandbox.s3.object(String(output.json.url))).toMatchObject({ md5, size: 300_000 });
	});
});
