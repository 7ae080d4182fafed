import type { IDataObject } from 'n8n-workflow';
import { withoutSize, type Attachment } from '../../files/attachment';
import { createWithFiles } from '../../records/createWithFiles';
import type { Creation } from '../../records/creation';
import { amongActivities } from '../../records/finding';
import type { OutputItem, Run } from '../../run';
import { additionalFieldsField } from '../fields/additionalFields';
import { attachFields, fileOptions, moreUploadedFilesOption } from '../fields/files';
import { optionsField } from '../fields/options';
import { readFilesToAttach } from '../fields/readFiles';
import { simplifiedIfWanted, simplifyField } from '../fields/simplify';
import type { Operation } from '../operation';
import { checkWhatsAppFiles, readWhatsAppMessage } from './readWhatsAppMessage';
import { WHATSAPP_MESSAGE_KEYS, WHATSAPP_MESSAGE_PATH } from './whatsAppMessage';
import { moreFields, whatsAppMessageFields } from './whatsAppMessageFields';

async function execute(run: Run, itemIndex: number): Promise<OutputItem[]> {
	const { context } = run;
	const message = readWhatsAppMessage(context, itemIndex);
	const files = await readFilesToAttach(run, itemIndex);
	checkWhatsAppFiles(files);

	const record = await createWithFiles(run, itemIndex, files, (attachments) =>
		creationOf(message, attachments),
	);

	return [{ json: simplifiedIfWanted(context, itemIndex, record, WHATSAPP_MESSAGE_KEYS) }];
}

/** Found again by its ID in WhatsApp, of which there are no two. */
function creationOf(message: IDataObject, attachments: Attachment[]): Creation {
	const { lead_id: leadId, external_whatsapp_message_id: externalId } = message;
	return {
		noun: 'WhatsApp message',
		path: WHATSAPP_MESSAGE_PATH,
		body: { ...message, attachments: attachments.map(withoutSize) },
		...amongActivities(WHATSAPP_MESSAGE_PATH, message),
		isMeant: (record) => record.external_whatsapp_message_id === externalId,
		likeness: ['WhatsApp message', leadId, externalId].join('\n'),
	};
}

/** @see https://developer.close.com/api/resources/activities/whatsapp/create */
export const createWithAttachment: Operation = {
	option: {
		name: 'Log WhatsApp Message With Attachment',
		value: 'createWithAttachment',
		action: 'Log WhatsApp message with attachment',
		description:
			'Record a WhatsApp message that was sent or received elsewhere, with its files; nothing is sent',
	},
	fields: [
		...whatsAppMessageFields,
		...attachFields,
		simplifyField,
		additionalFieldsField(moreFields),
		optionsField([...fileOptions, moreUploadedFilesOption]),
	],
	execute,
};
