import type { IDataObject } from 'n8n-workflow';

const KEPT = [
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

/** What most workflows need of an email; Close's own answer has some sixty keys. */
export function simplified(email: IDataObject): IDataObject {
	return Object.fromEntries(KEPT.map((key) => [key, email[key] ?? null]));
}
