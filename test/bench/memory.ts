import { Setting } from '../e2e/setting';
import { memoryForLargeUpload } from '../e2e/uploadMemory';
import type { Bench } from './bench';
import { atMost, MB, median, megabytes, type Findings } from './figures';
import { peakOfUpload } from './uploader';

/** Processes per size: when the garbage collector runs differs from one to the next. */
const PROCESSES = 3;

/** What a large file costs in memory. */
export async function memory(bench: Bench): Promise<Findings> {
	bench.say(`25 and 600 MB by n8n's HTTP helper, in ${PROCESSES} processes each`);
	const small = await medianPeak(bench, 25 * MB);
	const large = await medianPeak(bench, 600 * MB);
	bench.say('1 and 600 MB in an n8n server');
	const inServer = await moreInServer();
	return {
		verdicts: [
			atMost('Memory of an n8n server: 600 MB over 1 MB', inServer, 48 * MB, megabytes),
			atMost(
				"Memory of a bare process with n8n's HTTP helper: 600 MB over 25 MB",
				large - small,
				16 * MB,
				megabytes,
			),
		],
	};
}

async function medianPeak(bench: Bench, size: number): Promise<number> {
	const file = await bench.store.file(size);
	const start = async () => await bench.start('closeFiles', bench.sandbox);
	const peaks: number[] = [];
	for (let process = 0; process < PROCESSES; process++) {
		peaks.push(await peakOfUpload(start, file));
	}
	return median(peaks);
}

async function moreInServer(): Promise<number> {
	const setting = await Setting.create({ discard: true });
	try {
		return await memoryForLargeUpload(setting);
	} finally {
		await setting.close();
	}
}
