import { extensionOf } from './fileName';

/** Close's published bound for lead files; nothing is said about other records. */
const LONGEST = 255;

/** Used only where neither the item nor n8n's store knows a type: what sales people attach. */
const TYPE_BY_EXTENSION: Record<string, string> = {
	csv: 'text/csv',
	doc: 'application/msword',
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	eml: 'message/rfc822',
	gif: 'image/gif',
	heic: 'image/heic',
	htm: 'text/html',
	html: 'text/html',
	ics: 'text/calendar',
	jpeg: 'image/jpeg',
	jpg: 'image/jpeg',
	json: 'application/json',
	md: 'text/markdown',
	mov: 'video/quicktime',
	mp3: 'audio/mpeg',
	mp4: 'video/mp4',
	odt: 'application/vnd.oasis.opendocument.text',
	pdf: 'application/pdf',
	png: 'image/png',
	ppt: 'application/vnd.ms-powerpoint',
	pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
	rtf: 'application/rtf',
	svg: 'image/svg+xml',
	tif: 'image/tiff',
	tiff: 'image/tiff',
	txt: 'text/plain',
	vcf: 'text/vcard',
	wav: 'audio/wav',
	webm: 'video/webm',
	webp: 'image/webp',
	xls: 'application/vnd.ms-excel',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	xml: 'application/xml',
	zip: 'application/zip',
};

/** Whether the text is a content type like `application/pdf`, parameters allowed. */
export function isContentType(text: string): boolean {
	return text.length <= LONGEST && /^[\w.+-]+\/[\w.+-]+(\s*;[\x20-\x7e]*)?$/.test(text);
}

/** The first of the known types that is one, else by the file's extension. */
export function chooseContentType(filename: string, ...known: Array<string | undefined>): string {
	const stated = known.find((type) => type !== undefined && isContentType(type));
	if (stated !== undefined) return stated;
	const extension = extensionOf(filename).toLowerCase();
	// `hasOwn`, because a file may also end in `.constructor`.
	return Object.hasOwn(TYPE_BY_EXTENSION, extension)
		? TYPE_BY_EXTENSION[extension]
		: 'application/octet-stream';
}
