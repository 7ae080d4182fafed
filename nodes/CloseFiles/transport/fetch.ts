import type { IExecuteFunctions, IN8nHttpFullResponse } from 'n8n-workflow';
import type { Connection } from './connection';
import { Mishap, readHttpError } from './mishap';

/** A minute for the answer to begin, and a line of at least 100 kB a second for its body. */
const BASE_TIMEOUT_MS = 60_000;
const SLOWEST_LINE_BYTES_PER_MS = 100;
/** For a body whose length is not told. */
const UNKNOWN_LENGTH_MS = 600_000;

/** A stream as n8n's helpers give and take it; Node's own type may not be imported here. */
type Stream = Awaited<ReturnType<IExecuteFunctions['helpers']['getBinaryStream']>>;

/** What a URL gave, before its bytes were read. */
export interface Fetched {
	/** To be read to its end or let go of. */
	body: Stream;
	/** Whether the server's end of the body broke, or took too long, while it was read. */
	isBroken(): boolean;
	/** Bytes, where the server tells. */
	size?: number;
	contentType?: string;
	/** As the server names the file. */
	filename?: string;
}

/**
 * One attempt at reading a file from anywhere: a user's URL, or the signed one that Close gives out.
 * The third door to the network. Like S3's it knows no credential.
 *
 * @param stop ends it, in mid-body too.
 */
export async function openUrl(
	connection: Connection,
	{ url, followRedirects, stop }: { url: string; followRedirects: boolean; stop: AbortSignal },
): Promise<Fetched | Mishap> {
	const { helpers } = connection.context as IExecuteFunctions;
	const { timeoutMs } = connection;
	const ending = new AbortController();
	const signal = AbortSignal.any([stop, ending.signal]);
	try {
		const answer = (await helpers.httpRequest({
			method: 'GET',
			url,
			encoding: 'stream',
			timeout: timeoutMs ?? BASE_TIMEOUT_MS,
			abortSignal: signal,
			disableFollowRedirect: !followRedirects,
			ignoreHttpStatusErrors: true,
			returnFullResponse: true,
		})) as IN8nHttpFullResponse;
		const body = answer.body as Stream;
		if (answer.statusCode !== 200) {
			body.destroy();
			return new Mishap('status', { status: answer.statusCode });
		}
		const told = readHeaders(answer.headers);
		// The client's own timeout ends where the body begins.
		endAfter(ending, timeoutMs ?? bodyTimeout(told.size));
		return { body, isBroken: () => signal.aborted || body.errored !== null, ...told };
	} catch (error) {
		const { kind, code } = readHttpError(error, stop.aborted);
		return new Mishap(kind === 'status' ? 'cut' : kind, { code });
	}
}

function bodyTimeout(size: number | undefined): number {
	if (size === undefined) return UNKNOWN_LENGTH_MS;
	// Timers take whole milliseconds only.
	return BASE_TIMEOUT_MS + Math.ceil(size / SLOWEST_LINE_BYTES_PER_MS);
}

function endAfter(ending: AbortController, ms: number): void {
	AbortSignal.timeout(ms).addEventListener('abort', () => ending.abort());
}

function readHeaders(headers: Record<string, unknown>): Omit<Fetched, 'body' | 'isBroken'> {
	const length = Number(headers['content-length'] ?? NaN);
	// Of a compressed body the length says nothing about the bytes that come out.
	const isPlain = headers['content-encoding'] === undefined;
	return {
		size: isPlain && Number.isSafeInteger(length) ? length : undefined,
		contentType: textIn(headers['content-type']),
		filename: filenameIn(textIn(headers['content-disposition']) ?? ''),
	};
}

function textIn(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** `filename*` wins over `filename`, as RFC 6266 asks. */
function filenameIn(disposition: string): string | undefined {
	const encoded = /filename\*\s*=\s*utf-8'[^']*'([^;\s]+)/i.exec(disposition)?.[1];
	const plain = /filename\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^;\s]+))/i.exec(disposition);
	try {
		if (encoded !== undefined) return decodeURIComponent(encoded);
	} catch {
		// Not encoded as it says: the plain one is left.
	}
	return plain?.[1]?.replace(/\\(.)/g, '$1') ?? plain?.[2];
}
