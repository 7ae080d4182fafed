import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { refusal } from '../../errors';
import type { ItemFiles } from '../../files/attaching';
import { isContentType } from '../../files/contentType';
import {
	filesFromBinary,
	refuseOverridesForSeveral,
	type FileOverrides,
	type FileSource,
} from '../../files/fileSource';
import { attachmentsIn } from '../../files/uploadedFiles';

const BYTES_PER_MB = 1_000_000;

const binaryField: INodeProperties = {
	displayName: 'Input Data Field Name',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	required: true,
	typeOptions: { binaryDataProperty: true },
	placeholder: 'e.g. data, Documents*',
	hint: 'The name of the input field that holds the file. Several: separate them with commas, end a name with * for every field that begins so, or write * for all files.',
};

/** Where "Upload File" takes its files from. */
export const uploadFields: INodeProperties[] = [binaryField];

/** Where every operation that attaches takes its files from: the same on each record. */
export const attachFields: INodeProperties[] = [
	{
		displayName: 'File Source',
		name: 'fileSource',
		type: 'options',
		default: 'binary',
		options: [
			{
				name: 'Files of the Input Item',
				value: 'binary',
				description: 'Upload the files that the item carries, e.g. from a form, and attach them',
			},
			{
				name: 'Uploaded Files',
				value: 'uploaded',
				description: "Attach what 'Upload File' uploaded in the last 24 hours",
			},
		],
	},
	{ ...binaryField, displayOptions: { show: { fileSource: ['binary'] } } },
	{
		displayName: 'Uploaded Files',
		name: 'uploadedFiles',
		type: 'json',
		default: '={{ $json }}',
		required: true,
		displayOptions: { show: { fileSource: ['uploaded'] } },
		description: "One object or an array of objects that 'Upload File' returned",
	},
];

/** The options about files, beside those of every operation. */
export const fileOptions: INodeProperties[] = [
	{
		displayName: 'Content Type',
		name: 'contentType',
		type: 'string',
		default: '',
		placeholder: 'e.g. application/pdf',
		description: 'The type to give to the file instead of its own. For a single file only.',
	},
	{
		displayName: 'File Name',
		name: 'fileName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Offer.pdf',
		description: 'The name to give to the file instead of its own. For a single file only.',
	},
	{
		displayName: 'Max File Size (MB)',
		name: 'maxFileSizeMb',
		type: 'number',
		default: 0,
		typeOptions: { minValue: 0 },
		description:
			'Refuse larger files before anything is uploaded. 0 for no limit; 1 MB is 1,000,000 bytes.',
	},
];

/** Attaches files that are uploaded already, beside those of the item. */
export const moreUploadedFilesOption: INodeProperties = {
	displayName: 'Uploaded Files',
	name: 'uploadedFiles',
	type: 'json',
	default: '',
	placeholder: "e.g. {{ $('Upload Price List').item.json }}",
	description: "Also attach these, after the others: what 'Upload File' returned",
};

/** The files for "Upload File". */
export async function readFilesToUpload(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<FileSource[]> {
	const value = context.getNodeParameter('binaryPropertyName', itemIndex, '');
	const overrides = readOverrides(context, itemIndex);
	const sources = await filesFromBinary(context, itemIndex, value, overrides);
	refuseOverridesForSeveral(overrides, sources.length);
	return sources;
}

/**
 * The files for an operation that attaches: at least one.
 *
 * @throws CloseFilesError for what can be known to be wrong before the first upload.
 */
export async function readFilesToAttach(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<ItemFiles> {
	const overrides = readOverrides(context, itemIndex);
	const { uploadedFiles: more } = readOptions(context, itemIndex);
	const fromBinary = context.getNodeParameter('fileSource', itemIndex, 'binary') === 'binary';

	const value = context.getNodeParameter(
		fromBinary ? 'binaryPropertyName' : 'uploadedFiles',
		itemIndex,
		'',
	);
	const sources = fromBinary ? await filesFromBinary(context, itemIndex, value, overrides) : [];
	const uploaded = fromBinary ? [] : attachmentsIn(value, overrides);
	refuseOverridesForSeveral(overrides, sources.length + uploaded.length);
	if (more !== undefined && more !== '') uploaded.push(...attachmentsIn(more, {}));
	return { sources, uploaded };
}

function readOverrides(context: IExecuteFunctions, itemIndex: number): FileOverrides {
	const { fileName, maxFileSizeMb, ...options } = readOptions(context, itemIndex);
	const contentType = String(options.contentType ?? '').trim() || undefined;
	if (contentType !== undefined && !isContentType(contentType)) {
		throw refusal(
			`'Content Type' holds '${contentType}', which is no content type`,
			"Write it like application/pdf, or remove it from the options to use the file's own.",
		);
	}
	return {
		filename: String(fileName ?? '').trim() || undefined,
		contentType,
		maxSize: Number(maxFileSizeMb ?? 0) * BYTES_PER_MB || undefined,
	};
}

function readOptions(context: IExecuteFunctions, itemIndex: number): IDataObject {
	return context.getNodeParameter('options', itemIndex, {});
}
