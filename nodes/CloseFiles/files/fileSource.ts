import { createHash } from 'crypto';
import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { quoted, refusal } from '../errors';
import { nonEmptyText } from './binaryFields';
import { chooseContentType } from './contentType';
import { cleanFileName } from './fileName';
import { checkSize, decodedSize } from './fileSize';
import type { BinaryField } from './filesOfItem';

/** A file before its upload. */
export interface FileSource {
	filename: string;
	contentType: string;
	/**
	 * For a file inside an email's HTML, which refers to it as `cid:<contentId>`; such a file is not
	 * listed among the attachments.
	 */
	contentId?: string;
	/** Bytes. S3 refuses a form whose length is not known beforehand. */
	size: number;
	/** Equal for equal content under the same name and type: then one upload serves several items. */
	identity(): string;
	/** Opens the content from its first byte; every attempt calls it anew. */
	open(): Promise<Iterable<Uint8Array> | AsyncIterable<Uint8Array>>;
}

/** What the user sets for the files of an item instead of what n8n knows about them. */
export interface FileOverrides {
	filename?: string;
	contentType?: string;
	/** Bytes; undefined for no limit. */
	maxSize?: number;
}

/**
 * Bytes read from n8n's store at a time. Larger chunks wait for the garbage collector in larger
 * heaps: at 512 kB a 600 MB upload raised n8n's peak by up to 72 MB, at 256 kB by 32 MB.
 */
const CHUNK_SIZE = 256 * 1024;

/**
 * The files in fields of an item, checked as far as possible without reading them.
 *
 * @throws CloseFilesError for an empty file, one that is gone, and one over the limit.
 */
export async function filesFromBinary(
	context: IExecuteFunctions,
	itemIndex: number,
	fields: BinaryField[],
	overrides: FileOverrides,
): Promise<FileSource[]> {
	return await Promise.all(
		fields.map(async (field) => await fromBinary(context, itemIndex, field, overrides)),
	);
}

/** One name or type for several files would make them indistinguishable. */
export function refuseOverridesForSeveral(overrides: FileOverrides, count: number): void {
	if (count < 2) return;
	const label = overrides.filename !== undefined ? 'File Name' : 'Content Type';
	if (overrides.filename === undefined && overrides.contentType === undefined) return;
	throw refusal(
		`'${label}' is set for ${count} files at once`,
		`Remove '${label}' from the options, or handle one file at a time.`,
	);
}

/** The file that binary data of n8n holds, checked without reading it. */
export async function fromBinary(
	context: IExecuteFunctions,
	itemIndex: number,
	{ field, binary }: BinaryField,
	overrides: FileOverrides,
): Promise<FileSource> {
	const stored = await storedMetadata(context, field, binary);
	// What stands on the item wins over n8n's store: the user may have renamed the file on the way.
	const filename =
		[overrides.filename, binary.fileName, stored.fileName]
			.map((name) => cleanFileName(name ?? ''))
			.find((name) => name !== '') ?? nameless(field, binary);
	const contentType =
		overrides.contentType ?? chooseContentType(filename, binary.mimeType, stored.mimeType);
	const { size } = stored;
	checkSize(filename, size, overrides.maxSize);

	return {
		filename,
		contentType,
		size,
		identity: () => [binary.id ?? md5(binary.data), filename, contentType].join('\n'),
		open: async () =>
			binary.id === undefined
				? [await context.helpers.getBinaryDataBuffer(itemIndex, binary)]
				: await context.helpers.getBinaryStream(binary.id, CHUNK_SIZE),
	};
}

/** Size in bytes, and name and type where n8n's store knows them. In memory mode there is no store. */
export async function storedMetadata(
	context: IExecuteFunctions,
	field: string,
	binary: IBinaryData,
): Promise<{ size: number; fileName?: string; mimeType?: string }> {
	if (binary.id === undefined) return { size: decodedSize(field, binary.data) };
	try {
		const { fileSize, fileName, mimeType } = await context.helpers.getBinaryMetadata(binary.id);
		return { size: fileSize, fileName: nonEmptyText(fileName), mimeType: nonEmptyText(mimeType) };
	} catch {
		throw refusal(
			`The file in the field ${quoted(field)} is no longer in n8n's binary data store`,
			'Run the workflow from the node that brings the file.',
		);
	}
}

/** What a file is called that nobody named: by its field, as far as that is a name. */
function nameless(field: string, { fileExtension }: IBinaryData): string {
	const name = cleanFileName(field.includes(':') ? '' : field) || 'file';
	return (fileExtension && cleanFileName(`${name}.${fileExtension}`)) || name;
}

function md5(text: string): string {
	return createHash('md5').update(text).digest('hex');
}
