import type { IDataObject } from 'n8n-workflow';
import type { Attachment } from '../../files/attachment';
import { refuseTooMany } from '../../files/attachmentLimit';
import { createWithFiles } from '../../records/createWithFiles';
import type { Creation } from '../../records/creation';
import { amongActivities } from '../../records/finding';
import type { OutputItem, Run } from '../../run';
import { additionalFieldsField } from '../fields/additionalFields';
import { attachFields, fileOptions, moreUploadedFilesOption } from '../fields/files';
import { optionsField } from '../fields/options';
import { readFilesToAttach } from '../fields/readFiles';
import { simplifiedIfWanted, simplifyField } from '../fields/simplify';
import { sendIfWanted, type Message } from '../message';
import type { Operation } from '../operation';
import { readSms } from './readSms';
import { SMS_KEYS, SMS_PATH } from './sms';
import { moreFields, smsFields } from './smsFields';
import { checkSmsFiles, forSms, SMS_LIMIT } from './smsFiles';

async function execute(run: Run, itemIndex: number): Promise<OutputItem[]> {
	const { context } = run;
	const sms = readSms(context, itemIndex);
	const files = await readFilesToAttach(run, itemIndex);
	refuseTooMany('SMS', files, SMS_LIMIT);
	checkSmsFiles(files);

	const record = await createWithFiles(run, itemIndex, files, (attachments) =>
		creationOf(sms, attachments),
	);
	const created = { noun: 'SMS', path: SMS_PATH, record } as const;
	const done = await sendIfWanted(run, itemIndex, sms, created);

	return [{ json: simplifiedIfWanted(context, itemIndex, done, SMS_KEYS) }];
}

/**
 * The SMS and how it is found again: Close gives its files URLs of their own, which tell nothing of
 * the uploads, so it is known by what else it shows.
 */
function creationOf({ body }: Message, attachments: Attachment[]): Creation {
	const files = attachments.map(forSms);
	const wanted = traitsOf({ ...body, attachments: files });
	return {
		noun: 'SMS',
		path: SMS_PATH,
		body: { ...body, attachments: files },
		...amongActivities(SMS_PATH, body),
		isMeant: (record) =>
			traitsOf(record) === wanted && (body.text === undefined || record.text === body.text),
		// Not by the text, which a template may write.
		likeness: `SMS\n${body.lead_id}\n${wanted}`,
	};
}

/** The numbers and the names of the files. */
function traitsOf({ local_phone: local, remote_phone: remote, attachments }: IDataObject): string {
	const held = (attachments ?? []) as IDataObject[];
	const names = held.map(({ filename }) => filename).sort();
	return JSON.stringify([local ?? null, remote ?? null, names]);
}

/** @see https://developer.close.com/api/resources/activities/sms/create */
export const createWithAttachment: Operation = {
	option: {
		name: 'Create SMS With Attachment',
		value: 'createWithAttachment',
		action: 'Create SMS with attachment',
		description:
			'Create an SMS with files attached (MMS): a draft, which is not sent, unless Status says to send, schedule or log it',
	},
	fields: [
		...smsFields,
		...attachFields,
		simplifyField,
		additionalFieldsField(moreFields),
		optionsField([...fileOptions, moreUploadedFilesOption]),
	],
	execute,
};
