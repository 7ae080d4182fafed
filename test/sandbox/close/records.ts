import { createHash, randomBytes } from 'node:crypto';

export interface User {
	id: string;
	email: string;
	first_name: string;
	last_name: string;
}

export interface Lead {
	id: string;
	name: string;
	status_label: string;
	contacts: Contact[];
}

export interface Contact {
	id: string;
	lead_id: string;
	name: string;
	title: string;
	emails: Array<{ email: string; type: string }>;
	phones: Array<{ phone: string; type: string }>;
}

interface Identity {
	name: string;
	email: string;
}

/** A mailbox, calendar or the like that a user has connected; `emailacct_…` whatever it is. */
export interface ConnectedAccount {
	id: string;
	_type: string;
	user_id: string;
	email: string;
	identities: Identity[];
	default_identity: Identity | null;
	enabled_features: string[];
	send_status: string | null;
}

export interface PhoneNumber {
	id: string;
	number: string;
	label: string;
	type: 'internal' | 'external' | 'virtual';
	sms_enabled: boolean;
	mms_enabled: boolean;
	/** Ids of the users who use it. */
	participants: string[];
}

export interface OpportunityStatus {
	id: string;
	label: string;
	type: 'active' | 'won' | 'lost';
}

/** A file that was signed for, and stored at S3 once `uploadedAt` is set. Times in ms. */
export interface Upload {
	token: string;
	userId: string;
	filename: string;
	contentType: string;
	/** Its key at S3. */
	key: string;
	/** The temporary URL: Close's `download.url`. */
	url: string;
	signedAt: number;
	uploadedAt?: number;
	size?: number;
	md5?: string;
}

/** As Close answers it; `size` is that of the stored file. The optional keys depend on the record. */
export interface Attachment {
	url: string;
	filename: string;
	size: number;
	content_type: string | null;
	content_id?: string | null;
	inline_only?: boolean;
	thumbnail_url?: string | null;
	media_id?: string;
}

/** What every record that takes files has: what the rules look at, and the rest of Close's answer. */
export interface FileRecord {
	id: string;
	attachments: Attachment[];
	date_created: string;
	date_updated: string;
	[other: string]: unknown;
}

/** An activity or an opportunity. */
export interface LeadRecord extends FileRecord {
	lead_id: string;
}

/** What may leave: an email or an SMS. */
export interface Message extends LeadRecord {
	status: string;
	date_scheduled: string | null;
	date_sent: string | null;
}

export interface Email extends Message {
	sender: string | null;
	to: string[];
	cc: string[];
	bcc: string[];
	subject: string | null;
	body_text: string | null;
	body_html: string | null;
}

/** Plain text and HTML of the same; see `richText.ts`. */
export interface RichText {
	note: string;
	note_html: string;
}

export interface Note extends LeadRecord, RichText {
	title: string | null;
	pinned: boolean;
}

export interface Sms extends Message {
	text: string | null;
	local_phone: string | null;
	remote_phone: string | null;
}

export interface WhatsAppMessage extends LeadRecord {
	message_markdown: string;
	direction: string;
	local_phone: string;
	remote_phone: string;
	external_whatsapp_message_id: string;
}

export interface EmailTemplate extends FileRecord {
	name: string;
	subject: string;
	body: string;
	is_shared: boolean;
	is_archived: boolean;
}

export interface SmsTemplate extends FileRecord {
	name: string;
	text: string;
	is_shared: boolean;
}

export interface Opportunity extends LeadRecord, RichText {
	status_id: string;
	value: number | null;
}

/** A file of a lead, as `/lead/{id}/files/` answers it; `checksum` is the MD5 in hex. */
export interface LeadFile {
	id: string;
	lead_id: string;
	organization_id: string;
	name: string;
	content_type: string | null;
	size: number;
	checksum: string;
	download_url: string;
	thumbnail_url: string | null;
	is_pinned: boolean;
	last_object_type: string;
	last_object_id: string;
	last_activity_at: string;
	date_created: string;
	date_updated: string;
	updated_by: string | null;
}

/** What the sandbox knows of a record or a file and Close does not tell. Times in ms of the sandbox. */
export interface Bookkeeping {
	createdAt: number;
	/** When it goes out; unset while it is not to be sent, and after it was. */
	sendAt?: number;
}

/** One message that left: an email or an SMS. Two with the same id are a bug of the client's or of ours. */
export interface Delivery {
	emailId?: string;
	smsId?: string;
	/** Milliseconds since the epoch. */
	at: number;
}

/** Second last part of the path in each of Close's file URLs, but those of SMS. */
export function tokenOf(url: string): string | undefined {
	return /\/go\/file\/(?:[^/?#]+\/)+?([^/?#]+)\/[^/?#]+\/?$/.exec(url)?.[1];
}

/** What an SMS calls a file in its URL; tells nothing of the token. */
export function mediaId(smsId: string, token: string): string {
	return recordId('media', `${smsId}/${token}`);
}

/** `acti_` and 43 letters and digits, as Close's. The same seed gives the same id. */
export function recordId(prefix: string, seed: string | Buffer): string {
	const digest = createHash('sha384').update(seed).digest('base64');
	return `${prefix}_${digest
		.replaceAll(/[^A-Za-z0-9]/g, '')
		.padEnd(43, '0')
		.slice(0, 43)}`;
}

export function newId(prefix: string): string {
	return recordId(prefix, randomBytes(16));
}

/** As Close writes times: UTC with microseconds and without an offset. */
export function closeDate(ms: number): string {
	return new Date(ms).toISOString().replace('Z', '000');
}
