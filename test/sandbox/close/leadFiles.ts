import type { Account } from './account';
import { persistedUrl, thumbnailUrl, uploadedFile } from './attachments';
import { notFound, refusedFields, refuseIf } from './errors';
import { isTooFresh, newestFirst, pageOf } from './lists';
import {
	closeDate,
	newId,
	recordId,
	type Attachment,
	type LeadFile,
	type LeadRecord,
} from './records';
import type { Call, CloseContext } from './routes';
import { parseDateTime, schemaErrors, type Schema } from './schema';

/** @see https://developer.close.com/api/resources/leads/files-create */
const leadFileFields: Schema = {
	filename: { type: 'string', required: true, min: 1, max: 1024 },
	content_type: { type: 'string', required: true, min: 1, max: 255 },
	url: { type: 'url', required: true, min: 1 },
};

/** `POST /lead/{id}/files/` */
export function createLeadFile({ params, body }: Call, context: CloseContext): LeadFile {
	const { account, clock } = context;
	if (account.lead(params.id) === undefined) throw notFound();
	refuseIf(schemaErrors(leadFileFields, body));
	const upload = uploadedFile(String(body.url), context);
	if (typeof upload === 'string') throw refusedFields({ url: upload });

	const filename = String(body.filename);
	const attachment = {
		url: persistedUrl(account, `lead/${params.id}`, upload, filename),
		filename,
		size: upload.size ?? 0,
		content_type: String(body.content_type),
	};
	const now = clock.now();
	const lead = { type: 'lead', id: params.id, leadId: params.id, activityAt: closeDate(now) };
	// Not named by its URL: the same file added twice is listed twice.
	const file = { ...leadFile(attachment, lead, now, account), id: newId('leadfile') };
	account.leadFiles.push(file);
	account.books.set(file.id, { createdAt: now });
	return structuredClone(file);
}

/** `GET /lead/{id}/files/`: those of the lead and of its notes, emails and SMS, newest first. */
export function listLeadFiles(call: Call, context: CloseContext) {
	const { account } = context;
	const leadId = call.params.id;
	if (account.lead(leadId) === undefined) throw notFound();
	account.sendDue();
	const own = account.leadFiles.filter((file) => file.lead_id === leadId);
	const files = [...activityFiles(leadId, account), ...own].filter(({ id, download_url: url }) =>
		[id, url].every((name) => !isTooFresh(account.books.get(name), context)),
	);
	return pageOf(newestFirst(files), call);
}

/** WhatsApp messages and opportunities are no `last_object_type` of Close's. */
function activityFiles(leadId: string, account: Account): LeadFile[] {
	const { notes, emails, sms } = account;
	const holders = { 'activity.note': notes, 'activity.email': emails, 'activity.sms': sms };
	return Object.entries(holders).flatMap(([type, records]) =>
		records
			.filter(({ lead_id }) => lead_id === leadId)
			.flatMap((record) => filesOf(type, record, account)),
	);
}

function filesOf(type: string, record: LeadRecord, account: Account): LeadFile[] {
	const { id, lead_id: leadId } = record;
	const holder = { type, id, leadId, activityAt: String(record.activity_at) };
	return record.attachments.map((attachment) => {
		const book = account.books.get(attachment.url);
		const addedAt = book?.createdAt ?? parseDateTime(record.date_created);
		return leadFile(attachment, holder, addedAt, account);
	});
}

/** The activity, or the lead itself, that has the file. */
interface Holder {
	type: string;
	id: string;
	leadId: string;
	activityAt: string;
}

function leadFile(
	{ url, filename, size, content_type }: Attachment,
	holder: Holder,
	addedAt: number,
	account: Account,
): LeadFile {
	return {
		id: recordId('leadfile', url),
		lead_id: holder.leadId,
		organization_id: account.organizationId,
		name: filename,
		content_type,
		size,
		checksum: account.upload(url)?.md5 ?? '',
		download_url: url,
		thumbnail_url: thumbnailUrl(url, content_type),
		is_pinned: false,
		last_object_type: holder.type,
		last_object_id: holder.id,
		last_activity_at: holder.activityAt,
		date_created: closeDate(addedAt),
		date_updated: closeDate(addedAt),
		updated_by: account.owner.id,
	};
}
