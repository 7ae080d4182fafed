import type { IDataObject } from 'n8n-workflow';
import { forEmail, holdsExactly, identityOf, type Attachment } from '../../files/attachment';
import { refuseTooMany } from '../../files/attachmentLimit';
import { createWithFiles } from '../../records/createWithFiles';
import type { Creation } from '../../records/creation';
import { amongActivities } from '../../records/finding';
import type { OutputItem, Run } from '../../run';
import { additionalFieldsField } from '../fields/additionalFields';
import { bareAddress } from '../fields/addresses';
import { attachFields, fileOptions, moreUploadedFilesOption } from '../fields/files';
import { leadField } from '../fields/lead';
import { optionsField } from '../fields/options';
import { readFilesToAttach } from '../fields/readFiles';
import { dateScheduledField, statusField } from '../fields/sending';
import { simplifiedIfWanted, simplifyField } from '../fields/simplify';
import { sendIfWanted, type Message } from '../message';
import type { Operation } from '../operation';
import { EMAIL_KEYS, EMAIL_PATH } from './email';
import { messageFields, moreFields } from './emailFields';
import { EMAIL_LIMIT, hintAtSize, readInlineFields, refuseUnsized } from './emailFiles';
import { readEmail } from './readEmail';
import { senderField } from './sender';

async function execute(run: Run, itemIndex: number): Promise<OutputItem[]> {
	const { context } = run;
	const email = readEmail(context, itemIndex);
	const inline = readInlineFields(context, itemIndex);
	const files = await readFilesToAttach(run, itemIndex, inline);
	refuseTooMany('email', files, EMAIL_LIMIT);
	refuseUnsized(files);

	const record = await createWithFiles(run, itemIndex, files, (attachments) =>
		creationOf(email, attachments),
	);
	hintAtSize(run, email, record);
	const created = { noun: 'email', path: EMAIL_PATH, record } as const;
	const done = await sendIfWanted(run, itemIndex, email, created);

	return [{ json: simplifiedIfWanted(context, itemIndex, done, EMAIL_KEYS) }];
}

function creationOf({ body }: Message, attachments: Attachment[]): Creation {
	// Not by the subject, which a template may write.
	const likeness = [body.lead_id, ...recipientsOf(body), ...attachments.map(identityOf)].join('\n');
	return {
		noun: 'email',
		path: EMAIL_PATH,
		body: { ...body, attachments: attachments.map(forEmail) },
		...amongActivities(EMAIL_PATH, body),
		isMeant: (record) =>
			holdsExactly(record, attachments) &&
			recipientsOf(record).join() === recipientsOf(body).join() &&
			(body.subject === undefined || record.subject === body.subject),
		likeness: `email\n${likeness}`,
	};
}

function recipientsOf(email: IDataObject): string[] {
	return ['to', 'cc', 'bcc'].flatMap((key) =>
		((email[key] ?? []) as string[]).map((address) => `${key} ${bareAddress(address)}`).sort(),
	);
}

/** @see https://developer.close.com/api/resources/activities/emails/create */
export const createWithAttachment: Operation = {
	option: {
		name: 'Create Email With Attachment',
		value: 'createWithAttachment',
		action: 'Create email with attachment',
		description:
			'Create an email with files attached: a draft, which is not sent, unless Status says to send, schedule or log it',
	},
	fields: [
		leadField,
		statusField('an email'),
		dateScheduledField,
		senderField,
		...messageFields,
		...attachFields,
		simplifyField,
		additionalFieldsField(moreFields),
		optionsField([...fileOptions, moreUploadedFilesOption]),
	],
	execute,
};
