import type {
	Attachment,
	Email,
	EmailTemplate,
	FileRecord,
	LeadFile,
	Note,
	Opportunity,
	Sms,
	SmsTemplate,
	WhatsAppMessage,
} from '../close/records';
import { plainText } from '../close/richText';

/** A record as the page shows it. All of it is text, not HTML. */
export interface Card {
	kind: string;
	title: string;
	/** Its state; also the name of the badge's colour. */
	status?: string;
	date_created: string;
	/** Label and value; those without a value are not shown. */
	lines: Array<[string, string | null | undefined]>;
	body: string;
	attachments: Attachment[];
}

export function emailCard(email: Email): Card {
	const { subject, status, sender, to, cc, bcc, body_text, body_html } = email;
	return {
		...shared(email),
		kind: 'Email',
		title: subject ?? '(no subject)',
		status,
		lines: [
			['From', sender],
			['To', to.join(', ')],
			['CC', cc.join(', ')],
			['BCC', bcc.join(', ')],
			['Scheduled', scheduled(email)],
		],
		body: body_text || plainText(body_html ?? ''),
	};
}

export function noteCard(note: Note): Card {
	return {
		...shared(note),
		kind: 'Note',
		title: note.title ?? '(no title)',
		status: note.pinned ? 'pinned' : undefined,
		lines: [],
		body: note.note,
	};
}

export function smsCard(sms: Sms): Card {
	return {
		...shared(sms),
		kind: sms.attachments.length > 0 ? 'MMS' : 'SMS',
		title: `${sms.direction === 'inbound' ? 'From' : 'To'} ${sms.remote_phone ?? '(no number)'}`,
		status: sms.status,
		lines: [
			['Our number', sms.local_phone],
			['Scheduled', scheduled(sms)],
		],
		body: sms.text ?? '',
	};
}

export function whatsAppMessageCard(message: WhatsAppMessage): Card {
	return {
		...shared(message),
		kind: 'WhatsApp',
		title: `${message.direction === 'incoming' ? 'From' : 'To'} ${message.remote_phone}`,
		status: 'logged',
		lines: [
			['Our number', message.local_phone],
			['External id', message.external_whatsapp_message_id],
		],
		body: message.message_markdown,
	};
}

export function opportunityCard(opportunity: Opportunity): Card {
	const { value, value_currency, confidence, status_label, note } = opportunity;
	return {
		...shared(opportunity),
		kind: 'Opportunity',
		title: value === null ? '(no value)' : `${amount(value)} ${String(value_currency)}`,
		status: String(status_label).toLowerCase(),
		lines: [['Confidence', `${String(confidence)} %`]],
		body: note,
	};
}

export function leadFileCard(file: LeadFile): Card {
	const { name, download_url: url, size, content_type, date_created } = file;
	const attachments = [{ url, filename: name, size, content_type }];
	return { kind: 'File', title: name, date_created, lines: [], body: '', attachments };
}

export function emailTemplateCard(template: EmailTemplate): Card {
	const { name, subject, body, is_shared, is_archived } = template;
	return {
		...shared(template),
		kind: 'Email template',
		title: name,
		status: is_archived ? 'archived' : visibility(is_shared),
		lines: [['Subject', subject]],
		body: plainText(body),
	};
}

export function smsTemplateCard(template: SmsTemplate): Card {
	return {
		...shared(template),
		kind: 'SMS template',
		title: template.name,
		status: visibility(template.is_shared),
		lines: [],
		body: template.text,
	};
}

function shared({ date_created, attachments }: FileRecord) {
	return { date_created, attachments };
}

/** Close counts in the hundredth part of a currency. */
const amount = (value: number) => (value / 100).toLocaleString('en', { minimumFractionDigits: 2 });

const visibility = (isShared: boolean) => (isShared ? 'shared' : 'private');

function scheduled({ date_scheduled }: Email | Sms): string | null {
	return date_scheduled && shortDate(date_scheduled);
}

export const shortDate = (date: string) => `${date.slice(0, 16).replace('T', ' ')} UTC`;
