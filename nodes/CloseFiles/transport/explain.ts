import type { IDataObject } from 'n8n-workflow';
import { CloseFilesError, type ErrorDetails } from '../errors';
import type { Mishap } from './mishap';
import { RATE_LIMIT_DEFAULT_MS } from './retries';

/** What Close says about a refusal is cut there: enough to act on, too short to carry a body. */
const LONGEST_SAYING = 500;

/** Close's field names and the labels under which the user knows them. */
const LABELS: Record<string, string> = {
	activity_at: 'Activity At',
	attachments: 'Attachments',
	bcc: 'BCC',
	body_html: 'Body',
	body_text: 'Body',
	cc: 'CC',
	contact_id: 'Contact',
	content_type: 'Content Type',
	date_created: 'Date Created',
	date_scheduled: 'Date Scheduled',
	direction: 'Direction',
	email_account_id: 'Email Account',
	external_whatsapp_message_id: 'External WhatsApp Message ID',
	filename: 'File Name',
	followup_date: 'Follow-Up Date',
	in_reply_to_id: 'In Reply To',
	integration_link: 'Integration Link',
	lead_id: 'Lead',
	local_phone: 'Local Phone',
	message_markdown: 'Message',
	remote_phone: 'Remote Phone',
	response_to_id: 'Response To',
	send_in: 'Send In (Seconds)',
	sender: 'Sender',
	status: 'Status',
	subject: 'Subject',
	template_id: 'Template',
	text: 'Text',
	to: 'To',
	user_id: 'User',
};

/** The error that a call to Close ends with when it is not tried again. */
export function explainClose({ kind, facts }: Mishap, purpose: string): CloseFilesError {
	const { status, code } = facts;
	const details: ErrorDetails = { status, code };
	if (kind === 'cancelled') return cancelled();
	if (kind !== 'status') {
		return new CloseFilesError(
			`${WHAT_HAPPENED[kind]} ${purpose}`,
			'Run the workflow again in a while. If it stays so, look at status.close.com and at the network of n8n.',
			details,
			{ cause: 'temporarily-unavailable' },
		);
	}

	const said = closeSaid(facts.body);
	const because = said ? `: ${said}` : '';
	switch (status) {
		case 401:
			return new CloseFilesError(
				`Close did not accept the credential to ${purpose}`,
				facts.credentialType === 'closeOAuth2Api'
					? 'Open the credential in n8n and reconnect it: Close has ended its access.'
					: "Check 'API Key' of the credential: keys are listed in Close under Settings > Developer > API Keys.",
				details,
				{ cause: 'credential-invalid' },
			);
		case 402:
			return new CloseFilesError(
				`The plan of your Close organization does not allow to ${purpose}${because}`,
				'Ask an admin of your Close organization about the plan.',
				details,
			);
		case 403:
			return new CloseFilesError(
				`Close does not permit this user to ${purpose}${because}`,
				'Ask an admin of your Close organization for the permission, or use a credential of another user.',
				details,
			);
		case 404:
			return new CloseFilesError(
				`Close could not ${purpose}, because something it refers to does not exist${because}`,
				'Check the IDs, and that they belong to the same Close organization as the credential.',
				details,
			);
		case 429:
			return rateLimited(facts.retryAfterMs ?? RATE_LIMIT_DEFAULT_MS);
	}
	if (status !== undefined && status >= 500) {
		return new CloseFilesError(
			`Close was not able to ${purpose} (HTTP status ${status})`,
			'Run the workflow again in a while. If it stays so, look at status.close.com.',
			details,
			{ cause: 'temporarily-unavailable' },
		);
	}
	return new CloseFilesError(
		`Close refused to ${purpose}${because || ` (HTTP status ${status})`}`,
		'Correct the named fields and run the workflow again.',
		{ ...details, fields: Object.keys(Object(facts.body?.['field-errors'])) },
	);
}

/** Before the purpose. */
const WHAT_HAPPENED = {
	refused: 'Close could not be reached to',
	timeout: 'Close gave no answer in time when asked to',
	cut: 'The connection to Close was cut when it was asked to',
	unreadable: 'Close gave an answer that is not readable when asked to',
};

function rateLimited(waitMs: number): CloseFilesError {
	const seconds = Math.ceil(waitMs / 1000);
	return new CloseFilesError(
		`Close receives too many requests and asks to wait ${seconds} seconds`,
		"Run the workflow again later, or lower 'Max Parallel' in the options.",
		{ status: 429 },
		{ cause: 'rate-limited', retryAfterMs: waitMs },
	);
}

export function cancelled(): CloseFilesError {
	return new CloseFilesError('The execution was canceled', 'Nothing more was started after that.');
}

/**
 * Close's own words: `error`, `errors` and `field-errors` (whose values may be nested), with field
 * names as labels.
 */
export function closeSaid(body: IDataObject | undefined): string {
	if (body === undefined) return '';
	const sayings = [
		...strings(body.error),
		...strings(body.errors),
		...fieldErrors(body['field-errors'], []),
	];
	const said = sayings.join('; ');
	return said.length > LONGEST_SAYING ? `${said.slice(0, LONGEST_SAYING)}…` : said;
}

function strings(value: unknown): string[] {
	if (typeof value === 'string') return value === '' ? [] : [value];
	return Array.isArray(value) ? value.flatMap(strings) : [];
}

function fieldErrors(value: unknown, path: string[]): string[] {
	if (typeof value === 'string') return [path.length > 0 ? `'${label(path)}' ${value}` : value];
	if (Array.isArray(value)) return value.flatMap((inner) => fieldErrors(inner, path));
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, inner]) => fieldErrors(inner, [...path, key]));
}

function label(path: string[]): string {
	const labelOf = (key: string) => (Object.hasOwn(LABELS, key) ? LABELS[key] : key);
	return path.map((key) => (/^\d+$/.test(key) ? Number(key) + 1 : labelOf(key))).join(' > ');
}
