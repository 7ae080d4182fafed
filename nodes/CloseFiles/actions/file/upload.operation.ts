import { toJson } from '../../files/attachment';
import { uploadAll } from '../../files/uploads';
import type { OutputItem, Run } from '../../run';
import { fileOptions, uploadFields } from '../fields/files';
import { optionsField } from '../fields/options';
import { readFilesToUpload } from '../fields/readFiles';
import type { Operation } from '../operation';

const keepInputData = {
	displayName: 'Keep Input Data',
	name: 'keepInputData',
	type: 'boolean',
	default: false,
	description: "Whether to pass the item's files on with the output",
} as const;

async function execute(run: Run, itemIndex: number): Promise<OutputItem[]> {
	const { context } = run;
	const keep = context.getNodeParameter('options.keepInputData', itemIndex, false) as boolean;
	const sources = await readFilesToUpload(run, itemIndex);

	const files = await uploadAll(run, itemIndex, sources);

	run.memory.hints.add(
		'Close keeps uploaded files for 24 hours. Attach them to a record before then to keep them.',
	);
	const { binary } = context.getInputData()[itemIndex];
	return files.map((file) => ({ json: toJson(file), ...(keep && binary && { binary }) }));
}

/** @see https://developer.close.com/api/resources/files */
export const upload: Operation = {
	option: {
		name: 'Upload File',
		value: 'upload',
		action: 'Upload file',
		description:
			'Upload files to Close without attaching them yet, and get the URLs that records can attach for 24 hours',
	},
	fields: [...uploadFields, optionsField([...fileOptions, keepInputData])],
	execute,
};
