import type {
	IDataObject,
	IExecuteFunctions,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { quoted, refusal } from '../../errors';
import { dateField, dateIn } from './dates';
import { choiceIn, numberIn, withoutEmpty } from './values';

/** Close's bound, in seconds: after it nothing can be undone. */
export const LONGEST_SEND_IN = 59;

const STATUSES = ['draft', 'outbox', 'scheduled', 'sent', 'inbox'] as const;

/** What Close is to do with an email or an SMS. */
export type Status = (typeof STATUSES)[number];

export const STATUS_LABEL: Record<Status, string> = {
	draft: 'Draft',
	outbox: 'Send Now',
	scheduled: 'Schedule',
	sent: 'Log as Sent',
	inbox: 'Log as Received',
};

const sendOptions: INodePropertyOptions[] = [
	{ name: 'Schedule', value: 'scheduled', description: 'Send it at the date you choose' },
	{ name: 'Send Now', value: 'outbox', description: 'Send it at once' },
];

/** @param noun with its article, e.g. "an email". */
export function statusField(noun: string): INodeProperties {
	return {
		displayName: 'Status',
		name: 'status',
		type: 'options',
		default: 'draft',
		options: [
			{ name: 'Draft', value: 'draft', description: 'Save it in Close; nothing is sent' },
			{
				name: 'Log as Received',
				value: 'inbox',
				description: `Record ${noun} that was received elsewhere; nothing is sent`,
			},
			{
				name: 'Log as Sent',
				value: 'sent',
				description: `Record ${noun} that was sent elsewhere; nothing is sent`,
			},
			...sendOptions,
		],
		description: 'What Close does with it: Schedule and Send Now send it, nothing else does',
	};
}

/** For a draft that exists already. */
export const sendStatusField: INodeProperties = {
	displayName: 'Status',
	name: 'status',
	type: 'options',
	default: 'outbox',
	options: sendOptions,
	description: 'Whether the draft is sent at once or at a date',
};

/** Not `required`: with a status by expression n8n would refuse to publish the workflow without it. */
export const dateScheduledField: INodeProperties = {
	...dateField('Date Scheduled', 'dateScheduled', 'When Close sends it, a date to come'),
	displayOptions: { show: { status: ['scheduled'] } },
};

export const sendInField: INodeProperties = {
	displayName: 'Send In (Seconds)',
	name: 'sendIn',
	type: 'number',
	default: 30,
	typeOptions: { minValue: 1, maxValue: LONGEST_SEND_IN },
	description:
		'How long Close waits before it sends, so that it can be undone there. For Send Now only.',
};

/** A status and what goes with it. */
export interface Outgoing {
	status: Status;
	/** The change of a draft's status that sends it; undefined for a draft and for a log. */
	change?: IDataObject & { status: 'outbox' | 'scheduled' };
}

/**
 * The status that the user chose, with its dates.
 *
 * @param sendIn what the field "Send In (Seconds)" holds.
 */
export function readOutgoing(
	context: IExecuteFunctions,
	itemIndex: number,
	sendIn: unknown,
): Outgoing {
	const status = choiceIn(context.getNodeParameter('status', itemIndex, ''), 'Status', STATUSES);
	const seconds = sendInSeconds(sendIn, status);
	if (status !== 'outbox' && status !== 'scheduled') return { status };

	const when = status === 'scheduled' ? readSchedule(context, itemIndex) : undefined;
	return {
		status,
		change: { ...withoutEmpty({ send_in: seconds, date_scheduled: when }), status },
	};
}

function sendInSeconds(value: unknown, status: Status): number | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	if (status !== 'outbox') {
		throw refusal(
			"'Send In (Seconds)' goes with the status 'Send Now' only",
			"Remove 'Send In (Seconds)', or set 'Status' to 'Send Now'.",
		);
	}
	const seconds = numberIn(value);
	if (Number.isInteger(seconds) && seconds >= 1 && seconds <= LONGEST_SEND_IN) return seconds;
	throw refusal(
		`'Send In (Seconds)' holds ${quoted(value)}, which is no whole number from 1 to ${LONGEST_SEND_IN}`,
		`Close waits at most ${LONGEST_SEND_IN} seconds. To send later, set 'Status' to 'Schedule'.`,
	);
}

function readSchedule(context: IExecuteFunctions, itemIndex: number): string {
	const value = context.getNodeParameter('dateScheduled', itemIndex, '');
	const when = dateIn(value, 'Date Scheduled', context.getTimezone());
	if (when === undefined) {
		throw refusal("'Date Scheduled' is empty", 'Choose when Close is to send it.');
	}
	if (Date.parse(when) > Date.now()) return when;
	throw refusal(
		`'Date Scheduled' is ${when}, which is in the past`,
		"Choose a later date, or set 'Status' to 'Send Now'.",
	);
}
