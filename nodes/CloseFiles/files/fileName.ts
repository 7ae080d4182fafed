/** Close publishes 1024 for lead files only; 255 is what file systems and mailboxes take. */
export const LONGEST_NAME = 255;

/**
 * In UTF-8. S3 takes keys of 1,024 bytes, and Close puts `temporary/user/<user>/<token>/` before
 * the name: 87 bytes in its documentation (docs/decisions/0010-file-names-in-bytes.md).
 */
export const MOST_NAME_BYTES = 900;

/** A longer one is no extension and not kept. */
const LONGEST_EXTENSION = 19;

/**
 * The name under which a file is uploaded: without control characters, leading path and blanks
 * around it, cut to 255 characters and 900 bytes with its extension kept. Nothing else about it
 * changes, but what would not arrive: half of a character becomes the sign for an unreadable one,
 * and S3's placeholder `${filename}` loses its dollar sign. Empty when nothing is left.
 */
export function cleanFileName(name: string): string {
	const plain = name
		// eslint-disable-next-line no-control-regex -- control characters are what is taken out
		.replace(/[\u0000-\u001f\u007f-\u009f]/g, '')
		// UTF-8 has no bytes for it: the form, the request and the output would each say another name.
		.replace(/\p{Surrogate}/gu, '\ufffd')
		// S3 puts the file's name in its place, and the key is no longer the one that Close signed.
		.replace(/\$+(?=\{filename\})/g, '');
	const base = plain.slice(Math.max(plain.lastIndexOf('/'), plain.lastIndexOf('\\')) + 1).trim();
	return base === '.' || base === '..' ? '' : shortened(base);
}

function shortened(name: string): string {
	if (beginning(name, LONGEST_NAME, MOST_NAME_BYTES) === name) return name;
	const extension = extensionOf(name);
	const isKept = extension !== '' && beginning(extension, LONGEST_EXTENSION) === extension;
	const tail = isKept ? `.${extension}` : '';
	const start = beginning(
		name,
		LONGEST_NAME - Array.from(tail).length,
		MOST_NAME_BYTES - Buffer.byteLength(tail),
	);
	return isKept ? start + tail : start.trimEnd();
}

/** The longest beginning within both bounds. By code points, so that no emoji is cut in half. */
function beginning(name: string, characters: number, bytes = Infinity): string {
	let end = 0;
	let left = bytes;
	for (const character of Array.from(name.slice(0, 2 * characters)).slice(0, characters)) {
		left -= Buffer.byteLength(character);
		if (left < 0) break;
		end += character.length;
	}
	return name.slice(0, end);
}

/** What follows the last dot, as it is written; empty for none and for names like `.profile`. */
export function extensionOf(name: string): string {
	const dot = name.lastIndexOf('.');
	return dot > 0 ? name.slice(dot + 1) : '';
}
