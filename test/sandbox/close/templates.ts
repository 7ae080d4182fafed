import { inlineableForm, thumbnailForm } from './attachments';
import {
	attachmentsOf,
	flag,
	requiredText,
	sizedAttachment,
	text,
	typedAttachment,
} from './fields';
import { closeDate, newId, type EmailTemplate, type SmsTemplate } from './records';
import type { RecordKind } from './recordKind';
import type { CloseContext } from './routes';
import type { Schema } from './schema';

/** Close publishes no schema for it: these are the fields of its examples. */
const emailTemplateFields: Schema = {
	name: requiredText,
	subject: text,
	body: text,
	is_shared: flag,
	is_archived: flag,
	attachments: attachmentsOf(sizedAttachment),
};

/** @see https://developer.close.com/api/resources/email-templates */
export const emailTemplateKind: RecordKind<EmailTemplate> = {
	path: '/email_template/',
	objectType: 'email_template',
	createFields: emailTemplateFields,
	updateFields: emailTemplateFields,
	attachmentForm: inlineableForm,
	listParameters: ['is_archived', 'is_shared'],
	records: ({ emailTemplates }) => emailTemplates,
	blank: (_body, now, context) => ({
		...templateOf('tmpl', now, context),
		subject: '',
		body: '',
		is_archived: false,
	}),
	settle(next) {
		next.subject ??= '';
		next.body ??= '';
		return {};
	},
};

/** @see https://developer.close.com/api/resources/sms-templates */
const smsTemplateFields: Schema = {
	name: requiredText,
	text,
	is_shared: flag,
	attachments: attachmentsOf(typedAttachment),
};

export const smsTemplateKind: RecordKind<SmsTemplate> = {
	path: '/sms_template/',
	objectType: 'sms_template',
	createFields: smsTemplateFields,
	updateFields: smsTemplateFields,
	attachmentForm: thumbnailForm,
	listParameters: ['include_attachments'],
	readParameters: ['include_attachments'],
	createdStatus: 201,
	records: ({ smsTemplates }) => smsTemplates,
	blank: (_body, now, context) => ({ ...templateOf('smstmpl', now, context), text: '' }),
	settle(next) {
		next.text ??= '';
		return {};
	},
	answer({ attachments, ...rest }, query) {
		return query.get('include_attachments') === 'true' ? { ...rest, attachments } : rest;
	},
};

function templateOf(prefix: string, now: number, { account }: CloseContext) {
	const date = closeDate(now);
	return {
		id: newId(prefix),
		organization_id: account.organizationId,
		name: '',
		is_shared: false,
		attachments: [],
		date_created: date,
		date_updated: date,
		created_by: account.owner.id,
		updated_by: account.owner.id,
	};
}
