import { ownedRecord } from './activity';
import { thumbnailForm } from './attachments';
import {
	attachmentsOf,
	creationFields,
	dateTime,
	plainAttachment,
	requiredText,
	text,
} from './fields';
import type { Opportunity } from './records';
import type { RecordKind } from './recordKind';
import { settleRichText } from './richText';
import type { Schema } from './schema';

const attachment: Schema = { ...plainAttachment, content_type: { type: 'string' } };

/** @see https://developer.close.com/api/resources/opportunities/update */
const updateFields: Schema = {
	note: text,
	note_html: text,
	status_id: { type: 'string' },
	contact_id: text,
	user_id: text,
	confidence: { type: 'integer', nullable: true, min: 0, max: 100 },
	value: { type: 'integer', nullable: true, min: 0 },
	value_currency: text,
	value_period: { type: 'string', values: ['one_time', 'monthly', 'annual'] },
	date_won: dateTime,
	attachments: attachmentsOf(attachment),
};

export const opportunityKind: RecordKind<Opportunity> = {
	path: '/opportunity/',
	objectType: 'opportunity',
	updateFields,
	// Close creates an untitled lead where none is given; here that is refused.
	createFields: { ...updateFields, ...creationFields, lead_id: requiredText },
	attachmentForm: (file) => thumbnailForm({ ...file, content_type: file.content_type ?? '' }),
	listParameters: ['lead_id'],
	records: ({ opportunities }) => opportunities,
	blank: (body, now, context) => ({
		...ownedRecord('oppo', body, now, context),
		status_id: context.account.opportunityStatuses[0].id,
		note: '',
		note_html: '',
		value: null,
		value_currency: 'USD',
		value_formatted: null,
		value_period: 'one_time',
		confidence: 50,
		date_won: null,
	}),
	named: ({ opportunityStatuses }) => ({ status_id: opportunityStatuses }),
	settle(next, body, { account }) {
		const status = account.opportunityStatuses.find(({ id }) => id === next.status_id);
		const lead_name = account.lead(next.lead_id)?.name ?? null;
		Object.assign(next, { lead_name, status_label: status?.label, status_type: status?.type });
		next.value_formatted = formatted(next);
		return settleRichText(next, body);
	},
};

const SYMBOLS: Record<string, string> = { EUR: '€', GBP: '£', USD: '$' };

/** E.g. `$12,500` or `$50 monthly`; the value counts hundredths. */
function formatted({ value, value_currency, value_period }: Opportunity): string | null {
	if (value === null) return null;
	const symbol = SYMBOLS[String(value_currency)] ?? `${String(value_currency)} `;
	const amount = symbol + (value / 100).toLocaleString('en');
	return value_period === 'one_time' ? amount : `${amount} ${String(value_period)}`;
}
