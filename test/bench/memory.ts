import { Setting } from '../e2e/setting';
import { memoryForLargeDownload, memoryForLargeUpload } from '../e2e/serverMemory';
import type { SandboxOptions } from '../sandbox/server';
import type { Bench } from './bench';
import type { ContenderName } from './contenders';
import {
	atMost,
	MB,
	median,
	megabytes,
	type Comparison,
	type Findings,
	type Verdict,
} from './figures';
import { peakOfUpload } from './uploader';

const SMALL = 25 * MB;
const MEDIUM = 150 * MB;
const LARGE = 600 * MB;

/** Processes per figure: when the garbage collector runs differs from one to the next. */
const PROCESSES = 3;

/** What a large file costs in memory. */
export async function memory(bench: Bench): Promise<Findings> {
	bench.say(`25 and 600 MB by n8n's HTTP helper, in ${PROCESSES} processes each`);
	const oneSmall = await peak(bench, 'closeFiles', SMALL);
	const asMuch = await peak(bench, 'closeFiles', SMALL, LARGE / SMALL);
	const large = await peak(bench, 'closeFiles', LARGE);
	const floor = [
		await peak(bench, 'httpHelper', SMALL),
		await peak(bench, 'httpHelper', SMALL, LARGE / SMALL),
		await peak(bench, 'httpHelper', LARGE),
	];
	bench.say(`1 and 600 MB in ${PROCESSES} n8n servers, and back`);
	const server = await inServer();
	return {
		verdicts: [
			...server,
			atMost(
				"Memory of a bare process with n8n's HTTP helper: a file of 600 MB over as much in files of 25 MB",
				large - asMuch,
				16 * MB,
				megabytes,
			),
		],
		comparisons: [comparison([oneSmall, asMuch, large], floor)],
	};
}

/** The median of the highest memory that new processes take for a number of uploads, in bytes. */
async function peak(
	bench: Bench,
	contender: ContenderName,
	size: number,
	uploads = 1,
): Promise<number> {
	const file = await bench.store.file(size);
	const start = async () => await bench.start(contender, bench.sink);
	const peaks: number[] = [];
	for (let process = 0; process < PROCESSES; process++) {
		peaks.push(await peakOfUpload(start, file, uploads));
	}
	return median(peaks);
}

/**
 * Uploads and downloads in an n8n server. What the buffers of V8 take, n8n's own helper takes as well
 * (the comparison): over 1 MB they are a floor as long as nothing comes on top over 150 MB.
 */
async function inServer(): Promise<Verdict[]> {
	const overSmall: number[] = [];
	for (let server = 0; server < PROCESSES; server++) {
		overSmall.push(await moreInServer({ discard: true }, uploadOver(MB)));
	}
	const overMedium = await moreInServer({ discard: true }, uploadOver(MEDIUM));
	const downloaded = await moreInServer({}, async (setting) => {
		return await memoryForLargeDownload(setting, MEDIUM);
	});

	const verdict = (what: string, more: number) =>
		atMost(`Memory of an n8n server: ${what}`, more, 48 * MB, megabytes);
	const small = verdict('600 MB over 1 MB, uploaded', median(overSmall));
	const medium = verdict('600 MB over 150 MB, uploaded', overMedium);
	const floored = small.met || !medium.met ? small : { ...small, floor: "no: n8n's floor" };
	return [floored, medium, verdict('600 MB over 150 MB, downloaded', downloaded)];
}

const uploadOver = (smallerSize: number) => async (setting: Setting) =>
	await memoryForLargeUpload(setting, smallerSize);

async function moreInServer(
	options: SandboxOptions,
	measure: (setting: Setting) => Promise<number>,
): Promise<number> {
	const setting = await Setting.create(options);
	try {
		return await measure(setting);
	} finally {
		await setting.close();
	}
}

function comparison(ours: number[], floor: number[]): Comparison {
	const loads = ['1 of 25 MB', `${LARGE / SMALL} of 25 MB, one after another`, '1 of 600 MB'];
	return {
		title: 'Memory by the size of the file',
		text: FLOOR,
		head: ['files', 'Close Files', "n8n's HTTP helper alone"],
		rows: loads.map((load, index) => [load, megabytes(ours[index]), megabytes(floor[index])]),
	};
}

const FLOOR = `Peak of a bare process, the median of ${PROCESSES}. The limit compares the last two rows. A single file of 25 MB
ends before the garbage collector has looked at the first of the buffers that n8n's store reads into:
V8 lets some 64 MB of them come together, whoever sends them. The second column is n8n's HTTP helper
with n8n's own stream and nothing of this package.`;
