import { CloseFilesError } from '../errors';
import { cancelled } from './explain';
import { Mishap, type Kind } from './mishap';
import { isTransient, policies } from './retries';
import type { S3Answer } from './s3';

/** S3's sayings are cut there: they may quote the request. */
const LONGEST_SAYING = 200;

/** A form value shorter than this is no secret and may stand in what S3 says, e.g. `201`. */
const SHORTEST_SECRET = 8;

/**
 * What a refusal of S3 says, from its status and its XML.
 *
 * S3 answers an expired policy with the code AccessDenied as well; it gets a code of its own here,
 * because a new signature mends it.
 */
export function readRefusal({ status, text }: S3Answer, fields: Record<string, string>): Mishap {
	const message = element(text, 'Message');
	const expired = /policy expired/i.test(message);
	return new Mishap('status', {
		status,
		code: expired ? 'PolicyExpired' : withoutSecrets(element(text, 'Code'), fields) || undefined,
		said: withoutSecrets(message, fields),
	});
}

/** The error that an upload ends with when it is not tried again. */
export function explainS3(
	mishap: Mishap,
	file: { filename: string; size: number },
	tries: number,
): CloseFilesError {
	const { kind, facts } = mishap;
	const { status, code, said } = facts;
	const name = `'${file.filename}'`;
	const details = { status, code };
	if (kind === 'cancelled') return cancelled();
	if (isTransient(mishap, policies.upload)) {
		const what = status === undefined ? kind : (code ?? `status ${status}`);
		return new CloseFilesError(
			`The file ${name} (${file.size} bytes) did not reach Close's file storage: ${WHAT_HAPPENED.get(what) ?? what}, ${tries} ${tries === 1 ? 'time' : 'times'}`,
			`Run the workflow again in a while. ${IF_IT_STAYS_SO.get(kind) ?? ''}`.trimEnd(),
			details,
			{ cause: 'temporarily-unavailable' },
		);
	}
	switch (code) {
		case 'EntityTooLarge':
			return new CloseFilesError(
				`The file ${name} is too large for Close: it has ${file.size} bytes`,
				"Send a smaller file, or a link to it. 'Max File Size (MB)' in the options refuses such files before the upload.",
				details,
			);
		case 'EntityTooSmall':
			return new CloseFilesError(
				`The file ${name} is too small for Close: it has ${file.size} bytes`,
				'Check the node that brings the file.',
				details,
			);
		case 'KeyTooLongError':
			return new CloseFilesError(
				`The name of the file ${name} is too long for Close's file storage`,
				"Give it a shorter one, e.g. as 'File Name' in the options.",
				details,
			);
	}
	return new CloseFilesError(
		`Close's file storage refused the file ${name}: ${[code ?? `HTTP status ${status}`, said].filter(Boolean).join(', ')}`,
		'Run the workflow again. If it stays so, the way Close signs uploads has changed: report it to the maintainers of this node.',
		details,
	);
}

const IF_IT_STAYS_SO = new Map<Kind, string>([
	['refused', 'If it stays so, look whether the network of n8n lets it reach amazonaws.com.'],
	['timeout', "For large files on a slow line, raise 'Timeout (Seconds)' in the options."],
	// S3 refuses while the file is on its way, and what it says can be lost with the connection.
	['cut', 'If it happens to this file only, the storage may refuse it: try a smaller one.'],
]);

const WHAT_HAPPENED = new Map([
	['refused', 'the connection was not accepted'],
	['timeout', 'it took too long'],
	['cut', 'the connection was cut'],
	['PolicyExpired', 'its signature had expired'],
	['RequestTimeTooSkewed', 'its signature had expired'],
	['RequestTimeout', 'the connection was idle for too long'],
	['SlowDown', 'it receives too many uploads'],
	['InternalError', 'it was not able to handle it'],
]);

/** The text of an XML element, or an empty one. S3's error XML is flat. */
function element(xml: string, name: string): string {
	const text = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? '';
	return text
		.replace(/&lt;/g, '<')
		.replace(/&gt;/g, '>')
		.replace(/&quot;/g, '"')
		.replace(/&apos;|&#39;/g, "'")
		.replace(/&amp;/g, '&');
}

/** S3 quotes the policy's conditions and may quote fields; neither goes into an error. */
function withoutSecrets(message: string, fields: Record<string, string>): string {
	const stated = message.replace(
		/Policy Condition failed.*/is,
		'a condition of the policy is not met',
	);
	const clean = Object.values(fields)
		.filter((value) => value.length >= SHORTEST_SECRET)
		// The longest first: one may hold another, and the rest of it would be left.
		.sort((a, b) => b.length - a.length)
		.reduce((text, value) => text.split(value).join('…'), stated);
	return clean.length > LONGEST_SAYING ? `${clean.slice(0, LONGEST_SAYING)}…` : clean;
}
