import type { IBinaryData } from 'n8n-workflow';
import { CloseFilesError } from '../errors';
import type { Run } from '../run';
import { cancelled } from '../transport/explain';
import { openUrl, type Fetched } from '../transport/fetch';
import { Mishap } from '../transport/mishap';
import { chooseContentType } from './contentType';
import { cleanFileName } from './fileName';

/** What is known of a file before it is fetched. */
export interface FetchRequest {
	url: string;
	followRedirects: boolean;
	/** Instead of the names and types that the server and the URL tell. */
	filename?: string;
	contentType?: string;
	/** Looks at the size that the server tells, in bytes, and throws if it is too much. */
	checkSize?(filename: string, size: number): void;
}

/**
 * One attempt at reading a URL into n8n's binary store. The bytes are streamed: no store but the
 * one in memory ever holds the whole file.
 *
 * @returns binary data as it stands on an item.
 * @throws CloseFilesError when n8n cannot store it.
 */
export async function fetchIntoStore(
	run: Run,
	request: FetchRequest,
): Promise<IBinaryData | Mishap> {
	const { url, followRedirects } = request;
	const fetched = await openUrl(run.connection, { url, followRedirects, stop: run.stop });
	return fetched instanceof Mishap ? fetched : await store(run, fetched, request);
}

async function store(
	run: Run,
	fetched: Fetched,
	request: FetchRequest,
): Promise<IBinaryData | Mishap> {
	const filename = nameOf(fetched, request);
	const contentType = request.contentType ?? chooseContentType(filename, telling(fetched));
	try {
		if (fetched.size !== undefined) request.checkSize?.(filename, fetched.size);
		return await prepare(run, fetched, { filename, contentType });
	} finally {
		fetched.body.destroy();
	}
}

async function prepare(
	{ context, stop }: Run,
	{ body, isBroken }: Fetched,
	{ filename, contentType }: { filename: string; contentType: string },
): Promise<IBinaryData | Mishap> {
	try {
		return await context.helpers.prepareBinaryData(body, filename, contentType);
	} catch (error) {
		if (!isBroken()) throw notStored(filename, error);
		return new Mishap(stop.aborted ? 'cancelled' : 'cut');
	}
}

function nameOf({ filename }: Fetched, request: FetchRequest): string {
	const known = [request.filename, filename, lastPart(request.url)];
	return known.map((name) => cleanFileName(name ?? '')).find((name) => name !== '') ?? 'file';
}

/** `offer.pdf` of `https://example.com/files/offer.pdf?x=1`. */
export function lastPart(url: string): string | undefined {
	const last = new URL(url).pathname.split('/').filter(Boolean).at(-1);
	try {
		return last && decodeURIComponent(last);
	} catch {
		return last;
	}
}

/** Many servers call every file a stream of octets; its extension then says more. */
function telling({ contentType }: Fetched): string | undefined {
	return contentType?.includes('/octet-stream') === true ? undefined : contentType;
}

/** The error that reading a URL ends with when it is not tried again. */
export function explainFetch({ kind, facts }: Mishap, what: string, advice: string) {
	const { status, code } = facts;
	if (kind === 'cancelled') return cancelled();
	if (kind === 'status' && status !== undefined && status < 500) {
		return new CloseFilesError(`${what}: the server answered with status ${status}`, advice, {
			status,
		});
	}
	const happened = status === undefined ? WHAT_HAPPENED.get(kind) : `status ${status}`;
	return new CloseFilesError(
		`${what}: ${happened}`,
		'Run the workflow again in a while. If it stays so, look at the network of n8n.',
		{ status, code },
		{ cause: 'temporarily-unavailable' },
	);
}

const WHAT_HAPPENED = new Map<string, string>([
	['refused', 'the connection was not accepted'],
	['timeout', 'no answer came in time'],
	['cut', 'the connection was cut'],
]);

function notStored(filename: string, error: unknown): CloseFilesError {
	const why = error instanceof Error ? error.message : String(error);
	return new CloseFilesError(
		`n8n could not store the file '${filename}': ${why}`,
		"Look at n8n's binary data storage: the disk may be full.",
	);
}
