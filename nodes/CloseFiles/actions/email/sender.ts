import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { refusal } from '../../errors';
import { addressIn } from '../fields/addresses';
import { STATUS_LABEL, type Status } from '../fields/sending';

export const senderField: INodeProperties = {
	displayName: 'Sender',
	name: 'sender',
	type: 'resourceLocator',
	default: { mode: 'address', value: '' },
	description:
		'An address of an email account that is connected in Close. Needed to send, to schedule and to log a received email.',
	modes: [
		{
			displayName: 'By Address',
			name: 'address',
			type: 'string',
			placeholder: 'e.g. Ann Lee <ann@example.com>',
		},
	],
};

/** The address in the field "Sender". */
export function senderIn(context: IExecuteFunctions, itemIndex: number): string | undefined {
	const value: unknown = context.getNodeParameter('sender', itemIndex, '');
	const held = typeof value === 'object' && value !== null ? (value as IDataObject).value : value;
	return addressIn(held, 'Sender');
}

/** @throws CloseFilesError when it is empty and the status needs one. */
export function readSender(
	context: IExecuteFunctions,
	itemIndex: number,
	status: Status,
): string | undefined {
	const sender = senderIn(context, itemIndex);
	if (sender !== undefined || status === 'draft' || status === 'sent') return sender;
	throw refusal(
		`'Sender' is empty, and an email with the status '${STATUS_LABEL[status]}' needs one`,
		status === 'inbox'
			? 'Give the address that the email came from.'
			: 'Give an address of an email account that is connected in Close.',
	);
}
