import type { INodeProperties } from 'n8n-workflow';
import { refusal } from '../../errors';
import { download as downloadFile } from '../../files/downloading';
import { storedMetadata } from '../../files/fileSource';
import type { OutputItem, Run } from '../../run';
import { optionsField } from '../fields/options';
import { textIn } from '../fields/values';
import type { Operation } from '../operation';

const outputField: INodeProperties = {
	displayName: 'Put Output File in Field',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	required: true,
	placeholder: 'e.g. data',
	hint: 'The name of the output field to put the file in',
};

async function execute(run: Run, itemIndex: number): Promise<OutputItem[]> {
	const parameter = (name: string) => run.context.getNodeParameter(name, itemIndex, '');
	const url = textIn(parameter('fileUrl'), 'File URL').trim();
	const field = textIn(parameter('binaryPropertyName'), outputField.displayName).trim();
	if (field === '') {
		throw refusal(
			`'${outputField.displayName}' is empty`,
			'Name the field that gets the file, e.g. data.',
		);
	}

	const binary = await downloadFile(run, { url });

	const { size } = await storedMetadata(run.context, field, binary);
	const json = { url, filename: binary.fileName, content_type: binary.mimeType, size };
	return [{ json, binary: { [field]: binary } }];
}

export const download: Operation = {
	option: {
		name: 'Download',
		value: 'download',
		action: 'Download file',
		description: 'Download a file that Close holds, by its URL, into the output item',
	},
	fields: [
		{
			displayName: 'File URL',
			name: 'fileUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://app.close.com/go/file/…',
			description:
				'The URL that an attachment or a file of a lead has in Close, beginning with https://app.close.com/go/',
		},
		outputField,
		optionsField([]),
	],
	execute,
};
