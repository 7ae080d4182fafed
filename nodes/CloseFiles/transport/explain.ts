import { CloseFilesError, type ErrorDetails } from '../errors';
import { closeSaid } from './closeSaid';
import type { Mishap } from './mishap';
import { RATE_LIMIT_DEFAULT_MS } from './pace';

/** The error that a call to Close ends with when it is not tried again. */
export function explainClose({ kind, facts }: Mishap, purpose: string): CloseFilesError {
	const { status, code } = facts;
	const details: ErrorDetails = { status, code };
	if (kind === 'cancelled') return cancelled();
	if (kind === 'unresolved') return unresolved(purpose);
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
	const fields = Object.keys(Object(facts.body?.['field-errors']));
	return new CloseFilesError(
		`Close refused to ${purpose}${because || ` (HTTP status ${status})`}`,
		fields.length > 0 ? 'Correct the named fields and run the workflow again.' : unnamed(said),
		{ ...details, fields },
	);
}

/** What to do about a refusal that names no field. */
function unnamed(said: string): string {
	return said
		? 'Change what Close objects to and run the workflow again.'
		: 'Close gave no reason: check what the fields of this node hold.';
}

/** Before the purpose. */
const WHAT_HAPPENED = {
	refused: 'Close could not be reached to',
	timeout: 'Close gave no answer in time when asked to',
	cut: 'The connection to Close was cut when it was asked to',
	unreadable: 'Close gave an answer that is not readable when asked to',
};

/** In n8n 2.41 it happens to every credential with a key, where files are kept in an item's JSON. */
function unresolved(purpose: string): CloseFilesError {
	return new CloseFilesError(
		`n8n could not read the credential to ${purpose}`,
		"Look at 'Binary Mode' in the settings of the workflow: while it is Combined, n8n 2.41 reads no API keys. Choose Separate, or use a Close OAuth2 API credential.",
		{},
		{ cause: 'configuration-invalid' },
	);
}

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
