import { BINARY_ENCODING } from 'n8n-workflow';
import { quoted, refusal } from '../errors';

/** @throws CloseFilesError for an empty file and for one over the limit; sizes in bytes. */
export function checkSize(filename: string, size: number, maxSize: number | undefined): void {
	if (!Number.isSafeInteger(size) || size < 0) {
		throw refusal(
			`The size of the file '${filename}' is not known`,
			'Run the workflow from the node that brings the file.',
		);
	}
	if (size === 0) {
		throw refusal(
			`The file '${filename}' is empty`,
			'Check the node that brings the file, or leave out items whose file is empty.',
		);
	}
	if (maxSize !== undefined && size > maxSize) {
		throw refusal(
			`The file '${filename}' has ${megabytes(size)}, more than the ${megabytes(maxSize)} of 'Max File Size (MB)'`,
			"Raise 'Max File Size (MB)' in the options, or send a smaller file.",
		);
	}
}

function megabytes(bytes: number): string {
	return `${Number((bytes / 1_000_000).toPrecision(3))} MB`;
}

/** Decoded, because hand-made base64 may hold line breaks that `byteLength` would count. */
export function decodedSize(field: string, base64: string): number {
	// Node decodes any text, skipping what it cannot: a file of garbage would come of it.
	if (!/[^\w+/=\s-]/.test(base64)) return Buffer.from(base64, BINARY_ENCODING).length;
	throw refusal(
		`The file in the field ${quoted(field)} is not written in base64`,
		"Let n8n's 'Convert to File' node make the file, or leave out a prefix like 'data:…;base64,'.",
	);
}
