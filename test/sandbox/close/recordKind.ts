import type { Account } from './account';
import type { AttachmentForm } from './attachments';
import type { FieldErrors } from './errors';
import type { FileRecord } from './records';
import type { CloseContext } from './routes';
import type { Schema } from './schema';

/** The JSON object that a client sends. */
export type Body = Record<string, unknown>;

/** What sets one kind of record that takes files apart; the rest, in `recordCalls.ts`, is the same. */
export interface RecordKind<R extends FileRecord> {
	/** Without `/api/v1`: `/activity/note/`. */
	path: `/${string}/`;
	/** Its name in persisted URLs and in lead files: `activity.note`. */
	objectType: string;
	createFields: Schema;
	updateFields: Schema;
	attachmentForm: AttachmentForm;
	/** Query parameters of the list, besides those of paging. */
	listParameters: readonly string[];
	createParameters?: readonly string[];
	readParameters?: readonly string[];
	/** 200 unless Close documents another. */
	createdStatus?: 201;
	/** Only drafts can be modified. */
	draftsOnly?: true;
	records(account: Account): R[];
	/** A record of now with every key that Close answers; the body is not applied yet. */
	blank(body: Body, now: number, context: CloseContext): R;
	/** The records that fields of this kind name, besides those that every kind can name. */
	named?(account: Account): Record<string, Array<{ id: string }>>;
	/** Sets what follows from the fields taken over; returns what is wrong with the result. */
	settle(next: R, body: Body, context: CloseContext): FieldErrors;
	/** As Close answers it, if not as it is. */
	answer?(record: R, query: URLSearchParams): object;
}
