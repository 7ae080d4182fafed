/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import type { IncomingMessage } from 'node:http';

/** What S3 found in a form, in the order in which it came. */
export interface LoggedForm {
	/** Fields before the file. Those after it are ignored, as S3 does. */
	fields: Array<[string, string]>;
	file?: {
		filename: string;
		/** Lower case, without parameters: the parser keeps no more. Empty if none was sent. */
		contentType: string;
		/** Bytes that arrived; grows while the upload runs. */
		size: number;
		/** Hex; empty until the upload is complete, and with `discard`. */
		md5: string;
		/** Position among all parts, from 0: equals `fields.length` when nothing came after it. */
		index: number;
	};
	/** Parts after the file, which S3 does not look at. A correct client sends none. */
	partsAfterFile: number;
}

/** One request as it arrived. Paths of the page and of `/sandbox/…` are not logged. */
export interface LoggedRequest {
	server: 'close' | 's3';
	/** Method and path pattern, without `/api/v1`: `PUT /activity/email/{id}/`; at S3 `POST s3`. */
	call: string;
	method: string;
	/** As sent, with the query and, at Close, with `/api/v1`. */
	path: string;
	headers: Record<string, string>;
	/** Names and values in turn, with their case and their duplicates. */
	rawHeaders: string[];
	/** The JSON that was sent to Close; text that is no JSON stays text. */
	body?: unknown;
	form?: LoggedForm;
	/** Missing while no answer was given, and for good after a reset or a timeout. */
	status?: number;
	/** Sandbox time of arrival, in ms since the epoch. */
	at: number;
	/** The effect that was injected, as JSON. */
	fault?: string;
}

export function logged(
	server: LoggedRequest['server'],
	call: string,
	request: IncomingMessage,
	at: number,
): LoggedRequest {
	const headers: Record<string, string> = {};
	for (const [name, value] of Object.entries(request.headers)) {
		headers[name] = Array.isArray(value) ? value.join(', ') : (value ?? '');
	}
	return {
		server,
		call,
		method: request.method ?? '',
		path: request.url ?? '',
		headers,
		rawHeaders: [...request.rawHeaders],
		at,
	};
}
