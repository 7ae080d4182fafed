import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { refusal } from '../../errors';
import { addressIn } from '../fields/addresses';
import { STATUS_LABEL, type Status } from '../fields/sending';
import { locatedIn } from '../fields/values';

export const senderField: INodeProperties = {
	displayName: 'Sender',
	name: 'sender',
	type: 'resourceLocator',
	default: { mode: 'address', value: '' },
	description:
		'Whom the email is from, like ann@example.com: to send or schedule, an address of an email account that is connected in Close. Needed for these, and to log a received email.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchSenders', searchable: true },
		},
		{
			displayName: 'Address',
			name: 'address',
			type: 'string',
			placeholder: 'e.g. Ann Lee <ann@example.com>',
		},
	],
};

/** The address in the field "Sender". */
export function senderIn(context: IExecuteFunctions, itemIndex: number): string | undefined {
	return addressIn(locatedIn(context.getNodeParameter('sender', itemIndex, '')), 'Sender');
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
