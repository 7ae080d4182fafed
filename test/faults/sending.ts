/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { IBinaryData, IDataObject, INodeExecutionData, NodeApiError } from 'n8n-workflow';
import type { Message, Sandbox } from '../sandbox/server';
import { aFile, content, emailing, md5, sendingNow, texting } from '../support/builders';
import type { ExecutionOptions } from '../support/execution';
import { calls, LATE_MS } from './mishaps';

type Parameters = ExecutionOptions['parameters'];

/** What an email needs to be scheduled. */
export const scheduling = (): Parameters => ({
	...sendingNow,
	status: 'scheduled',
	dateScheduled: '2099-01-01T12:00:00Z',
});

/** A kind of message that the runs create and send. */
export interface MessageKind {
	/** Creates one in n8n. */
	creating: typeof emailing;
	/** The call that lists them. */
	lookUp: string;
	/** Those in the account. */
	messages(account: Sandbox['account']): Message[];
}

export const anEmail: MessageKind = {
	creating: emailing,
	lookUp: calls.lookUp,
	messages: ({ emails }) => emails,
};

export const anSms: MessageKind = {
	creating: texting,
	lookUp: 'GET /activity/sms/',
	messages: ({ sms }) => sms,
};

export interface TryError {
	message: string;
	description: string;
	details: IDataObject;
}

/** How one of n8n's tries ended for the item: with an output or with an error. */
export interface Try {
	output?: IDataObject;
	error?: TryError;
	/** The calls that it made, as the sandbox's log names them. */
	calls: string[];
}

/** A file that the runs upload; stored once, named and filled the same in each. */
export async function theFiles(...names: string[]): Promise<Record<string, IBinaryData>> {
	const files = await Promise.all(names.map(async (name) => [name, await aFile(name)] as const));
	return Object.fromEntries(files);
}

/**
 * Runs the node for an item until it succeeds or n8n's tries are used up, each with the identical
 * input array, as Retry On Fail does.
 */
export async function runWithTries(
	sandbox: Sandbox,
	items: INodeExecutionData[],
	{
		parameters,
		tries,
		kind = anEmail,
		timeoutMs,
		more = {},
		beforeTry = () => {},
		afterTry = () => {},
	}: {
		parameters: Parameters;
		tries: number;
		kind?: MessageKind;
		/** Where an answer may be late or never come. */
		timeoutMs?: number;
		more?: Partial<ExecutionOptions>;
		beforeTry?: (made: number) => void;
		afterTry?: (made: Try[]) => void;
	},
): Promise<Try[]> {
	const options = timeoutMs === undefined ? {} : { timeout: timeoutMs / 1000 };
	const { run } = kind.creating(sandbox, items, { options, ...parameters }, more);
	const made: Try[] = [];
	while (made.length < tries) {
		beforeTry(made.length);
		const before = sandbox.requests.length;
		const outcome = await run().then(
			(outputs): Omit<Try, 'calls'> => ({ output: outputs[0].json }),
			(error: unknown): Omit<Try, 'calls'> => ({ error: readError(error) }),
		);
		made.push({ ...outcome, calls: sandbox.requests.slice(before).map(({ call }) => call) });
		afterTry(made);
		if (outcome.output !== undefined) break;
	}
	return made;
}

/** What the node has given up on may still be carried out. */
export const untilNothingIsUnderWay = async () => await pause(LATE_MS + 20);

function readError(error: unknown): TryError {
	const { message, description, context, name } = error as NodeApiError;
	assert.match(name, /^Node(Api|Operation)Error$/);
	assert.ok(context.data !== undefined, `an error that is not the node's own: ${message}`);
	return { message, description: String(description), details: context.data as IDataObject };
}

/**
 * Holds what the item's tries said against what is in the account: at no time two messages or two
 * deliveries, no word that is not true, and in the end nothing lost without a word.
 */
export function checkTruth(
	sandbox: Sandbox,
	tries: Try[],
	fileNames: string[],
	kind = anEmail,
): void {
	const { account } = sandbox;
	const messages = kind.messages(account);
	sendScheduled(sandbox, messages);
	const { deliveries } = account;
	assert.ok(messages.length <= 1, `${messages.length} messages`);
	assert.ok(deliveries.length <= 1, `${deliveries.length} deliveries`);
	for (const { attachments } of messages) checkAttachments(sandbox, attachments, fileNames);

	const last = tries.at(-1);
	if (last?.output !== undefined) {
		assert.equal(messages.length, 1, 'said to be sent, but there is none');
		assert.equal(deliveries.length, 1, 'said to be sent, but it did not leave');
		assert.equal(last.output.id, messages[0].id);
		return;
	}
	const { message, details } = last?.error ?? { message: '', details: {} as IDataObject };
	if (details.code === 'MaybeCreated') {
		assert.equal(deliveries.length, 0, `delivered, but said: ${message}`);
		return;
	}
	const created = ((details.created ?? []) as IDataObject[]).map(({ id }) => id);
	assert.deepEqual(
		created,
		messages.map(({ id }) => id),
		`created is not what there is: ${message}`,
	);
	if (details.code === 'MaybeSent') return;
	assert.equal(deliveries.length, 0, `delivered, but said: ${message}`);
}

/** Lets time pass until everything that is scheduled has left. */
function sendScheduled({ account, clock }: Sandbox, messages: Message[]): void {
	const waiting = messages.filter(({ status }) => status === 'scheduled');
	for (const { id } of waiting) {
		const book = account.books.get(id);
		// Not by the clock, which would make all that follows years late.
		if (book !== undefined) book.sendAt = clock.now();
	}
}

function checkAttachments(
	sandbox: Sandbox,
	attachments: Array<{ url: string; filename: string; size: number }>,
	fileNames: string[],
): void {
	assert.deepEqual(
		attachments.map(({ filename }) => filename),
		fileNames,
	);
	for (const { url, filename, size } of attachments) {
		const expected = content(20, filename);
		const stored = sandbox.s3.object(url);
		assert.equal(stored?.md5, md5(expected), `the bytes of ${filename}`);
		assert.equal(size, expected.length);
		assert.ok(readFileSync(stored.path).equals(expected));
	}
}
