import { createHash } from 'crypto';
import { refusal } from '../errors';
import { chooseContentType } from './contentType';
import { cleanFileName } from './fileName';
import { checkSize } from './fileSize';
import type { FileOverrides, FileSource } from './fileSource';

/**
 * A file made of text, in UTF-8: generated text, CSV, or what an AI agent writes.
 *
 * @throws CloseFilesError when there is no text, no name, or more than the limit.
 */
export function fileFromText(text: string, overrides: FileOverrides): FileSource {
	const bytes = Buffer.from(text, 'utf8');
	if (bytes.length === 0) {
		throw refusal("'File Content' is empty", 'Write the text that the file is to hold.');
	}
	const filename = cleanFileName(overrides.filename ?? '');
	if (filename === '') {
		throw refusal("'File Name' is empty", 'Give the file a name, with its extension: notes.txt');
	}
	checkSize(filename, bytes.length, overrides.maxSize);
	const contentType = overrides.contentType ?? chooseContentType(filename, plainIfNone(filename));

	return {
		filename,
		contentType,
		size: bytes.length,
		identity: () =>
			[createHash('md5').update(bytes).digest('hex'), filename, contentType].join('\n'),
		open: async () => [bytes],
	};
}

/** A text without an extension that tells its type is plain text, not any bytes. */
function plainIfNone(filename: string): string | undefined {
	return filename.includes('.') ? undefined : 'text/plain';
}
