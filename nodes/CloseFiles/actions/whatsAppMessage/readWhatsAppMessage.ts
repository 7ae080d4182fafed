import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { quoted, refusal } from '../../errors';
import type { ItemFiles } from '../../files/attaching';
import { readAdditionalFields } from '../fields/additionalFields';
import { dateIn } from '../fields/dates';
import { readLead } from '../fields/lead';
import { whatsAppPhoneIn } from '../fields/phones';
import { readRecordId, recordIdIn } from '../fields/recordId';
import { recordKinds } from '../fields/recordKinds';
import { choiceIn, textIn, withoutEmpty } from '../fields/values';
import { answered } from './whatsAppMessageFields';

/**
 * Of all files of a message.
 *
 * @see https://developer.close.com/api/resources/activities/whatsapp/create
 */
export const MOST_BYTES = 25_000_000;

/** Close's published bound, in characters. */
export const LONGEST_LINK = 2_083;

/** @throws CloseFilesError for everything that can be known to be wrong before an upload. */
export function readWhatsAppMessage(context: IExecuteFunctions, itemIndex: number): IDataObject {
	const parameter = (name: string) => context.getNodeParameter(name, itemIndex, '');
	const more = readAdditionalFields(context, itemIndex);
	const activityAt = dateIn(parameter('activityAt'), 'Activity At', context.getTimezone());

	return withoutEmpty({
		lead_id: readLead(context, itemIndex),
		contact_id: readRecordId(context, itemIndex, 'contactId', recordKinds.contact),
		external_whatsapp_message_id: readExternalId(context, itemIndex),
		direction: choiceIn(parameter('direction'), 'Direction', ['incoming', 'outgoing']),
		local_phone: needed(whatsAppPhoneIn(parameter('localPhone'), 'Local Phone'), 'Local Phone'),
		remote_phone: needed(whatsAppPhoneIn(parameter('remotePhone'), 'Remote Phone'), 'Remote Phone'),
		message_markdown: textIn(parameter('message'), 'Message'),
		activity_at: activityAt ?? new Date().toISOString(),
		integration_link: linkIn(more.integrationLink),
		response_to_id: recordIdIn(more.responseToId, answered),
		user_id: recordIdIn(more.userId, recordKinds.user),
	});
}

function readExternalId(context: IExecuteFunctions, itemIndex: number): string {
	const label = 'External WhatsApp Message ID';
	const id = textIn(context.getNodeParameter('externalWhatsappMessageId', itemIndex, ''), label);
	if (id.trim() !== '') return id.trim();
	throw refusal(
		`'${label}' is empty`,
		'Give the ID that the message has in WhatsApp: Close knows the message by it.',
	);
}

function needed(number: string | undefined, label: string): string {
	if (number !== undefined) return number;
	throw refusal(`'${label}' is empty`, 'Give a number like +14155550101.');
}

function linkIn(value: unknown): string | undefined {
	const text = textIn(value, 'Integration Link').trim();
	if (text === '') return undefined;
	const isLink = URL.canParse(text) && /^https?:/i.test(text) && text.length <= LONGEST_LINK;
	if (isLink) return text;
	throw refusal(
		`'Integration Link' holds ${quoted(text)}, which is no address of at most ${LONGEST_LINK} characters`,
		'Give it like https://inbox.example.com/messages/17.',
	);
}

/** @throws CloseFilesError for more than a message takes, as far as sizes are known. */
export function checkWhatsAppFiles({ sources, uploaded }: ItemFiles): void {
	const total = [...sources, ...uploaded].reduce((sum, { size = 0 }) => sum + size, 0);
	if (total <= MOST_BYTES) return;
	throw refusal(
		`The files have ${Math.ceil(total / 100_000) / 10} MB in all, more than the ${MOST_BYTES / 1_000_000} MB that a WhatsApp message takes`,
		'Attach fewer or smaller files, or log several messages.',
	);
}
