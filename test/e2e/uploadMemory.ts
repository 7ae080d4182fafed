import type { IBinaryData } from 'n8n-workflow';

import { Session, whenLive } from '../n8n/session';
import { chain, closeFiles, manualTrigger, outputOf, readFiles, webhook } from '../n8n/workflow';
import type { Setting, SampleFile } from './setting';

const MB = 1e6;

/**
 * How many bytes more an n8n server takes at its highest for an upload of 600 MB than for one of
 * 1 MB. The setting's n8n runs afterwards.
 */
export async function memoryForLargeUpload(setting: Setting): Promise<number> {
	const small = await setting.writeFile('small.bin', MB);
	const large = await setting.writeFile('large.bin', 600 * MB);
	const uploads = [await uploadOf(setting, small), await uploadOf(setting, large)];
	await setting.n8n.import([setting.credential], uploads);
	await setting.n8n.start();
	const session = await Session.open(setting.n8n.url);
	for (const { id } of uploads) await session.publish(id);

	const before = await peakAfterUpload(setting, small);
	return (await peakAfterUpload(setting, large)) - before;
}

/**
 * A workflow that uploads a file of n8n's store.
 *
 * Another process puts the file there: n8n's own node that reads it from disk costs 80 MB for a
 * file of 600 MB, behind which as much of ours would not be seen.
 */
async function uploadOf(setting: Setting, { name, path }: SampleFile) {
	const store = chain(`Store ${name}`, manualTrigger(), readFiles(path));
	await setting.n8n.import([], [store]);
	const [item] = outputOf(await setting.n8n.execute(store.id), 'Read Files');
	const { data } = item.binary as { data: IBinaryData };
	const parameters = setting.email({ binaryPropertyName: `={{ ${JSON.stringify(data)} }}` });
	return chain(`Upload ${name}`, webhook(name), closeFiles(setting.credential, parameters));
}

/** The server's highest memory so far, in bytes, after another upload. */
async function peakAfterUpload(setting: Setting, { name, size }: SampleFile): Promise<number> {
	const { status } = await whenLive(`${setting.n8n.url}/webhook/${name}`);
	const upload = setting.sandbox.requests.filter(({ server }) => server === 's3').at(-1);
	const { filename, size: arrived } = upload?.form?.file ?? {};
	if (status !== 200 || filename !== name || arrived !== size) {
		throw new Error(`n8n answered ${status}; ${arrived} bytes of '${filename}' arrived at S3`);
	}
	return setting.n8n.peakMemory;
}
