import type { Clock } from '../clock';
import { demoAccount } from './demoAccount';
import {
	closeDate,
	mediaId,
	newId,
	recordId,
	tokenOf,
	type Bookkeeping,
	type ConnectedAccount,
	type Contact,
	type Delivery,
	type Email,
	type EmailTemplate,
	type FileRecord,
	type Lead,
	type LeadFile,
	type Note,
	type Opportunity,
	type OpportunityStatus,
	type PhoneNumber,
	type Sms,
	type SmsTemplate,
	type Upload,
	type User,
	type WhatsAppMessage,
} from './records';

const MEDIA = /\/go\/sms\/([^/]+)\/media\/([^/]+)\//;

/**
 * The Close account: records and the few rules that hold between them. Records are plain objects in
 * the order of their creation; a test that changes one stands for another client of Close.
 */
export class Account {
	readonly organizationId = recordId('orga', 'sandbox');
	users: User[] = [];
	leads: Lead[] = [];
	connectedAccounts: ConnectedAccount[] = [];
	phoneNumbers: PhoneNumber[] = [];
	opportunityStatuses: OpportunityStatus[] = [];
	emails: Email[] = [];
	notes: Note[] = [];
	sms: Sms[] = [];
	whatsAppMessages: WhatsAppMessage[] = [];
	emailTemplates: EmailTemplate[] = [];
	smsTemplates: SmsTemplate[] = [];
	opportunities: Opportunity[] = [];
	/** Those of the leads themselves; the files of their activities are the activities' attachments. */
	leadFiles: LeadFile[] = [];
	uploads: Upload[] = [];
	/** By the id of a record or the URL of an attachment. */
	readonly books = new Map<string, Bookkeeping>();
	private sent: Delivery[] = [];

	constructor(private readonly clock: Clock) {
		this.reset();
	}

	/** Back to the demo account; the object stays the same. */
	reset(): void {
		const activities = { emails: [], notes: [], sms: [], whatsAppMessages: [] };
		Object.assign(this, demoAccount(this.organizationId), activities);
		this.leadFiles = [];
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

	/** The connected accounts that emails come from. */
	get emailAccounts(): ConnectedAccount[] {
		return this.connectedAccounts.filter(({ enabled_features: features }) =>
			features.some((feature) => feature.startsWith('email')),
		);
	}

	/** Every record that can hold attachments. */
	get fileRecords(): FileRecord[] {
		const { emails, notes, sms, whatsAppMessages, emailTemplates, smsTemplates } = this;
		const activities = [...emails, ...notes, ...sms, ...whatsAppMessages];
		return [...activities, ...emailTemplates, ...smsTemplates, ...this.opportunities];
	}

	/** Every message that left until now, in order: at once, after `send_in`, or as scheduled. */
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

	/** The upload that a temporary, persisted or media URL means, or a token. */
	upload(urlOrToken: string): Upload | undefined {
		const [, smsId, media] = MEDIA.exec(urlOrToken) ?? [];
		if (smsId !== undefined) {
			return this.uploads.find(({ token }) => mediaId(smsId, token) === media);
		}
		const token = urlOrToken.includes('/') ? tokenOf(urlOrToken) : urlOrToken;
		return this.uploads.find((upload) => upload.token === token);
	}

	addLead(lead: { name: string; id?: string; status_label?: string }): Lead {
		const added = { id: newId('lead'), status_label: 'Potential', contacts: [], ...lead };
		this.leads.push(added);
		return added;
	}

	/** Sends what is due. Time passes between requests, so every look at messages begins here. */
	sendDue(): void {
		for (const [id, book] of this.books) {
			if (book.sendAt === undefined || book.sendAt > this.clock.now()) continue;
			const email = this.emails.find((each) => each.id === id);
			const message = email ?? this.sms.find((each) => each.id === id);
			this.sent.push({ [email === undefined ? 'smsId' : 'emailId']: id, at: book.sendAt });
			if (message !== undefined) {
				message.status = 'sent';
				message.date_sent = closeDate(book.sendAt);
				message.date_updated = message.date_sent;
			}
			book.sendAt = undefined;
		}
	}
}
