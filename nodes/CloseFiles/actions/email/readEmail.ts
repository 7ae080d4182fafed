import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { quoted, refusal } from '../../errors';
import { addressIn, addressesIn } from '../fields/addresses';
import { dateIn } from '../fields/dates';
import { readLead } from '../fields/lead';
import { recordIdIn } from '../fields/recordId';
import { choiceIn, collectionIn, numberIn, textIn } from '../fields/values';
import { references } from './emailFields';

const STATUSES = ['draft', 'outbox', 'scheduled', 'sent', 'inbox'] as const;

export type EmailStatus = (typeof STATUSES)[number];

/** An email as the user filled it in, in Close's words and checked, without its attachments. */
export interface Email {
	/** What the email is created with. */
	body: IDataObject & { lead_id: string };
	/** The change of status that sends it; undefined for a draft and for a log. */
	change?: IDataObject & { status: 'outbox' | 'scheduled' };
}

/** Close's published bounds, in characters. */
const LONGEST_SUBJECT = 1_000;
const LONGEST_BODY = 1_048_576;

/** @throws CloseFilesError for everything that can be known to be wrong before an upload. */
export function readEmail(context: IExecuteFunctions, itemIndex: number): Email {
	const parameter = (name: string) => context.getNodeParameter(name, itemIndex, '');
	const more = collectionIn(parameter('additionalFields'), 'Additional Fields');
	const date = (value: unknown, label: string) => dateIn(value, label, context.getTimezone());

	const leadId = readLead(context, itemIndex);
	const status = choiceIn(parameter('status'), 'Status', STATUSES);
	const sends = status === 'outbox' || status === 'scheduled';
	const bodyType = context.getNodeParameter('bodyType', itemIndex, 'html');
	const bodyKey = `body_${choiceIn(bodyType, 'Body Type', ['html', 'text'])}`;
	const recipients = {
		to: addressesIn(parameter('to'), 'To'),
		cc: addressesIn(more.cc, 'CC'),
		bcc: addressesIn(more.bcc, 'BCC'),
	};
	if (sends) checkRecipients(recipients, status);
	const sender = readSender(parameter('sender'), status);
	const sendIn = readSendIn(more.sendIn, status);
	const dateScheduled =
		status === 'scheduled' ? readSchedule(parameter('dateScheduled'), date) : undefined;

	const common = withoutEmpty({
		lead_id: leadId,
		sender,
		...recipients,
		subject: checkedText(parameter('subject'), 'Subject', LONGEST_SUBJECT),
		[bodyKey]: checkedText(parameter('body'), 'Body', LONGEST_BODY),
		activity_at: date(more.activityAt, 'Activity At'),
		date_created: date(more.dateCreated, 'Date Created'),
		contact_id: recordIdIn(more.contactId, references.contactId),
		email_account_id: recordIdIn(more.emailAccountId, references.emailAccountId),
		in_reply_to_id: recordIdIn(more.inReplyToId, references.inReplyToId),
		template_id: recordIdIn(more.templateId, references.templateId),
		user_id: recordIdIn(more.userId, references.userId),
	}) as Email['body'];
	const followup = withoutEmpty({ followup_date: date(more.followupDate, 'Follow-Up Date') });

	if (!sends) return { body: { ...common, ...followup, status } };
	const change = withoutEmpty({ send_in: sendIn, date_scheduled: dateScheduled });
	return { body: { ...common, status: 'draft' }, change: { ...change, ...followup, status } };
}

function checkRecipients(recipients: Record<string, string[]>, status: EmailStatus): void {
	if (Object.values(recipients).some((addresses) => addresses.length > 0)) return;
	throw refusal(
		`An email with the status '${STATUS_LABEL[status]}' needs somebody to go to`,
		"Fill in 'To', or 'CC' or 'BCC' under 'Additional Fields'.",
	);
}

function readSender(value: unknown, status: EmailStatus): string | undefined {
	const held = typeof value === 'object' && value !== null ? (value as IDataObject).value : value;
	const sender = addressIn(held, 'Sender');
	if (sender !== undefined || status === 'draft' || status === 'sent') return sender;
	throw refusal(
		`'Sender' is empty, and an email with the status '${STATUS_LABEL[status]}' needs one`,
		status === 'inbox'
			? 'Give the address that the email came from.'
			: 'Give an address of an email account that is connected in Close.',
	);
}

function readSendIn(value: unknown, status: EmailStatus): number | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	if (status !== 'outbox') {
		throw refusal(
			"'Send In (Seconds)' goes with the status 'Send Now' only",
			"Remove 'Send In (Seconds)', or set 'Status' to 'Send Now'.",
		);
	}
	const seconds = numberIn(value);
	if (Number.isInteger(seconds) && seconds >= 1 && seconds <= 59) return seconds;
	throw refusal(
		`'Send In (Seconds)' holds ${quoted(value)}, which is no whole number from 1 to 59`,
		"Close waits at most 59 seconds. To send later, set 'Status' to 'Schedule'.",
	);
}

function readSchedule(value: unknown, date: (value: unknown, label: string) => string | undefined) {
	const when = date(value, 'Date Scheduled');
	if (when === undefined) {
		throw refusal("'Date Scheduled' is empty", 'Choose when Close is to send the email.');
	}
	if (Date.parse(when) > Date.now()) return when;
	throw refusal(
		`'Date Scheduled' is ${when}, which is in the past`,
		"Choose a later date, or set 'Status' to 'Send Now'.",
	);
}

/** Empty text is left out, so that a template can write it. */
function checkedText(value: unknown, label: string, longest: number): string | undefined {
	const text = textIn(value, label);
	if (text.length <= longest) return text.trim() === '' ? undefined : text;
	throw refusal(
		`'${label}' has ${text.length} characters, more than the ${longest} that Close takes`,
		'Shorten it, or attach the text as a file.',
	);
}

const STATUS_LABEL: Record<EmailStatus, string> = {
	draft: 'Draft',
	outbox: 'Send Now',
	scheduled: 'Schedule',
	sent: 'Log as Sent',
	inbox: 'Log as Received',
};

function withoutEmpty(fields: IDataObject): IDataObject {
	return Object.fromEntries(
		Object.entries(fields).filter(([, value]) =>
			Array.isArray(value) ? value.length > 0 : value !== undefined,
		),
	);
}
