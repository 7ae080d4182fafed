import { refusal } from '../../errors';
import type { CloseRecord } from '../../records/creation';
import { isSendingBegun, sendOnce } from '../../records/sending';
import { inTurn, type OutputItem, type Run } from '../../run';
import { closeRequest } from '../../transport/close';
import { optionsField } from '../fields/options';
import { readRecordId, recordIdField } from '../fields/recordId';
import { recordKinds } from '../fields/recordKinds';
import { dateScheduledField, readOutgoing, sendInField, sendStatusField } from '../fields/sending';
import { simplifiedIfWanted, simplifyField } from '../fields/simplify';
import type { Operation } from '../operation';
import { EMAIL_KEYS, EMAIL_PATH, refuseUnlessDraft } from './email';
import { senderField, senderIn } from './sender';

async function execute(run: Run, itemIndex: number): Promise<OutputItem[]> {
	const { context } = run;
	const id = readRecordId(context, itemIndex, 'emailId', recordKinds.email);
	const sender = senderIn(context, itemIndex);
	const sendIn: unknown = context.getNodeParameter('options.sendIn', itemIndex, '');
	const { change } = readOutgoing(context, itemIndex, sendIn);
	if (change === undefined) throw notASending();
	const path = `${EMAIL_PATH}${id}/` as const;

	const email = await inTurn(run, `send ${path}`, async () => {
		if (!isSendingBegun(run, itemIndex)) await refuseUnlessReady(run, path, sender);
		const withSender = sender === undefined ? change : { ...change, sender };
		return await sendOnce(run, itemIndex, { noun: 'email', id, path, change: withSender });
	});

	return [{ json: simplifiedIfWanted(context, itemIndex, email, EMAIL_KEYS) }];
}

async function refuseUnlessReady(
	{ connection }: Run,
	path: `/${string}/`,
	sender: string | undefined,
): Promise<void> {
	const request = { method: 'GET', path, purpose: 'read the email' } as const;
	const email = (await closeRequest(connection, request)) as CloseRecord;
	refuseUnlessDraft(email);
	if (sender !== undefined || email.sender) return;
	throw refusal(
		"'Sender' is empty, and the draft has none either",
		'Give an address of an email account that is connected in Close.',
	);
}

function notASending() {
	return refusal(
		"'Status' is none that sends",
		"Set 'Status' to 'Send Now' or 'Schedule': this operation sends a draft.",
	);
}

/** @see https://developer.close.com/api/resources/activities/emails/update */
export const sendDraft: Operation = {
	option: {
		name: 'Send Draft',
		value: 'sendDraft',
		action: 'Send email draft',
		description: 'Send an email that is saved as a draft in Close, at once or at a date',
	},
	fields: [
		{
			...recordIdField('emailId', recordKinds.email, 'The draft that is sent'),
			required: true,
		},
		sendStatusField,
		dateScheduledField,
		senderField,
		simplifyField,
		optionsField([sendInField]),
	],
	execute,
};
