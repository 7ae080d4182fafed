import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Attachment } from '../../files/attachment';
import { refuseTooMany } from '../../files/attachmentLimit';
import { createWithFiles } from '../../records/createWithFiles';
import type { Creation } from '../../records/creation';
import type { OutputItem, Run } from '../../run';
import { additionalFieldsField } from '../fields/additionalFields';
import { textField } from '../fields/content';
import { attachFields, fileOptions, moreUploadedFilesOption } from '../fields/files';
import { optionsField } from '../fields/options';
import { readFilesToAttach } from '../fields/readFiles';
import { simplifiedIfWanted, simplifyField } from '../fields/simplify';
import { textIn, withoutEmpty } from '../fields/values';
import type { Operation } from '../operation';
import { checkSmsFiles, forSms, SMS_LIMIT } from '../sms/smsFiles';
import { amongTemplates, nameField, readTemplate, sharedField } from '../template';
import { SMS_TEMPLATE_KEYS, SMS_TEMPLATE_PATH, WITH_ATTACHMENTS } from './smsTemplate';

async function execute(run: Run, itemIndex: number): Promise<OutputItem[]> {
	const { context } = run;
	const template = readSmsTemplate(context, itemIndex);
	const files = await readFilesToAttach(run, itemIndex);
	refuseTooMany('SMS template', files, SMS_LIMIT);
	checkSmsFiles(files);

	const record = await createWithFiles(run, itemIndex, files, (attachments) =>
		creationOf(template, attachments),
	);

	return [{ json: simplifiedIfWanted(context, itemIndex, record, SMS_TEMPLATE_KEYS) }];
}

function readSmsTemplate(context: IExecuteFunctions, itemIndex: number): IDataObject {
	const text = textIn(context.getNodeParameter('text', itemIndex, ''), 'Text');
	return withoutEmpty({ ...readTemplate(context, itemIndex), text: text || undefined });
}

function creationOf(template: IDataObject, attachments: Attachment[]): Creation {
	return {
		noun: 'SMS template',
		path: SMS_TEMPLATE_PATH,
		body: { ...template, attachments: attachments.map(forSms) },
		list: { path: SMS_TEMPLATE_PATH, query: WITH_ATTACHMENTS },
		readQuery: WITH_ATTACHMENTS,
		...amongTemplates(template, attachments),
	};
}

/** @see https://developer.close.com/api/resources/sms-templates */
export const createWithAttachment: Operation = {
	option: {
		name: 'Create SMS Template With Attachment',
		value: 'createWithAttachment',
		action: 'Create SMS template with attachment',
		description: 'Create an SMS template with files that its messages carry; nothing is sent',
	},
	fields: [
		nameField,
		textField("What the message says, with Close's variables"),
		...attachFields,
		simplifyField,
		additionalFieldsField([sharedField]),
		optionsField([...fileOptions, moreUploadedFilesOption]),
	],
	execute,
};
