import type {
	IDataObject,
	IHttpRequestMethods,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';
import type { Connection } from './connection';
import { explainClose } from './explain';
import { isSuccess, Mishap, readHttpError, type HttpEnd } from './mishap';
import { withoutQuotes } from './quotes';
import { retryAfterMs } from './rateLimit';
import { policies, tryRepeatedly } from './retries';
import { withRenewedToken } from './tokenRenewal';

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

/** One attempt at a call that Close answers with a JSON object. */
export async function attempt(
	connection: Connection,
	{ method, path, query, body }: CloseRequest,
): Promise<IDataObject | Mishap> {
	const url = connection.baseUrl + path;
	const answer = await ask(connection, { method, url, qs: query, body, json: true });
	if (answer instanceof Mishap) return answer;
	return isRecord(answer.body)
		? answer.body
		: new Mishap('unreadable', { status: answer.statusCode });
}

/**
 * One attempt at asking where the bytes of a file are: Close answers with a redirect, which is not
 * followed, since its target must not get the credential.
 */
export async function locate(
	connection: Connection,
	path: `/go/${string}`,
): Promise<string | Mishap> {
	const url = new URL(connection.baseUrl).origin + path;
	const answer = await ask(connection, { method: 'GET', url });
	if (!(answer instanceof Mishap)) return new Mishap('unreadable', { status: answer.statusCode });
	return answer.facts.location ?? answer;
}

/**
 * One request to Close; with OAuth2 on a token that is renewed if it has expired.
 *
 * Whatever its status, the answer comes as a value: the error that n8n 1.x throws has lost the headers,
 * and with them where a file is and how long to wait.
 */
async function ask(
	connection: Connection,
	request: IHttpRequestOptions,
): Promise<IN8nHttpFullResponse | Mishap> {
	const asked = { ...request, ignoreHttpStatusErrors: true };
	if (connection.credentialType !== 'closeOAuth2Api') return await send(connection, asked);
	const url = `${connection.baseUrl}/me/`;
	return await withRenewedToken(connection, {
		ask: async () => await send(connection, asked),
		renew: async () => {
			return await send(connection, { method: 'GET', url, qs: { _fields: 'id' }, json: true });
		},
	});
}

/**
 * The only place that sends the credential, and only to the base URL's origin: redirects are not
 * followed.
 */
async function send(
	connection: Connection,
	request: IHttpRequestOptions,
): Promise<IN8nHttpFullResponse | Mishap> {
	const { context, credentialType, timeoutMs = TIMEOUT_MS, signal } = connection;
	const options: IHttpRequestOptions = {
		...request,
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
		const { statusCode: status, headers, body: data } = answer;
		noteAnswer(connection, { status, headers });
		if (isSuccess(status)) return answer;
		return mishapOf(connection, request, { kind: 'status', response: { status, headers, data } });
	} catch (error) {
		const end = readHttpError(error, signal?.aborted === true);
		noteAnswer(connection, end.response);
		return mishapOf(connection, request, end);
	}
}

function mishapOf(
	{ credentialType, secrets }: Connection,
	request: IHttpRequestOptions,
	{ kind, code, response }: HttpEnd,
): Mishap {
	const sent = request.body as IDataObject | undefined;
	return new Mishap(kind, {
		code,
		status: response?.status,
		credentialType,
		location: locationIn(response),
		body: isRecord(response?.data) ? withoutQuotes(response.data, sent, secrets()) : undefined,
		retryAfterMs: retryAfterMs(response?.headers),
	});
}

function locationIn(response: HttpEnd['response']): string | undefined {
	const { status = 0, headers } = response ?? {};
	const isRedirect = status >= 300 && status < 400;
	return isRedirect && typeof headers?.location === 'string' ? headers.location : undefined;
}

function isRecord(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What every answer tells beside its own matter: Close's clock, and its patience with this key. */
function noteAnswer(connection: Connection, response: HttpEnd['response']): void {
	const { status, headers } = response ?? {};
	// Close's clock decides whether a record is new (finding.ts); ours may be off.
	const date = Date.parse(String(headers?.date));
	if (!Number.isNaN(date)) connection.clockOffsetMs = date - Date.now();
	if (status === 429) connection.pace.narrow(retryAfterMs(headers));
	else if (status !== undefined) connection.pace.widen();
}
