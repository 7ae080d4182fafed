import { createHash, randomBytes } from 'node:crypto';

import type { Clock } from '../clock';
import { demoAccount } from './demoAccount';

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

export interface EmailAccount {
	id: string;
	_type: string;
	user_id: string;
	email: string;
	identities: Array<{ name: string; email: string }>;
}

export interface EmailTemplate {
	id: string;
	name: string;
	subject: string;
	body: string;
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

/** As Close answers it; `size` is that of the stored file. */
export interface Attachment {
	url: string;
	filename: string;
	size: number;
	content_type: string | null;
	content_id: string | null;
	inline_only: boolean;
}

/** An email activity: what the rules look at, and the rest of what Close answers. */
export interface Email {
	id: string;
	lead_id: string;
	status: string;
	sender: string | null;
	to: string[];
	cc: string[];
	bcc: string[];
	subject: string | null;
	body_text: string | null;
	body_html: string | null;
	attachments: Attachment[];
	date_created: string;
	date_updated: string;
	date_scheduled: string | null;
	date_sent: string | null;
	[other: string]: unknown;
}

/** What the sandbox knows of a record and Close does not tell. Times in ms of the sandbox. */
export interface Bookkeeping {
	createdAt: number;
	/** When it goes out; unset while it is not to be sent, and after it was. */
	sendAt?: number;
}

/** One email that left. Two with the same `emailId` are a bug of the client's or of ours. */
export interface Delivery {
	emailId: string;
	/** Milliseconds since the epoch. */
	at: number;
}

/** The Close account: records and the few rules that hold between them. */
export class Account {
	readonly organizationId = recordId('orga', 'sandbox');
	users: User[] = [];
	leads: Lead[] = [];
	emailAccounts: EmailAccount[] = [];
	emailTemplates: EmailTemplate[] = [];
	/** In the order of their creation. */
	emails: Email[] = [];
	uploads: Upload[] = [];
	readonly books = new Map<string, Bookkeeping>();
	private sent: Delivery[] = [];

	constructor(private readonly clock: Clock) {
		this.reset();
	}

	/** Back to the demo account; the object stays the same. */
	reset(): void {
		Object.assign(this, demoAccount());
		this.emails = [];
		this.uploads = [];
		this.books.clear();
		this.sent = [];
	}

	/** Whose API key is used. */
	get owner(): User {
		return this.users[0];
	}

	get contacts(): Contact[] {
		return this.leads.flatMap((lead) => lead.contacts);
	}

	/** Every email that left until now, in order: at once, after `send_in`, or as scheduled. */
	get deliveries(): Delivery[] {
		this.sendDue();
		return this.sent;
	}

	lead(id: string): Lead | undefined {
		return this.leads.find((lead) => lead.id === id);
	}

	leadNamed(name: string): Lead | undefined {
		return this.leads.find((lead) => lead.name === name);
	}

	email(id: string): Email | undefined {
		this.sendDue();
		return this.emails.find((email) => email.id === id);
	}

	emailsOf(leadId: string): Email[] {
		this.sendDue();
		return this.emails.filter((email) => email.lead_id === leadId);
	}

	/** The upload that a temporary or persisted URL means, or a token. */
	upload(urlOrToken: string): Upload | undefined {
		const token = urlOrToken.includes('/') ? tokenOf(urlOrToken) : urlOrToken;
		return this.uploads.find((upload) => upload.token === token);
	}

	addLead(lead: { name: string; id?: string; status_label?: string }): Lead {
		const added = { id: newId('lead'), status_label: 'Potential', contacts: [], ...lead };
		this.leads.push(added);
		return added;
	}

	/** Sends what is due. Time passes between requests, so every look at emails begins here. */
	sendDue(): void {
		for (const [emailId, book] of this.books) {
			if (book.sendAt === undefined || book.sendAt > this.clock.now()) continue;
			const email = this.emails.find(({ id }) => id === emailId);
			this.sent.push({ emailId, at: book.sendAt });
			if (email !== undefined) {
				email.status = 'sent';
				email.date_sent = closeDate(book.sendAt);
				email.date_updated = email.date_sent;
			}
			book.sendAt = undefined;
		}
	}
}

/** Second last part of the path in each of Close's file URLs. */
export function tokenOf(url: string): string | undefined {
	return /\/go\/file\/(?:[^/?#]+\/)+?([^/?#]+)\/[^/?#]+\/?$/.exec(url)?.[1];
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
