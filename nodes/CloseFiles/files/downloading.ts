import type { IBinaryData } from 'n8n-workflow';
import { CloseFilesError, quoted, refusal } from '../errors';
import type { Run } from '../run';
import { locate } from '../transport/close';
import { isLoopback, type Connection } from '../transport/connection';
import { explainClose } from '../transport/explain';
import { Mishap } from '../transport/mishap';
import { inSlot, policies, Tries, tryRepeatedly } from '../transport/retries';
import { explainFetch, fetchIntoStore, lastPart } from './fetching';

/** Where Close's own URLs of files point; both mean the same file. */
const HOSTS_OF_FILES = ['https://app.close.com', 'https://api.close.com'];

/** A file in Close, as a record's attachment names it. */
export interface FileInClose {
	url: string;
	/** Else the name that the URL ends with. */
	filename?: string;
	contentType?: string;
}

/**
 * Downloads a file of Close into n8n's binary store.
 *
 * URLs of files point to Close's app, which takes no API credential: the same path is asked for at
 * the base URL's origin, with the credential, and answers with a signed URL at S3, which gets none.
 * Each attempt asks for a signed URL of its own. Undocumented; seen working on 2026-05-28.
 *
 * @throws CloseFilesError for a URL that is none of Close's, before any request, and when Close or
 * S3 refuses.
 */
export async function download(run: Run, file: FileInClose): Promise<IBinaryData> {
	const { connection } = run;
	const path = pathOf(file.url, connection);
	const filename = file.filename ?? lastPart(`${HOSTS_OF_FILES[0]}${path}`) ?? 'file';
	const tries = new Tries(connection, policies.fetch);
	for (;;) {
		const url = await locateFile(connection, path, filename);
		const request = { url, followRedirects: false, filename, contentType: file.contentType };
		const outcome = await inSlot(connection, tries, async () => {
			return await fetchIntoStore(run, request);
		});
		if (!(outcome instanceof Mishap)) return outcome;
		if (!(await tries.again(outcome))) {
			throw explainFetch(
				outcome,
				`The file '${filename}' could not be downloaded from Close's file storage`,
				'Run the workflow again. If it stays so, open the file in Close.',
			);
		}
	}
}

/**
 * The path of a file's URL, once it is sure that the URL is one of Close's: an expression may bring
 * any, and the credential goes to nobody else.
 */
function pathOf(text: string, { baseUrl }: Connection): `/go/${string}` {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	const isClose = [...HOSTS_OF_FILES, new URL(baseUrl).origin].includes(url?.origin ?? '');
	const path = url?.pathname ?? '';
	if (isClose && path.startsWith('/go/') && !url?.username && !url?.password) {
		return path as `/go/${string}`;
	}
	throw refusal(
		`'File URL' holds ${quoted(text)}, which is no file in Close`,
		"Give the 'url' of an attachment or the 'download_url' of a lead's file. They begin with https://app.close.com/go/.",
	);
}

async function locateFile(
	connection: Connection,
	path: `/go/${string}`,
	filename: string,
): Promise<string> {
	const purpose = `find the file '${filename}'`;
	const target = await tryRepeatedly(connection, policies.repeatable, async () => {
		return await locate(connection, path);
	});
	if (target instanceof Mishap) throw explainClose(target, purpose);
	if (isStorage(target, connection)) return target;
	throw new CloseFilesError(
		`Close did not give out the file '${filename}'`,
		'Open the file in Close with the user of this credential, to see whether that user may.',
		{ code: 'NoStorage' },
	);
}

/** Not Close itself, which would show a page instead of the file, and nothing on plain http. */
function isStorage(target: string, { baseUrl }: Connection): boolean {
	const base = new URL(baseUrl);
	if (!URL.canParse(target)) return false;
	const { origin, protocol, hostname } = new URL(target);
	if ([...HOSTS_OF_FILES, base.origin].includes(origin)) return false;
	return protocol === 'https:' || (isLoopback(hostname) && isLoopback(base.hostname));
}
