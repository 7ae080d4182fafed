import type { IDataObject } from 'n8n-workflow';

/** How one attempt ended badly. */
export type Kind =
	/** Answered with a status that is no success. */
	| 'status'
	/** n8n could not work out what the credential adds to a request: none was made. */
	| 'unresolved'
	/** The connection was not made: the request never arrived. */
	| 'refused'
	/** No answer in time: the request may have been carried out. */
	| 'timeout'
	/** Cut off before the answer was complete: the request may have been carried out. */
	| 'cut'
	/** Answered with a success that is no JSON object: it has been carried out. */
	| 'unreadable'
	/** The execution was cancelled in n8n. */
	| 'cancelled';

/**
 * One attempt's bad end, as a value: it becomes a repeated attempt or a `CloseFilesError`.
 * Holds no request, so neither credential nor policy nor body can leak with it.
 */
export class Mishap {
	constructor(
		readonly kind: Kind,
		readonly facts: {
			/** HTTP status of the answer. */
			status?: number;
			/** S3's error code, or the network's, e.g. `ECONNRESET`. */
			code?: string;
			/** What S3 said, without its secrets. */
			said?: string;
			/** Close's answer, to see which field it refused. */
			body?: IDataObject;
			/** Where a redirect points. */
			location?: string;
			/** The credential that Close was asked with. */
			credentialType?: string;
			/** How long the service asks to wait. */
			retryAfterMs?: number;
		} = {},
	) {}

	/** Whether the request may have been carried out although no usable answer came. */
	get isLost(): boolean {
		const { status = 0 } = this.facts;
		if (this.kind === 'status') return status >= 500 && status !== 503;
		return this.kind !== 'refused' && this.kind !== 'unresolved';
	}
}

const NEVER_ARRIVED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];
const TOO_LATE = ['ECONNABORTED', 'ETIMEDOUT'];

/** n8n wraps the HTTP client's error once or twice. */
const DEEPEST = 10;

export const isSuccess = (status: number): boolean => status >= 200 && status < 300;

/** What is read from the errors that n8n's HTTP helpers throw, bare or wrapped in a NodeApiError. */
interface HttpError {
	name?: string;
	code?: string;
	response?: { status?: number; headers?: Record<string, unknown>; data?: unknown };
	cause?: HttpError;
	errorResponse?: HttpError;
	/** All that a NodeApiError of n8n 1.x keeps: the status or the network's code, … */
	httpCode?: unknown;
	/** … and the answer's body. */
	context?: { data?: unknown };
}

/** How an attempt ended that was answered with no success, or not at all. */
export interface HttpEnd {
	kind: Kind;
	code?: string;
	response?: HttpError['response'];
}

/** Finds the HTTP client's own error in what n8n's helpers throw, and tells how the attempt ended. */
export function readHttpError(thrown: unknown, cancelled: boolean): HttpEnd {
	let error = Object(thrown) as HttpError;
	let { code } = error;
	// Counted, because an error may be its own cause.
	for (let depth = 0; depth < DEEPEST && error.response?.status === undefined; depth += 1) {
		const inner = error.cause ?? error.errorResponse;
		if (typeof inner !== 'object' || inner === null) break;
		error = inner;
		code = error.code ?? code;
	}
	const known = knownTo1x(Object(thrown) as HttpError);
	const response = error.response ?? known.response;
	code ??= known.code;
	if (response?.status !== undefined && !isSuccess(response.status)) {
		return { kind: 'status', response };
	}
	if (cancelled) return { kind: 'cancelled' };
	if (error.name === 'ExpressionError') return { kind: 'unresolved' };
	// Without its body a success is no refusal: what was asked for has been carried out.
	if (response?.status !== undefined) return { kind: 'cut', code, response };

	if (code !== undefined && NEVER_ARRIVED.includes(code)) return { kind: 'refused', code };
	if (code !== undefined && TOO_LATE.includes(code)) return { kind: 'timeout', code };
	return { kind: 'cut', code };
}

/** What a NodeApiError of n8n 1.x tells, which has lost its cause and with it the answer's headers. */
function knownTo1x({ httpCode, context }: HttpError): Pick<HttpEnd, 'code' | 'response'> {
	const text = typeof httpCode === 'string' ? httpCode : '';
	if (!/^\d{3}$/.test(text)) return { code: text || undefined };
	return { response: { status: Number(text), data: context?.data } };
}
