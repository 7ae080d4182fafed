/* eslint-disable @n8n/community-nodes/no-restricted-globals -- tests never ship */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { CloseFiles } from '../../nodes/CloseFiles/CloseFiles.node';
import { startSandbox, type Sandbox } from '../sandbox/server';
import { aFile, anItem } from '../support/builders';
import { useBinaryMode } from '../support/execution';
import { callsTo } from '../support/observations';
import { validRuns } from '../support/operations';
import { unpadded, WrittenPage } from '../support/writtenPage';

const page = new WrittenPage('operations.md', 'test/node/operationsPage.test.ts');

/** Beyond what holds for every file; the sources that refuse what goes beyond. */
const limits: Record<string, string> = {
	// actions/email/emailFiles.ts, readEmail.ts and actions/fields/addresses.ts
	'email: addAttachment': 'drafts only; 1,000 attachments',
	'email: createWithAttachment':
		'1,000 attachments; 500 addresses each in To, CC and BCC; subject of 1,000 characters; a warning beyond 25 MB',
	// actions/email/email.ts
	'email: sendDraft': 'drafts only',
	// files/downloading.ts
	'file: download': 'URLs of Close only',
	// files/signedUpload.ts
	'file: upload': 'kept for 24 hours unless attached',
	// actions/note/note.ts
	'note: addAttachment': '1,000 attachments',
	'note: createWithAttachment': '1,000 attachments',
	// actions/sms/smsFiles.ts
	'sms: createWithAttachment': '10 attachments, of the types that an MMS takes',
	'smsTemplate: addAttachment': '10 attachments, of the types that an MMS takes',
	'smsTemplate: createWithAttachment': '10 attachments, of the types that an MMS takes',
	// actions/whatsAppMessage/readWhatsAppMessage.ts
	'whatsAppMessage: createWithAttachment': '25 MB in all',
};

interface Seen {
	name: string;
	calls: string[];
	parameters: IDataObject;
	output: INodeExecutionData;
}

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
	await useBinaryMode('filesystem');
});
afterAll(async () => await sandbox.close());

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
		const written = [table.join('\n'), ...seen.map(example)].join('\n\n');

		if (process.env.UPDATE_OPERATIONS === '1') page.write(written);
		else expect(unpadded(page.read())).toBe(unpadded(written));
		expect(written).not.toMatch(/undefined|\[object|127\.0\.0\.1/);
	});

	it('names limits of operations that exist', () => {
		expect(Object.keys(validRuns)).toEqual(expect.arrayContaining(Object.keys(limits)));
	});
});
