import type { IDataObject } from 'n8n-workflow';
import { forEmail, holdsExactly, identityOf, type Attachment } from '../../files/attachment';
import { createWithFiles } from '../../records/createWithFiles';
import { amongActivities, type CloseRecord, type Creation } from '../../records/creation';
import { sendOnce } from '../../records/sending';
import type { OutputItem, Run } from '../../run';
import { bareAddress } from '../fields/addresses';
import { attachFields, fileOptions, moreUploadedFilesOption } from '../fields/files';
import { leadField } from '../fields/lead';
import { optionsField } from '../fields/options';
import { readFilesToAttach } from '../fields/readFiles';
import { dateScheduledField, statusField } from '../fields/sending';
import { simplifiedIfWanted, simplifyField } from '../fields/simplify';
import type { Operation } from '../operation';
import { EMAIL_KEYS, EMAIL_PATH } from './email';
import { additionalFieldsField, messageFields } from './emailFields';
import { checkEmailFiles, hint, readInlineFields } from './emailFiles';
import { readEmail, type Email } from './readEmail';
import { senderField } from './sender';

async function execute(run: Run, itemIndex: number): Promise<OutputItem[]> {
	const { context } = run;
	const email = readEmail(context, itemIndex);
	const inline = readInlineFields(context, itemIndex);
	const files = await readFilesToAttach(run, itemIndex, inline);
	checkEmailFiles(files);

	const record = await createWithFiles(run, itemIndex, files, (attachments) =>
		creationOf(email, attachments),
	);
	hint(run, email, record);
	const done = await send(run, itemIndex, record, email);

	return [{ json: simplifiedIfWanted(context, itemIndex, done, EMAIL_KEYS) }];
}

/**
 * The email's creation, always without sending: an answer that is lost on the way can then cost a
 * second draft at the worst, never a second email.
 */
function creationOf({ body }: Email, attachments: Attachment[]): Creation {
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

async function send(
	run: Run,
	itemIndex: number,
	draft: CloseRecord,
	{ change }: Email,
): Promise<CloseRecord> {
	if (change === undefined) return draft;
	const path = `${EMAIL_PATH}${encodeURIComponent(draft.id)}/` as const;
	return await sendOnce(run, itemIndex, { noun: 'email', id: draft.id, path, change });
}

/** @see https://developer.close.com/api/resources/activities/emails/create */
export const createWithAttachment: Operation = {
	option: {
		name: 'Create Email With Attachment',
		value: 'createWithAttachment',
		action: 'Create email with attachment',
		description: 'Save a draft, send, schedule or log an email with files attached',
	},
	fields: [
		leadField,
		statusField('an email'),
		dateScheduledField,
		senderField,
		...messageFields,
		...attachFields,
		simplifyField,
		additionalFieldsField,
		optionsField([...fileOptions, moreUploadedFilesOption]),
	],
	execute,
};
