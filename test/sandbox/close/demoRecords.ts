import {
	closeDate,
	recordId,
	type Attachment,
	type EmailTemplate,
	type Lead,
	type Opportunity,
	type OpportunityStatus,
	type SmsTemplate,
	type User,
} from './records';

const DATE = closeDate(Date.UTC(2026, 0, 5, 9));

/** What the demo account's users have written before the sandbox starts. */
export function demoRecords(users: User[], leads: Lead[], organizationId: string) {
	const [owner] = users;
	const written: Written = {
		organization_id: organizationId,
		attachments: [],
		date_created: DATE,
		date_updated: DATE,
		created_by: owner.id,
		updated_by: owner.id,
	};
	const opportunityStatuses: OpportunityStatus[] = [
		{ id: recordId('stat', 'Active'), label: 'Active', type: 'active' },
		{ id: recordId('stat', 'Won'), label: 'Won', type: 'won' },
		{ id: recordId('stat', 'Lost'), label: 'Lost', type: 'lost' },
	];
	const opportunities: Opportunity[] = [
		{
			...written,
			id: recordId('oppo', 'Bluth Company'),
			lead_id: leads[0].id,
			lead_name: leads[0].name,
			contact_id: leads[0].contacts[0].id,
			user_id: owner.id,
			status_id: opportunityStatuses[0].id,
			status_label: 'Active',
			status_type: 'active',
			note: 'Forty desks for the new office',
			note_html: '<body><p>Forty desks for the new office</p></body>',
			value: 1_250_000,
			value_currency: 'USD',
			value_formatted: '$12,500',
			value_period: 'one_time',
			confidence: 60,
			date_won: null,
		},
	];
	const templates = {
		emailTemplates: emailTemplates(written),
		smsTemplates: smsTemplates(written),
	};
	return { opportunityStatuses, opportunities, ...templates };
}

interface Written {
	attachments: Attachment[];
	date_created: string;
	date_updated: string;
	[other: string]: unknown;
}

function emailTemplates(written: Written): EmailTemplate[] {
	const template = (
		id: string,
		name: string,
		rest: Pick<EmailTemplate, 'subject' | 'body' | 'is_shared' | 'is_archived'>,
	): EmailTemplate => ({
		...structuredClone(written),
		id: recordId('tmpl', id),
		name,
		...rest,
	});
	return [
		template('offer', 'Offer', {
			subject: 'Your offer',
			body: 'Please find our offer attached.',
			is_shared: true,
			is_archived: false,
		}),
		template('terms', 'Terms of 2024', {
			subject: 'Our terms',
			body: 'Please find our terms attached.',
			is_shared: true,
			is_archived: true,
		}),
	];
}

function smsTemplates(written: Written): SmsTemplate[] {
	return [
		{
			...structuredClone(written),
			id: recordId('smstmpl', 'site plan'),
			name: 'Site plan',
			text: 'Here is the plan of the site.',
			is_shared: true,
		},
	];
}
