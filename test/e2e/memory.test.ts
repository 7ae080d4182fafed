/* eslint-disable @n8n/community-nodes/no-restricted-globals -- tests never ship */
import { Setting } from './setting';
import { memoryForLargeUpload } from './uploadMemory';

const MB = 1e6;
/** How much more of the server's memory an upload of 600 MB may take than one of 1 MB. */
const allowance = 48 * MB;

/** Two n8n commands, a start and two uploads: a minute, several on a busy machine. */
const SETUP_AND_UPLOADS_MS = 400_000;

let setting: Setting;

beforeAll(async () => {
	setting = await Setting.create({ discard: true });
});

afterAll(async () => await setting?.close());

// Only Linux tells a process' highest memory use.
const onLinux = process.platform === 'linux' ? it : it.skip;

onLinux(
	'takes hardly more memory for 600 MB than for 1 MB',
	async () => {
		const more = await memoryForLargeUpload(setting);

		process.stdout.write(`Memory: ${Math.round(more / MB)} MB more for 600 MB\n`);
		expect(more).toBeLessThanOrEqual(allowance);
	},
	SETUP_AND_UPLOADS_MS,
);
