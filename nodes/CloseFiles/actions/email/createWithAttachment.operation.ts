import type { IDataObject } from 'n8n-workflow';
import { forEmail, tokenOf, type Attachment } from '../../files/attachment';
import { createWithFiles } from '../../records/createWithFiles';
import type { CloseRecord, Creation } from '../../records/creation';
import { sendOnce } from '../../records/sending';
import type { OutputItem, Run } from '../../run';
import { bareAddress } from '../fields/addresses';
import { attachFields, fileOptions, moreUploadedFilesOption } from '../fields/files';
import { leadField } from '../fields/lead';
import { optionsField } from '../fields/options';
import { readFilesToAttach } from '../fields/readFiles';
import type { Operation } from '../operation';
import {
	additionalFieldsField,
	dateScheduledField,
	messageFields,
	senderField,
	simplifyField,
	statusField,
} from './emailFields';
import { checkEmailFiles, hint, readInlineFields } from './emailFiles';
import { readEmail, type Email } from './readEmail';
import { simplified } from './simplified';

async function execute(run: Run, itemIndex: number): Promise<OutputItem[]> {
	const { context } = run;
	const simplify = context.getNodeParameter('simplify', itemIndex, true) as boolean;
	const email = readEmail(context, itemIndex);
	const inline = readInlineFields(context, itemIndex);
	const files = await readFilesToAttach(run, itemIndex, inline);
	checkEmailFiles(files);

	const record = await createWithFiles(run, itemIndex, files, (attachments) =>
		creationOf(email, attachments),
	);
	hint(run, email, record);
	const done = await send(run, itemIndex, record, email);

	return [{ json: simplify ? simplified(done) : done }];
}

/**
 * The email's creation, always without sending: an answer that is lost on the way can then cost a
 * second draft at the worst, never a second email.
 */
function creationOf({ body }: Email, attachments: Attachment[]): Creation {
	const tokens = attachments.map(({ url }) => tokenOf(url));
	// Not by the subject, which a template may write.
	const likeness = [body.lead_id, ...recipientsOf(body), ...tokens].join('\n');
	const day = body.date_created as string | undefined;
	return {
		noun: 'email',
		path: '/activity/email/',
		body: { ...body, attachments: attachments.map(forEmail) },
		list: {
			path: '/activity/email/',
			query: { lead_id: body.lead_id, ...(day && aroundDate(day)) },
			sinceParameter: day === undefined ? 'date_created__gte' : undefined,
		},
		isMeant: (record) =>
			tokensOf(record).join() === [...tokens].sort().join() &&
			recipientsOf(record).join() === recipientsOf(body).join() &&
			(body.subject === undefined || record.subject === body.subject),
		// A date that the user set says nothing about when Close wrote the record.
		createdAt: (record) => String(day === undefined ? record.date_created : record.date_updated),
		likeness: `email\n${likeness}`,
	};
}

function aroundDate(date: string): IDataObject {
	const at = (offsetMs: number) => new Date(Date.parse(date) + offsetMs).toISOString();
	return { date_created__gte: at(-60_000), date_created__lte: at(60_000) };
}

function recipientsOf(email: IDataObject): string[] {
	return ['to', 'cc', 'bcc'].flatMap((key) =>
		((email[key] ?? []) as string[]).map((address) => `${key} ${bareAddress(address)}`).sort(),
	);
}

function tokensOf({ attachments }: CloseRecord): Array<string | undefined> {
	return ((attachments ?? []) as IDataObject[]).map(({ url }) => tokenOf(String(url))).sort();
}

async function send(
	run: Run,
	itemIndex: number,
	draft: CloseRecord,
	{ change }: Email,
): Promise<CloseRecord> {
	if (change === undefined) return draft;
	const path = `/activity/email/${encodeURIComponent(draft.id)}/` as const;
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
		statusField,
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
