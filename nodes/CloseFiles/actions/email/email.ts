import { refusal } from '../../errors';
import type { CloseRecord } from '../../records/creation';

export const EMAIL_PATH = '/activity/email/';

/** What most workflows need of an email; Close's own answer has some sixty keys. */
export const EMAIL_KEYS = [
	'id',
	'lead_id',
	'status',
	'subject',
	'sender',
	'to',
	'date_created',
	'thread_id',
	'attachments',
];

/** @throws CloseFilesError for an email that is on its way or was, which Close does not change. */
export function refuseUnlessDraft({ status }: CloseRecord): void {
	if (status === 'draft') return;
	throw refusal(
		`The email is no draft: its status is '${String(status)}', and Close changes drafts only`,
		'Give the ID of a draft. One that waits to be sent becomes a draft again once it is cancelled in Close.',
	);
}
