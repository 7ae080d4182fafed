import type { FileRecord, Sandbox } from '../sandbox/server';
import { anEmail, upload, type SentAttachment } from './client';

/** A kind of record that takes files, as a client sees it. */
export interface FileRecordKind {
	name: string;
	path: string;
	/** The least that a new one needs, without attachments. */
	body(sandbox: Sandbox): object;
	/** What its attachments have to carry beside `url` and `filename`. */
	keys: ReadonlyArray<'size' | 'content_type'>;
	/** The URL that it keeps a file at; `id` and `token` are filled in. */
	keptAt: string;
	records(sandbox: Sandbox): FileRecord[];
	/** Query that its list needs to tell of attachments. */
	query?: string;
	createdStatus?: number;
}

const persisted = 'https://app.close.com/go/file/persisted/ORGANIZATION';

export const fileRecordKinds: FileRecordKind[] = [
	{
		name: 'an email',
		path: '/activity/email/',
		body: (sandbox) => anEmail(sandbox),
		keys: ['size'],
		keptAt: `${persisted}/activity.email/ID/TOKEN/offer.pdf/`,
		records: ({ account }) => account.emails,
	},
	{
		name: 'a note',
		path: '/activity/note/',
		body: (sandbox) => aNote(sandbox),
		keys: [],
		keptAt: `${persisted}/activity.note/ID/TOKEN/offer.pdf/`,
		records: ({ account }) => account.notes,
	},
];

export function aNote({ account }: Sandbox, fields: object = {}): object {
	return { lead_id: account.leads[0].id, note: 'Called', ...fields };
}

/** Uploads a file; returns what this kind of record wants to be sent of it. */
export async function attachmentFor(
	{ keys }: FileRecordKind,
	sandbox: Sandbox,
	filename = 'offer.pdf',
): Promise<Partial<SentAttachment>> {
	const { url, ...rest } = await upload(sandbox, filename);
	return { url, filename, ...Object.fromEntries(keys.map((key) => [key, rest[key]])) };
}
