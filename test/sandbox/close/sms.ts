import { activityOf } from './activity';
import { mediaForm } from './attachments';
import type { FieldErrors } from './errors';
import { smsCreateFields, smsUpdateFields } from './smsFields';
import { activityParameters } from './lists';
import type { PhoneNumber, Sms } from './records';
import type { Body, RecordKind } from './recordKind';
import type { CloseContext } from './routes';
import { settleSending } from './sending';

/** E.164: assumed, as Close's own numbers are. */
const PHONE = /^\+[1-9]\d{6,14}$/;

export const smsKind: RecordKind<Sms> = {
	path: '/activity/sms/',
	objectType: 'activity.sms',
	createFields: smsCreateFields,
	updateFields: smsUpdateFields,
	attachmentForm: mediaForm,
	listParameters: activityParameters,
	createParameters: ['send_to_inbox'],
	draftsOnly: true,
	records: ({ sms }) => sms,
	blank: blankSms,
	named: ({ smsTemplates }) => ({ template_id: smsTemplates }),
	settle,
};

/** A draft of now. The lead may be left out where the contact tells it. */
function blankSms(body: Body, now: number, context: CloseContext): Sms {
	const contact = context.account.contacts.find(({ id }) => id === body.contact_id);
	const lead_id = body.lead_id ?? contact?.lead_id ?? '';
	return {
		...activityOf('SMS', { ...body, lead_id }, now, context),
		status: 'draft',
		direction: null,
		text: null,
		local_phone: null,
		remote_phone: null,
		source: 'External',
		template_id: null,
		date_scheduled: null,
		date_sent: null,
		error_message: null,
		cost: null,
		sequence_id: null,
		sequence_name: null,
		sequence_subscription_id: null,
	};
}

function settle(next: Sms, body: Body, { account }: CloseContext): FieldErrors {
	const { status, local_phone } = next;
	const template = account.smsTemplates.find(({ id }) => id === next.template_id);
	next.text ??= template?.text ?? null;
	next.direction ??= status === 'inbox' ? 'inbound' : 'outbound';
	const errors = settleSending(next, body);
	if (!next.lead_id) errors.lead_id = 'This field is required.';
	for (const name of ['local_phone', 'remote_phone'] as const) {
		const number = next[name];
		if (number === null && status !== 'draft') {
			errors[name] = `This field is required with status ${status}.`;
		} else if (number !== null && !PHONE.test(number)) errors[name] = 'Invalid phone number.';
	}
	const own = account.phoneNumbers.find(({ number }) => number === local_phone);
	const numberError = local_phone === null ? undefined : localPhoneError(next, own);
	if (numberError !== undefined) errors.local_phone ??= numberError;
	// Assumed: nothing can be sent that says nothing.
	const isEmpty = !next.text && next.attachments.length === 0;
	if (['outbox', 'scheduled'].includes(status) && isEmpty) {
		errors.text = 'A text, a template or an attachment is required.';
	}
	return errors;
}

/** Why this account cannot use the number for this SMS. Close's own wording is not known. */
function localPhoneError(sms: Sms, own: PhoneNumber | undefined): string | undefined {
	if (own === undefined) return 'This is no phone number of the organization.';
	if (own.type !== 'internal') return 'The phone number must be of type internal.';
	if (!own.sms_enabled) return 'The phone number is not enabled for SMS.';
	if (sms.attachments.length > 0 && !own.mms_enabled) {
		return 'The phone number is not enabled for MMS.';
	}
	return undefined;
}
