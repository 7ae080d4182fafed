import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { forEmailTemplate, type Attachment } from '../../files/attachment';
import { createWithFiles } from '../../records/createWithFiles';
import type { Creation } from '../../records/creation';
import type { OutputItem, Run } from '../../run';
import { refuseUnsized } from '../email/emailFiles';
import { additionalFieldsField } from '../fields/additionalFields';
import { bodyField, subjectField } from '../fields/content';
import { attachFields, fileOptions, moreUploadedFilesOption } from '../fields/files';
import { optionsField } from '../fields/options';
import { readFilesToAttach } from '../fields/readFiles';
import { simplifiedIfWanted, simplifyField } from '../fields/simplify';
import { textIn, withoutEmpty } from '../fields/values';
import type { Operation } from '../operation';
import { amongTemplates, nameField, readTemplate, sharedField } from '../template';
import { EMAIL_TEMPLATE_KEYS, EMAIL_TEMPLATE_PATH } from './emailTemplate';

async function execute(run: Run, itemIndex: number): Promise<OutputItem[]> {
	const { context } = run;
	const template = readEmailTemplate(context, itemIndex);
	const files = await readFilesToAttach(run, itemIndex);
	refuseUnsized(files);

	const record = await createWithFiles(run, itemIndex, files, (attachments) =>
		creationOf(template, attachments),
	);

	return [{ json: simplifiedIfWanted(context, itemIndex, record, EMAIL_TEMPLATE_KEYS) }];
}

function readEmailTemplate(context: IExecuteFunctions, itemIndex: number): IDataObject {
	const parameter = (name: string) => context.getNodeParameter(name, itemIndex, '');
	return withoutEmpty({
		...readTemplate(context, itemIndex),
		subject: textIn(parameter('subject'), 'Subject') || undefined,
		body: textIn(parameter('body'), 'Body') || undefined,
	});
}

function creationOf(template: IDataObject, attachments: Attachment[]): Creation {
	return {
		noun: 'email template',
		path: EMAIL_TEMPLATE_PATH,
		body: { ...template, attachments: attachments.map(forEmailTemplate) },
		// A new template is in use, so it is not among those in the archive.
		list: { path: EMAIL_TEMPLATE_PATH, query: { is_archived: false } },
		...amongTemplates(template, attachments),
	};
}

/** @see https://developer.close.com/api/resources/email-templates */
export const createWithAttachment: Operation = {
	option: {
		name: 'Create Email Template With Attachment',
		value: 'createWithAttachment',
		action: 'Create email template with attachment',
		description: 'Create an email template with files that its emails carry; nothing is sent',
	},
	fields: [
		nameField,
		subjectField("What the emails are about, with Close's variables"),
		bodyField(
			'e.g. <p>Please find our offer attached.</p>',
			"What the email says, in HTML and with Close's variables",
		),
		...attachFields,
		simplifyField,
		additionalFieldsField([sharedField]),
		optionsField([...fileOptions, moreUploadedFilesOption]),
	],
	execute,
};
