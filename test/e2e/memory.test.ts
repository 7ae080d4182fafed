/* eslint-disable @n8n/community-nodes/no-restricted-globals -- tests never ship */
import type { IBinaryData } from 'n8n-workflow';

import { Session, whenLive } from '../n8n/session';
import { chain, closeFiles, manualTrigger, outputOf, readFiles, webhook } from '../n8n/workflow';
import { Setting, type SampleFile } from './setting';

const MB = 1e6;
/** How much more of the server's memory an upload of 600 MB may take than one of 1 MB. */
const allowance = 48 * MB;

let setting: Setting;
let session: Session;

beforeAll(async () => {
	setting = await Setting.create({ discard: true });
	const small = await setting.writeFile('small.bin', MB);
	const large = await setting.writeFile('large.bin', 600 * MB);
	const uploads = [await uploadOf(small), await uploadOf(large)];
	await setting.n8n.import([setting.credential], uploads);
	await setting.n8n.start();
	session = await Session.open(setting.n8n.url);
	for (const { id } of uploads) await session.publish(id);
});

afterAll(async () => await setting?.close());

/**
 * A workflow that uploads a file of n8n's store.
 *
 * Another process puts the file there: n8n's own node that reads it from disk costs 80 MB for a
 * file of 600 MB, behind which as much of ours would not be seen.
 */
async function uploadOf({ name, path }: SampleFile) {
	const store = chain(`Store ${name}`, manualTrigger(), readFiles(path));
	await setting.n8n.import([], [store]);
	const [item] = outputOf(await setting.n8n.execute(store.id), 'Read Files');
	const { data } = item.binary as { data: IBinaryData };
	const parameters = setting.email({ binaryPropertyName: `={{ ${JSON.stringify(data)} }}` });
	return chain(`Upload ${name}`, webhook(name), closeFiles(setting.credential, parameters));
}

/** The server's highest memory so far, in bytes, after another upload. */
async function peakAfterUpload(name: string, size: number): Promise<number> {
	const answer = await whenLive(`${setting.n8n.url}/webhook/${name}`);
	const upload = setting.sandbox.requests.filter(({ server }) => server === 's3').at(-1);

	expect(answer.status).toBe(200);
	expect(upload?.form?.file).toMatchObject({ filename: name, size });
	return setting.n8n.peakMemory;
}

// Only Linux tells a process' highest memory use.
const onLinux = process.platform === 'linux' ? it : it.skip;

onLinux('takes hardly more memory for 600 MB than for 1 MB', async () => {
	const before = await peakAfterUpload('small.bin', MB);
	const after = await peakAfterUpload('large.bin', 600 * MB);

	process.stdout.write(`Memory: ${Math.round((after - before) / MB)} MB more for 600 MB\n`);
	expect(after - before).toBeLessThanOrEqual(allowance);
});
