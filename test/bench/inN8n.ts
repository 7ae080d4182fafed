import type { IRun } from 'n8n-workflow';

import { Setting } from '../e2e/setting';
import { chain, closeFiles, manualTrigger, outputOf, readFiles } from '../n8n/workflow';
import { MB } from './figures';
import { basicAuth, httpRequestSteps, httpRequestWorkflow } from './httpRequestNodes';

/** Files of one workflow run, an item each. */
export interface Load {
	label: string;
	files: number;
	/** Bytes of each. */
	size: number;
}

export interface Cost {
	/** Highest memory of n8n's process, in bytes. */
	peak: number;
	/** Of the nodes that bring the files to Close, in ms. */
	ms: number;
}

export interface Costs {
	closeFiles: Cost;
	httpRequest: Cost;
}

/**
 * What a draft for each file costs in a real n8n, by this package and by n8n's own nodes. Every run
 * has an n8n process to itself, which reads the files from disk before.
 */
export async function costsInN8n(loads: Load[]): Promise<Costs[]> {
	const setting = await Setting.create({ discard: true });
	try {
		await setting.n8n.import([setting.credential, basicAuth(setting.sandbox)], []);
		const costs: Costs[] = [];
		for (const load of loads) costs.push(await costsOf(setting, load));
		return costs;
	} finally {
		await setting.close();
	}
}

async function costsOf(setting: Setting, { label, files, size }: Load): Promise<Costs> {
	const name = label.replaceAll(' ', '-');
	for (let file = 0; file < files; file++) await setting.writeFile(`${name}-${file}.bin`, size);
	const pattern = `${setting.n8n.filesFolder}/${name}-*.bin`;
	const ours = chain(
		`Close Files ${label}`,
		manualTrigger(),
		readFiles(pattern),
		closeFiles(setting.credential, setting.email()),
	);
	const theirs = httpRequestWorkflow(`HTTP Request ${label}`, pattern, setting.sandbox);
	await setting.n8n.import([], [ours, theirs]);

	const cost = async (id: string, steps: string[]): Promise<Cost> => {
		const drafts = setting.sandbox.account.emails.length;
		const run = await setting.n8n.execute(id);
		const made = setting.sandbox.account.emails.slice(drafts);
		const attached = made.flatMap(({ attachments }) => attachments);
		const whole = attached.filter((attachment) => attachment.size === size).length;
		const last = steps.at(-1) ?? '';
		if (whole !== files || outputOf(run, last).length !== files) {
			throw new Error(`${whole} of ${files} files of ${size / MB} MB were attached by ${last}`);
		}
		return { peak: run.peakMemory, ms: timeOf(run, steps) };
	};
	return {
		closeFiles: await cost(ours.id, ['Close Files']),
		httpRequest: await cost(theirs.id, httpRequestSteps),
	};
}

function timeOf(run: IRun, steps: string[]): number {
	const { runData } = run.data.resultData;
	const times = steps.map((step) => runData[step].at(-1)?.executionTime ?? 0);
	return times.reduce((sum, ms) => sum + ms, 0);
}
