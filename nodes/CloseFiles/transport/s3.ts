import type { IExecuteFunctions, IN8nHttpFullResponse } from 'n8n-workflow';
import type { Connection } from './connection';
import { Mishap, readHttpError } from './mishap';

/** S3's answer to a form POST. A refusal is an answer too. */
export interface S3Answer {
	status: number;
	/** XML for 201 and for refusals, else empty. */
	text: string;
}

/**
 * Posts a signed form to S3. The only other place that talks to the network: it knows no
 * credential, so none can reach S3, which would refuse it (one authentication only).
 *
 * Redirects are not followed: besides being a refusal, following them would make the HTTP client
 * keep the whole body in memory for a second send (docs/decisions/0002-streamed-file.md).
 */
export async function postForm(
	connection: Connection,
	{
		url,
		form,
		timeoutMs,
		signal,
	}: {
		url: string;
		form: FormData;
		timeoutMs: number;
		signal: AbortSignal;
	},
): Promise<S3Answer | Mishap> {
	const { helpers } = connection.context as IExecuteFunctions;
	try {
		const answer = (await helpers.httpRequest({
			method: 'POST',
			url,
			body: form,
			timeout: timeoutMs,
			// One of its own for each request: Node warns of more than ten listeners at one signal.
			abortSignal: AbortSignal.any([signal]),
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: true,
			returnFullResponse: true,
		})) as IN8nHttpFullResponse;
		return { status: answer.statusCode, text: String(answer.body ?? '') };
	} catch (error) {
		const { kind, code } = readHttpError(error, signal.aborted);
		// Refusals are answered, not thrown: one that is thrown broke off before it could be read.
		return new Mishap(kind === 'status' ? 'cut' : kind, { code });
	}
}
