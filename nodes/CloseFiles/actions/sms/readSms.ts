import type { IExecuteFunctions } from 'n8n-workflow';
import { refusal } from '../../errors';
import { readAdditionalFields } from '../fields/additionalFields';
import { dateIn } from '../fields/dates';
import { readLead } from '../fields/lead';
import { phoneIn } from '../fields/phones';
import { recordIdIn } from '../fields/recordId';
import { recordKinds } from '../fields/recordKinds';
import { readOutgoing, STATUS_LABEL, type Status } from '../fields/sending';
import { textIn, withoutEmpty } from '../fields/values';
import { messageOf, type Message } from '../message';
import { template } from './smsFields';

/** @throws CloseFilesError for everything that can be known to be wrong before an upload. */
export function readSms(context: IExecuteFunctions, itemIndex: number): Message {
	const parameter = (name: string) => context.getNodeParameter(name, itemIndex, '');
	const more = readAdditionalFields(context, itemIndex);

	const leadId = readLead(context, itemIndex);
	const outgoing = readOutgoing(context, itemIndex, more.sendIn);
	const localPhone = phoneIn(parameter('localPhone'), 'Local Phone');
	const remotePhone = phoneIn(parameter('remotePhone'), 'Remote Phone');
	if (outgoing.change !== undefined) {
		refuseWithout(localPhone, 'Local Phone', outgoing.status);
		refuseWithout(remotePhone, 'Remote Phone', outgoing.status);
	}
	const text = textIn(parameter('text'), 'Text');

	const fields = withoutEmpty({
		lead_id: leadId,
		contact_id: recordIdIn(parameter('contactId'), recordKinds.contact),
		local_phone: localPhone,
		remote_phone: remotePhone,
		text: text.trim() === '' ? undefined : text,
		activity_at: dateIn(more.activityAt, 'Activity At', context.getTimezone()),
		template_id: recordIdIn(more.templateId, template),
		user_id: recordIdIn(more.userId, recordKinds.user),
	}) as Message['body'];
	return messageOf(fields, outgoing);
}

function refuseWithout(number: string | undefined, label: string, status: Status): void {
	if (number !== undefined) return;
	throw refusal(
		`'${label}' is empty, and an SMS with the status '${STATUS_LABEL[status]}' needs one`,
		label === 'Local Phone'
			? 'Give a phone number of your Close account that is enabled for MMS.'
			: 'Give the phone number that it goes to.',
	);
}
