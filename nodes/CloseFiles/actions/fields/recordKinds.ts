import type { RecordKind } from './recordId';

/**
 * The kinds of records in Close that fields refer to.
 *
 * Emails and notes have no pick-list on purpose: Close lists them newest first for the whole
 * organization, with nothing to search by, so nobody would find theirs in it.
 */
export const recordKinds = {
	contact: {
		label: 'Contact',
		noun: 'a contact',
		prefix: 'cont_',
		hasAddress: true,
		searchListMethod: 'searchContacts',
	},
	email: { label: 'Email', noun: 'an email', prefix: 'acti_', hasAddress: true },
	emailAccount: {
		label: 'Email Account',
		noun: 'an email account',
		prefix: 'emailacct_',
		searchListMethod: 'searchEmailAccounts',
	},
	emailTemplate: {
		label: 'Email Template',
		noun: 'an email template',
		prefix: 'tmpl_',
		hasAddress: true,
		searchListMethod: 'searchEmailTemplates',
	},
	lead: {
		label: 'Lead',
		noun: 'a lead',
		prefix: 'lead_',
		hasAddress: true,
		searchListMethod: 'searchLeads',
	},
	note: { label: 'Note', noun: 'a note', prefix: 'acti_', hasAddress: true },
	opportunity: {
		label: 'Opportunity',
		noun: 'an opportunity',
		prefix: 'oppo_',
		hasAddress: true,
		searchListMethod: 'searchOpportunities',
	},
	smsTemplate: {
		label: 'SMS Template',
		noun: 'an SMS template',
		prefix: 'smstmpl_',
		hasAddress: true,
		searchListMethod: 'searchSmsTemplates',
	},
	user: {
		label: 'User',
		noun: 'a user',
		prefix: 'user_',
		searchListMethod: 'searchUsers',
	},
	whatsAppMessage: {
		label: 'WhatsApp Message',
		noun: 'a WhatsApp message',
		prefix: 'acti_',
		hasAddress: true,
	},
} satisfies Record<string, RecordKind>;
