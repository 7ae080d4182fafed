import { quoted, refusal, type CloseFilesError } from '../errors';
import { FILE_URL_PREFIX, type Attachment } from './attachment';
import { isContentType } from './contentType';
import { cleanFileName } from './fileName';
import type { FileOverrides } from './fileSource';

const LABEL = 'Uploaded Files';
const ADVICE =
	"Give what 'Upload File' returned, e.g. {{ $json }}, or an array of several such objects.";

/**
 * The attachments in a field like "Uploaded Files": one object or an array of what "Upload File"
 * returned, or either as JSON text.
 *
 * @throws CloseFilesError for what Close would refuse, and for files whose 24 hours are over.
 */
export function attachmentsIn(value: unknown, overrides: FileOverrides): Attachment[] {
	const parsed = typeof value === 'string' ? parse(value) : value;
	const entries: unknown[] = Array.isArray(parsed) ? parsed : [parsed];
	if (entries.length === 0) throw refusal(`'${LABEL}' is empty`, ADVICE);
	return entries.map((entry) => attachmentIn(entry, overrides));
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw refusal(
			text.trim() === '' ? `'${LABEL}' is empty` : `'${LABEL}' holds text that is no JSON`,
			ADVICE,
		);
	}
}

function attachmentIn(entry: unknown, overrides: FileOverrides): Attachment {
	const { url, filename, content_type: type, size, expires_at: expiresAt } = Object(entry);
	if (typeof url !== 'string' || url === '') {
		throw refusal(`'${LABEL}' holds something without a 'url'`, ADVICE);
	}
	if (!url.startsWith(FILE_URL_PREFIX)) throw foreign(url);
	const name = overrides.filename ?? (typeof filename === 'string' ? filename : nameIn(url));
	const contentType = overrides.contentType ?? type;
	refuseExpired(cleanFileName(name), expiresAt);
	return {
		url,
		filename: cleanFileName(name) || cleanFileName(nameIn(url)) || 'file',
		contentType:
			typeof contentType === 'string' && isContentType(contentType)
				? contentType
				: 'application/octet-stream',
		size: Number.isSafeInteger(size) && size >= 0 ? size : undefined,
	};
}

/** `…/<token>/offer.pdf/` */
function nameIn(url: string): string {
	const last = url.split('/').filter(Boolean).at(-1) ?? 'file';
	try {
		return decodeURIComponent(last);
	} catch {
		return last;
	}
}

function foreign(url: string): CloseFilesError {
	return refusal(
		`'${LABEL}' holds ${quoted(url)}, which is no file in Close`,
		`Close attaches only files whose URL begins with ${FILE_URL_PREFIX}. Upload the file with 'Upload File' first.`,
	);
}

/** Close keeps an uploaded file that no record refers to for 24 hours. */
function refuseExpired(filename: string, expiresAt: unknown): void {
	if (typeof expiresAt !== 'string') return;
	const at = Date.parse(expiresAt);
	if (Number.isNaN(at) || at > Date.now()) return;
	throw refusal(
		`The uploaded file '${filename}' expired at ${new Date(at).toISOString()}`,
		"Close keeps an uploaded file for 24 hours until it is attached. Upload it again with 'Upload File'.",
	);
}
