/** Close publishes 1024 for lead files only; 255 is what file systems and mailboxes take. */
const LONGEST = 255;

/**
 * The name under which a file is uploaded: without control characters, leading path and blanks
 * around it, cut to 255 characters with its extension kept. Nothing else about it changes. Empty
 * when nothing is left.
 */
export function cleanFileName(name: string): string {
	// eslint-disable-next-line no-control-regex -- control characters are what is taken out
	const plain = name.replace(/[\u0000-\u001f\u007f-\u009f]/g, '');
	const base = plain.slice(Math.max(plain.lastIndexOf('/'), plain.lastIndexOf('\\')) + 1).trim();
	return base === '.' || base === '..' ? '' : shortened(base);
}

/** Counts code points, so that no emoji is cut in half. */
function shortened(name: string): string {
	const characters = Array.from(name);
	if (characters.length <= LONGEST) return name;
	const extension = Array.from(extensionOf(name));
	const tail = extension.length > 0 && extension.length < 20 ? ['.', ...extension] : [];
	const start = characters.slice(0, LONGEST - tail.length).join('');
	return tail.length > 0 ? start + tail.join('') : start.trimEnd();
}

/** What follows the last dot, as it is written; empty for none and for names like `.profile`. */
export function extensionOf(name: string): string {
	const dot = name.lastIndexOf('.');
	return dot > 0 ? name.slice(dot + 1) : '';
}
