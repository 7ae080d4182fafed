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
	{
		name: 'an SMS',
		path: '/activity/sms/',
		body: (sandbox) => anSms(sandbox),
		keys: ['content_type'],
		keptAt: 'https://app.close.com/go/sms/ID/media/media_\\w{43}/',
		records: ({ account }) => account.sms,
	},
	{
		name: 'a WhatsApp message',
		path: '/activity/whatsapp_message/',
		body: (sandbox) => aWhatsAppMessage(sandbox),
		keys: ['content_type'],
		keptAt: `${persisted}/activity.whatsapp_message/ID/TOKEN/offer.pdf/`,
		records: ({ account }) => account.whatsAppMessages,
	},
	{
		name: 'an email template',
		path: '/email_template/',
		body: () => ({ name: 'Welcome' }),
		keys: ['size'],
		keptAt: `${persisted}/email_template/ID/TOKEN/offer.pdf/`,
		records: ({ account }) => account.emailTemplates,
	},
	{
		name: 'an SMS template',
		path: '/sms_template/',
		body: () => ({ name: 'Welcome' }),
		keys: ['content_type'],
		keptAt: `${persisted}/sms_template/ID/TOKEN/offer.pdf/`,
		records: ({ account }) => account.smsTemplates,
		query: '?include_attachments=true',
		createdStatus: 201,
	},
	{
		name: 'an opportunity',
		path: '/opportunity/',
		body: ({ account }) => ({ lead_id: account.leads[0].id }),
		keys: [],
		keptAt: `${persisted}/opportunity/ID/TOKEN/offer.pdf/`,
		records: ({ account }) => account.opportunities,
	},
];

export function aNote({ account }: Sandbox, fields: object = {}): object {
	return { lead_id: account.leads[0].id, note: 'Called', ...fields };
}

/** A draft; in another status with the numbers that it needs. */
export function anSms({ account }: Sandbox, fields: Record<string, unknown> = {}): object {
	const [lead] = account.leads;
	const [{ number }] = account.phoneNumbers;
	const isDraft = [undefined, 'draft'].includes(fields.status as string | undefined);
	return {
		lead_id: lead.id,
		status: 'draft',
		text: 'Here it is',
		...(isDraft ? {} : { local_phone: number, remote_phone: lead.contacts[0].phones[0].phone }),
		...fields,
	};
}

export function aWhatsAppMessage({ account }: Sandbox, fields: object = {}): object {
	const [{ id, contacts }] = account.leads;
	return {
		lead_id: id,
		contact_id: contacts[0].id,
		external_whatsapp_message_id: 'wamid.1',
		direction: 'outgoing',
		local_phone: '+14155550190',
		remote_phone: contacts[0].phones[0].phone,
		message_markdown: 'Hello *Gina*',
		activity_at: '2026-02-03T10:00:00Z',
		...fields,
	};
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
