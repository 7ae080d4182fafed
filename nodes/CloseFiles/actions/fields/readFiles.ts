import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { quoted, refusal } from '../../errors';
import type { ItemFiles } from '../../files/attaching';
import type { Attachment } from '../../files/attachment';
import { findBinaryFields } from '../../files/binaryFields';
import type { BinaryField } from '../../files/filesOfItem';
import { isContentType } from '../../files/contentType';
import {
	filesFromBinary,
	refuseOverridesForSeveral,
	type FileOverrides,
	type FileSource,
} from '../../files/fileSource';
import { fileFromText } from '../../files/textSource';
import { attachmentsIn } from '../../files/uploadedFiles';
import { fileFromUrl } from '../../files/urlSource';
import type { Run } from '../../run';
import { choiceIn, collectionIn, numberIn, textIn } from './values';

const BYTES_PER_MB = 1_000_000;

/** The files for "Upload File". */
export async function readFilesToUpload(run: Run, itemIndex: number): Promise<FileSource[]> {
	const overrides = readOverrides(run.context, itemIndex);
	const sources = await readSources(run, itemIndex, overrides);
	refuseOverridesForSeveral(overrides, sources.length);
	return sources;
}

/**
 * The files for an operation that attaches: at least one.
 *
 * @param inline files that stand inside an email's HTML, and are not attached a second time.
 * @throws CloseFilesError for what can be known to be wrong before the first upload.
 */
export async function readFilesToAttach(
	run: Run,
	itemIndex: number,
	inline: BinaryField[] = [],
): Promise<ItemFiles> {
	const { context } = run;
	const overrides = readOverrides(context, itemIndex);
	const fields = new Set(inline.map(({ field }) => field));
	const sources = await readSources(run, itemIndex, overrides, fields);
	const uploaded = readUploaded(context, itemIndex, overrides);
	refuseOverridesForSeveral(overrides, sources.length + uploaded.length);

	const { maxSize } = overrides;
	const inlineSources = await filesFromBinary(context, itemIndex, inline, { maxSize });
	sources.push(
		...inlineSources.map((source, index) => ({ ...source, contentId: inline[index].field })),
	);
	const { uploadedFiles: more } = readOptions(context, itemIndex);
	if (more !== undefined && more !== null && more !== '') uploaded.push(...attachmentsIn(more, {}));
	return { sources, uploaded };
}

/** The files that are to be uploaded, from whichever source; those of `except` are left out. */
async function readSources(
	run: Run,
	itemIndex: number,
	overrides: FileOverrides,
	except = new Set<string>(),
): Promise<FileSource[]> {
	const { context } = run;
	const parameter = (name: string) => context.getNodeParameter(name, itemIndex, '');
	switch (sourceOf(context, itemIndex)) {
		case 'binary': {
			const names = parameter('binaryPropertyName');
			const fields = findBinaryFields(context, itemIndex, names, 'Input Data Field Name');
			const wanted = fields.filter(({ field }) => !except.has(field));
			return await filesFromBinary(context, itemIndex, wanted, overrides);
		}
		case 'text': {
			const filename = overrides.filename ?? textIn(parameter('fileName'), 'File Name');
			const content = textIn(parameter('fileContent'), 'File Content');
			return [fileFromText(content, { ...overrides, filename })];
		}
		case 'url':
			return [
				await fileFromUrl(run, itemIndex, textIn(parameter('fileUrl'), 'File URL'), overrides),
			];
		default:
			return [];
	}
}

function readUploaded(
	context: IExecuteFunctions,
	itemIndex: number,
	overrides: FileOverrides,
): Attachment[] {
	if (sourceOf(context, itemIndex) !== 'uploaded') return [];
	return attachmentsIn(context.getNodeParameter('uploadedFiles', itemIndex, ''), overrides);
}

function sourceOf(context: IExecuteFunctions, itemIndex: number) {
	const source = context.getNodeParameter('fileSource', itemIndex, 'binary');
	return choiceIn(source, 'File Source', ['binary', 'text', 'url', 'uploaded']);
}

function readOverrides(context: IExecuteFunctions, itemIndex: number): FileOverrides {
	const { fileName, maxFileSizeMb, ...options } = readOptions(context, itemIndex);
	const contentType = textIn(options.contentType, 'Content Type').trim() || undefined;
	if (contentType !== undefined && !isContentType(contentType)) {
		throw refusal(
			`'Content Type' holds ${quoted(contentType)}, which is no content type`,
			"Write it like application/pdf, or remove it from the options to use the file's own.",
		);
	}
	return {
		filename: textIn(fileName, 'File Name').trim() || undefined,
		contentType,
		maxSize: maxSizeIn(maxFileSizeMb),
	};
}

/** Bytes; undefined for no limit. */
function maxSizeIn(value: unknown): number | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const megabytes = numberIn(value);
	if (megabytes >= 0) return megabytes * BYTES_PER_MB || undefined;
	throw refusal(
		`'Max File Size (MB)' holds ${quoted(value)}, which is no number of megabytes`,
		'Set it to a number, or remove it from the options to have no limit.',
	);
}

function readOptions(context: IExecuteFunctions, itemIndex: number): IDataObject {
	return collectionIn(context.getNodeParameter('options', itemIndex, {}), 'Options');
}
