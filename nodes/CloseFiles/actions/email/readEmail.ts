import type { IExecuteFunctions } from 'n8n-workflow';
import { refusal } from '../../errors';
import { readAdditionalFields } from '../fields/additionalFields';
import { addressesIn } from '../fields/addresses';
import { readBodyType } from '../fields/content';
import { dateIn } from '../fields/dates';
import { readLead } from '../fields/lead';
import { recordIdIn } from '../fields/recordId';
import { recordKinds } from '../fields/recordKinds';
import { readOutgoing, STATUS_LABEL, type Status } from '../fields/sending';
import { limitedTextIn, withoutEmpty } from '../fields/values';
import { messageOf, type Message } from '../message';
import { references } from './emailFields';
import { readSender } from './sender';

/** Close's published bounds, in characters. */
export const LONGEST_SUBJECT = 1_000;
export const LONGEST_BODY = 1_048_576;

/** @throws CloseFilesError for everything that can be known to be wrong before an upload. */
export function readEmail(context: IExecuteFunctions, itemIndex: number): Message {
	const parameter = (name: string) => context.getNodeParameter(name, itemIndex, '');
	const more = readAdditionalFields(context, itemIndex);
	const date = (value: unknown, label: string) => dateIn(value, label, context.getTimezone());

	const leadId = readLead(context, itemIndex);
	const outgoing = readOutgoing(context, itemIndex, more.sendIn);
	const { status, change } = outgoing;
	const bodyKey = `body_${readBodyType(context, itemIndex)}`;
	const recipients = {
		to: addressesIn(parameter('to'), 'To'),
		cc: addressesIn(more.cc, 'CC'),
		bcc: addressesIn(more.bcc, 'BCC'),
	};
	if (change !== undefined) checkRecipients(recipients, status);
	const sender = readSender(context, itemIndex, status);

	const fields = withoutEmpty({
		lead_id: leadId,
		sender,
		...recipients,
		subject: limitedTextIn(parameter('subject'), 'Subject', LONGEST_SUBJECT),
		[bodyKey]: limitedTextIn(parameter('body'), 'Body', LONGEST_BODY),
		activity_at: date(more.activityAt, 'Activity At'),
		date_created: date(more.dateCreated, 'Date Created'),
		contact_id: recordIdIn(more.contactId, recordKinds.contact),
		email_account_id: recordIdIn(more.emailAccountId, recordKinds.emailAccount),
		in_reply_to_id: recordIdIn(more.inReplyToId, references.inReplyToId),
		template_id: recordIdIn(more.templateId, references.templateId),
		user_id: recordIdIn(more.userId, recordKinds.user),
	}) as Message['body'];
	const followup = withoutEmpty({ followup_date: date(more.followupDate, 'Follow-Up Date') });
	return messageOf(fields, outgoing, followup);
}

function checkRecipients(recipients: Record<string, string[]>, status: Status): void {
	if (Object.values(recipients).some((addresses) => addresses.length > 0)) return;
	throw refusal(
		`An email with the status '${STATUS_LABEL[status]}' needs somebody to go to`,
		"Fill in 'To', or 'CC' or 'BCC' under 'Additional Fields'.",
	);
}
