/* eslint-disable @n8n/community-nodes/no-restricted-globals -- tests never ship */
import { memoryForLargeDownload, memoryForLargeUpload } from './serverMemory';
import { Setting } from './setting';

const MB = 1e6;
/**
 * Large enough for the buffers that V8 lets come together before it collects the first, and that
 * differ with the load of the machine (docs/decisions/0016).
 */
const smaller = 150 * MB;
/** How much more of the server's memory a file of 600 MB may take than the smaller one. */
const allowance = 48 * MB;

/** Some n8n commands, a start and two files: a minute, several on a busy machine. */
const SETUP_AND_FILES_MS = 400_000;

let setting: Setting | undefined;

afterEach(async () => await setting?.close());

// Only Linux tells a process' highest memory use.
const onLinux = process.platform === 'linux' ? it : it.skip;

const report = (way: string, more: number) =>
	process.stdout.write(`Memory: ${Math.round(more / MB)} MB more for ${way} of 600 MB\n`);

onLinux(
	'takes hardly more memory to upload 600 MB than 150 MB',
	async () => {
		setting = await Setting.create({ discard: true });

		const more = await memoryForLargeUpload(setting, smaller);

		report('an upload', more);
		expect(more).toBeLessThanOrEqual(allowance);
	},
	SETUP_AND_FILES_MS,
);

onLinux(
	'takes hardly more memory to download 600 MB than 150 MB, from a storage that gets no credential',
	async () => {
		setting = await Setting.create();

		const more = await memoryForLargeDownload(setting, smaller);

		report('a download', more);
		expect(more).toBeLessThanOrEqual(allowance);
		const reads = setting.sandbox.requests.filter(({ call }) => call === 'GET s3');
		expect(reads.map(({ status }) => status)).toEqual([200, 200]);
		for (const { headers } of reads) expect(headers).not.toHaveProperty('authorization');
	},
	SETUP_AND_FILES_MS,
);
