import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { refusal } from '../../errors';
import type { ItemFiles } from '../../files/attaching';
import type { AttachmentLimit } from '../../files/attachmentLimit';
import { findBinaryFields } from '../../files/binaryFields';
import type { BinaryField } from '../../files/filesOfItem';
import type { CloseRecord } from '../../records/creation';
import type { Run } from '../../run';
import { readAdditionalFields } from '../fields/additionalFields';
import { readBodyType } from '../fields/content';
import type { Message } from '../message';

/**
 * In bytes. Gmail and Microsoft 365 take no larger emails; Close then disconnects the account.
 *
 * @see https://close.helpscoutdocs.com/article/297-emailing
 */
export const MAILBOX_LIMIT = 25_000_000;

/** @see https://developer.close.com/api/resources/activities/emails/create */
export const EMAIL_LIMIT: AttachmentLimit = { most: 1_000, taker: 'an email' };

/** @throws CloseFilesError for a file without a size, which emails and their templates do not take. */
export function refuseUnsized({ uploaded }: ItemFiles): void {
	const unsized = uploaded.find(({ size }) => size === undefined);
	if (unsized === undefined) return;
	throw refusal(
		`'Uploaded Files' does not tell the size of '${unsized.filename}'`,
		"Close needs it for emails and email templates. Give all that 'Upload File' returned, 'size' included.",
	);
}

/** The files that stand inside the email's HTML; one whose field is `logo` is shown by `cid:logo`. */
export function readInlineFields(context: IExecuteFunctions, itemIndex: number): BinaryField[] {
	const { inlineFields } = readAdditionalFields(context, itemIndex);
	if (inlineFields === undefined || inlineFields === '') return [];
	if (readBodyType(context, itemIndex) === 'html') {
		return findBinaryFields(context, itemIndex, inlineFields, 'Inline Fields');
	}
	throw refusal(
		"'Inline Fields' needs an HTML body, and 'Body Type' is Text",
		"Set 'Body Type' to HTML, or remove 'Inline Fields' to attach the files as usual.",
	);
}

/** Tells, above the node's output, of what is right to send but may not arrive. */
export function hintAtSize(
	{ memory }: Run,
	{ change }: Message,
	{ attachments }: CloseRecord,
): void {
	const held = (attachments ?? []) as IDataObject[];
	const size = held.reduce((sum, attachment) => sum + Number(attachment.size ?? 0), 0);
	if (change !== undefined && size > MAILBOX_LIMIT) {
		memory.hints.add(
			`The attachments of an email have ${Math.round(size / 1_000_000)} MB. Gmail and Microsoft 365 take ${MAILBOX_LIMIT / 1_000_000} MB; beyond that the email account may be disconnected from Close.`,
		);
	}
}
