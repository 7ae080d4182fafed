import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

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

const fromBinary: INodePropertyOptions = {
	name: 'Files of the Input Item',
	value: 'binary',
	description: 'Files that the item carries, e.g. from a form or an email',
};
const fromText: INodePropertyOptions = {
	name: 'Text',
	value: 'text',
	description: 'A file that is made of the given text, e.g. notes or CSV',
};
const fromUrl: INodePropertyOptions = {
	name: 'URL',
	value: 'url',
	description: 'A file that anybody can download from the given address, without a login',
};
const uploadedBefore: INodePropertyOptions = {
	name: 'Uploaded Files',
	value: 'uploaded',
	description: "What 'Upload File' uploaded in the last 24 hours",
};

/** The choice of a source. An AI agent's tool has no item with files: there it goes without them. */
function sourceFields(...others: INodePropertyOptions[]): INodeProperties[] {
	const field: INodeProperties = {
		displayName: 'File Source',
		name: 'fileSource',
		type: 'options',
		default: 'binary',
		options: [fromBinary, ...others],
		displayOptions: { show: { '@tool': [false] } },
		description: 'Where the file comes from',
	};
	const forTools: INodeProperties = {
		...field,
		default: 'text',
		options: others,
		displayOptions: { show: { '@tool': [true] } },
	};
	return [field, forTools];
}

const shownFor = (source: string, field: INodeProperties): INodeProperties => ({
	...field,
	displayOptions: { show: { fileSource: [source] } },
});

/** What each source of new files asks for. */
const contentFields: INodeProperties[] = [
	shownFor('binary', binaryField),
	shownFor('text', {
		displayName: 'File Name',
		name: 'fileName',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. notes.txt',
		description: 'The name of the file, with the extension that tells its type',
	}),
	shownFor('text', {
		displayName: 'File Content',
		name: 'fileContent',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		required: true,
		placeholder: 'e.g. Minutes of our call on Monday',
		description: 'The text that the file holds, in full',
	}),
	shownFor('url', {
		displayName: 'File URL',
		name: 'fileUrl',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. https://example.com/offer.pdf',
		description: 'The address from which anybody can download the file, beginning with https://',
	}),
];

/** The item itself in a chain of nodes; an AI agent's tool has no item, and its model passes them. */
function uploadedFields(): INodeProperties[] {
	const field: INodeProperties = {
		displayName: 'Uploaded Files',
		name: 'uploadedFiles',
		type: 'json',
		default: '={{ $json }}',
		required: true,
		displayOptions: { show: { fileSource: ['uploaded'], '@tool': [false] } },
		description: "One object or an array of objects that 'Upload File' returned, unchanged",
	};
	const forTools: INodeProperties = {
		...field,
		default: '',
		displayOptions: { show: { fileSource: ['uploaded'], '@tool': [true] } },
	};
	return [field, forTools];
}

/** Where "Upload File" takes its files from. */
export const uploadFields: INodeProperties[] = [
	...sourceFields(fromText, fromUrl),
	...contentFields,
];

/** Where every operation that attaches takes its files from: the same on each record. */
export const attachFields: INodeProperties[] = [
	...sourceFields(fromText, uploadedBefore, fromUrl),
	...contentFields,
	...uploadedFields(),
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
