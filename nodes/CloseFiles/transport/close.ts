import type {
	IDataObject,
	IHttpRequestMethods,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';
import type { Connection } from './connection';
import { explainClose } from './explain';
import { Mishap, readHttpError } from './mishap';
import { withoutQuotes } from './quotes';
import { retryAfterMs } from './rateLimit';
import { policies, tryRepeatedly } from './retries';

const TIMEOUT_MS = 60_000;

export interface CloseRequest {
	method: IHttpRequestMethods;
	/** Below the base URL. Close requires the trailing slash. */
	path: `/${string}/`;
	query?: IDataObject;
	body?: IDataObject;
	/** What it is for, in words that complete "Close refused to …", e.g. "create the email". */
	purpose: string;
}

/**
 * One JSON call to Close, repeated where that is safe.
 *
 * @throws CloseFilesError when Close refuses or cannot be reached.
 */
export async function closeRequest(
	connection: Connection,
	request: CloseRequest,
): Promise<IDataObject> {
	const answer = await tryRepeatedly(connection, policies.repeatable, async () => {
		return await attempt(connection, request);
	});
	if (answer instanceof Mishap) throw explainClose(answer, request.purpose);
	return answer;
}

/**
 * One attempt at a call. The only place that sends the credential, and only to the base URL's
 * origin: redirects are not followed.
 */
export async function attempt(
	connection: Connection,
	{ method, path, query, body }: CloseRequest,
): Promise<IDataObject | Mishap> {
	const { context, credentialType, baseUrl, timeoutMs = TIMEOUT_MS, signal } = connection;
	const options: IHttpRequestOptions = {
		method,
		url: baseUrl + path,
		qs: query,
		body,
		json: true,
		returnFullResponse: true,
		disableFollowRedirect: true,
		timeout: timeoutMs,
	};
	try {
		const answer = (await context.helpers.httpRequestWithAuthentication.call(
			context,
			credentialType,
			options,
		)) as IN8nHttpFullResponse;
		noteClock(connection, answer.headers);
		return isRecord(answer.body)
			? answer.body
			: new Mishap('unreadable', { status: answer.statusCode });
	} catch (error) {
		const { kind, code, response } = readHttpError(error, signal?.aborted === true);
		noteClock(connection, response?.headers);
		return new Mishap(kind, {
			code,
			status: response?.status,
			body: isRecord(response?.data) ? withoutQuotes(response.data, body) : undefined,
			retryAfterMs: retryAfterMs(response?.headers),
		});
	}
}

function isRecord(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Close's clock decides whether a record is new (creation.ts); ours may be off. */
function noteClock(connection: Connection, headers: Record<string, unknown> | undefined): void {
	const date = Date.parse(String(headers?.date));
	if (!Number.isNaN(date)) connection.clockOffsetMs = date - Date.now();
}
