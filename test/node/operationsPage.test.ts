/* eslint-disable @n8n/community-nodes/no-restricted-globals -- tests never ship */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { EMAIL_LIMIT, MAILBOX_LIMIT } from '../../nodes/CloseFiles/actions/email/emailFiles';
import { LONGEST_BODY, LONGEST_SUBJECT } from '../../nodes/CloseFiles/actions/email/readEmail';
import { MOST_ADDRESSES } from '../../nodes/CloseFiles/actions/fields/addresses';
import { LONGEST_SEND_IN } from '../../nodes/CloseFiles/actions/fields/sending';
import { NOTE_LIMIT } from '../../nodes/CloseFiles/actions/note/note';
import { SMS_CONTENT_TYPES, SMS_LIMIT } from '../../nodes/CloseFiles/actions/sms/smsFiles';
import {
	LONGEST_LINK,
	MOST_BYTES,
} from '../../nodes/CloseFiles/actions/whatsAppMessage/readWhatsAppMessage';
import { CloseFiles } from '../../nodes/CloseFiles/CloseFiles.node';
import { LONGEST_NAME, MOST_NAME_BYTES } from '../../nodes/CloseFiles/files/fileName';
import { LIFETIME_MS } from '../../nodes/CloseFiles/files/signedUpload';
import { aSandbox } from '../support/aSandbox';
import { aFile, anItem } from '../support/builders';
import { callsTo } from '../support/observations';
import { validRuns } from '../support/operations';
import { unpadded, WrittenPage } from '../support/writtenPage';

const page = new WrittenPage('operations.md', 'test/node/operationsPage.test.ts');

const number = (value: number): string => value.toLocaleString('en');
const megabytes = (bytes: number): string => `${number(bytes / 1_000_000)} MB`;
const hours = (ms: number): string => `${number(ms / 3_600_000)} hours`;

const emailAttachments = `${number(EMAIL_LIMIT.most)} attachments`;
const noteAttachments = `${number(NOTE_LIMIT.most)} attachments`;
const smsAttachments = `${number(SMS_LIMIT.most)} attachments, of the types that an MMS takes`;
const sendIn = `Send In of ${number(LONGEST_SEND_IN)} seconds at most`;

/** Beyond what holds for every file; each number is the one by which the node refuses. */
const limits: Record<string, string> = {
	'email: addAttachment': `drafts only; ${emailAttachments}`,
	'email: createWithAttachment': [
		emailAttachments,
		`${number(MOST_ADDRESSES)} addresses each in To, CC and BCC`,
		`subject of ${number(LONGEST_SUBJECT)} characters, body of ${number(LONGEST_BODY)}`,
		sendIn,
		`a warning beyond ${megabytes(MAILBOX_LIMIT)}`,
	].join('; '),
	'email: sendDraft': `drafts only; ${sendIn}`,
	'file: download': 'URLs of Close only',
	'file: upload': `kept for ${hours(LIFETIME_MS)} unless attached`,
	'note: addAttachment': noteAttachments,
	'note: createWithAttachment': noteAttachments,
	'sms: createWithAttachment': `${smsAttachments}; ${sendIn}`,
	'smsTemplate: addAttachment': smsAttachments,
	'smsTemplate: createWithAttachment': smsAttachments,
	'whatsAppMessage: createWithAttachment': `${megabytes(MOST_BYTES)} in all; link of ${number(LONGEST_LINK)} characters`,
};

const everyFile = `On every file: its name is cut to ${number(LONGEST_NAME)} characters and ${number(MOST_NAME_BYTES)} bytes, its extension kept, and an upload lasts ${hours(LIFETIME_MS)} until a record refers to it. **Max File Size (MB)** refuses larger ones where it is set.`;

const smsTypes = `An MMS takes ${SMS_CONTENT_TYPES.map((type) => `\`${type}\``).join(', ')}.`;

interface Seen {
	name: string;
	calls: string[];
	parameters: IDataObject;
	output: INodeExecutionData;
}

const sandbox = aSandbox();

async function seenIn(name: string): Promise<Seen> {
	sandbox.reset();
	const execution = await validRuns[name](sandbox, [anItem(await aFile('Offer.pdf'))]);
	const [output] = await execution.run();
	const { parameters } = execution.context.getNode();
	return { name, calls: callsTo(sandbox), parameters: parameters as IDataObject, output };
}

/** IDs, tokens and times are others in every run. */
const readable = (text: string): string =>
	text
		.replace(/\b([a-z]+)_[A-Za-z0-9]{30,}/g, '$1_…')
		.replace(/\/[0-9a-f]{22}\//g, '/…/')
		.replace(/\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)?/g, '2026-11-24T14:00:00Z')
		// As prettier writes it.
		.replace(/\[\s+("[^"]*")\s+\]/g, '[$1]');

const block = (value: unknown): string =>
	`\`\`\`json\n${readable(JSON.stringify(value, null, 2))}\n\`\`\``;

/** Parameters that say nothing of their own about an operation. */
const everywhere = ['resource', 'operation', 'authentication', 'simplify'];

/** A picked record by its ID alone, as an expression would give it. */
function typedIn(parameters: IDataObject): IDataObject {
	return Object.fromEntries(
		Object.entries(parameters)
			.filter(([key, value]) => !everywhere.includes(key) && JSON.stringify(value) !== '{}')
			.map(([key, value]) => [key, picked(value)]),
	);
}

function picked(value: unknown): IDataObject[string] {
	if (typeof value !== 'object' || value === null) return value as IDataObject[string];
	if ('__rl' in value) return (value as IDataObject).value;
	return typedIn(value as IDataObject);
}

function row({ name, calls }: Seen): string {
	const listed = calls.map((call) => `\`${call}\``).join(', ');
	return `| ${titleOf(name)} | ${listed} | ${limits[name] ?? ''} |`;
}

function example({ name, parameters, output }: Seen): string {
	const fields = Object.keys(output.binary ?? {}).map((field) => `\`${field}\``);
	const files = fields.length > 0 ? ` and the file in ${fields.join(', ')}` : '';
	return [
		`## ${titleOf(name)}`,
		'Parameters:',
		block(typedIn(parameters)),
		`Output${files}:`,
		block(output.json),
	].join('\n\n');
}

/** `Email: Send Draft`, as the form shows it. */
function titleOf(name: string): string {
	const [resource, operation] = name.split(': ');
	return `${labelOf('resource', resource)}: ${labelOf('operation', operation, resource)}`;
}

function labelOf(field: string, value: string, resource?: string): string {
	const shown = new CloseFiles().description.properties.find(
		({ name, displayOptions }) =>
			name === field && (!resource || displayOptions?.show?.resource?.includes(resource)),
	);
	const choices = (shown?.options ?? []) as Array<{ name: string; value: string }>;
	return choices.find((choice) => choice.value === value)?.name ?? value;
}

describe('docs/operations.md', () => {
	it('tells what each operation calls, takes and gives (written anew with UPDATE_OPERATIONS=1)', async () => {
		const seen: Seen[] = [];
		for (const name of Object.keys(validRuns)) seen.push(await seenIn(name));
		const table = ['| Operation | Calls | Limits |', '| --- | --- | --- |', ...seen.map(row)];
		const texts = [table.join('\n'), everyFile, smsTypes, ...seen.map(example)];
		const written = texts.join('\n\n');

		if (process.env.UPDATE_OPERATIONS === '1') page.write(written);
		else expect(unpadded(page.read())).toBe(unpadded(written));
		expect(written).not.toMatch(/undefined|\[object|127\.0\.0\.1/);
	});

	it('names limits of operations that exist', () => {
		expect(Object.keys(validRuns)).toEqual(expect.arrayContaining(Object.keys(limits)));
	});
});
