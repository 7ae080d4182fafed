import { createHash } from 'node:crypto';
import type { IBinaryData, IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { Lead, Sandbox } from '../sandbox/server';
import { execution, storeBinary, type Execution, type ExecutionOptions } from './execution';

type Parameters = ExecutionOptions['parameters'];

/** Content that looks random and is the same for the same size and seed. */
export function content(size: number, seed = ''): Buffer {
	const block = createHash('sha512').update(seed).digest();
	const whole = Buffer.alloc(size);
	for (let at = 0, round = 0; at < size; at += block.length, round++) {
		block.writeUInt32LE(round, 0);
		block.copy(whole, at);
	}
	return whole;
}

export const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest('hex');

/** A file in n8n's store in its present mode; each name has content of its own. */
export async function aFile(
	fileName: string | undefined = 'Offer.pdf',
	{ size = 20, mimeType = 'application/pdf' }: { size?: number; mimeType?: string } = {},
): Promise<IBinaryData> {
	return await storeBinary(content(size, fileName), { fileName, mimeType });
}

/** An item with one file, in the field `data`, or with several by field. */
export function anItem(
	files: IBinaryData | Record<string, IBinaryData> = {},
	json: IDataObject = {},
): INodeExecutionData {
	const binary = 'mimeType' in files ? { data: files as IBinaryData } : files;
	return { json, ...(Object.keys(binary).length > 0 && { binary }) };
}

/** Items with a file each: `1.pdf`, `2.pdf`, … */
export async function itemsWithFiles(count: number): Promise<INodeExecutionData[]> {
	const numbers = Array.from({ length: count }, (_, index) => index + 1);
	return await Promise.all(numbers.map(async (number) => anItem(await aFile(`${number}.pdf`))));
}

/** The lead that emails of tests belong to. */
export const aLead = (sandbox: Sandbox): Lead => sandbox.account.leads[0];

export const locator = (value: string, mode = 'id') => ({ __rl: true, mode, value });

/** Makes a run of one operation; its parameters are there unless others are given in their place. */
export type MakeRun = (
	sandbox: Sandbox,
	items: INodeExecutionData[],
	parameters?: Parameters,
	more?: Partial<ExecutionOptions>,
) => Execution;

export function runsOf(
	resource: string,
	operation: string,
	needed: (sandbox: Sandbox) => Parameters = () => ({}),
): MakeRun {
	return (sandbox, items, parameters = {}, more = {}) =>
		execution({
			credential: sandbox,
			items,
			parameters: { resource, operation, ...needed(sandbox), ...parameters },
			...more,
		});
}

/** A run of "Upload File". */
export const uploading = runsOf('file', 'upload');

/** A run of "Create Email With Attachment": a draft to Gina unless the parameters say otherwise. */
export const emailing = runsOf('email', 'createWithAttachment', (sandbox) => ({
	leadId: locator(aLead(sandbox).id),
	to: 'gina@bluth.example',
	subject: 'Your offer',
	body: '<p>Here it is.</p>',
}));

/** What an email needs beyond a draft's parameters to be sent at once. */
export const sendingNow: Parameters = {
	status: 'outbox',
	sender: locator('nora@sandbox.example', 'address'),
};

/** A run of "Create Note With Attachment". */
export const noting = runsOf('note', 'createWithAttachment', (sandbox) => ({
	leadId: locator(aLead(sandbox).id),
	body: '<p>Signed.</p>',
}));

/** A run of "Create SMS With Attachment": a draft to Gina unless the parameters say otherwise. */
export const texting = runsOf('sms', 'createWithAttachment', (sandbox) => ({
	leadId: locator(aLead(sandbox).id),
	localPhone: locator('+14155550190', 'number'),
	remotePhone: '+14155550101',
	text: 'Here it is',
}));

/** A run of "Log WhatsApp Message With Attachment": what Gina wrote, each item with an ID of its own. */
export const loggingWhatsApp = runsOf('whatsAppMessage', 'createWithAttachment', (sandbox) => ({
	leadId: locator(aLead(sandbox).id),
	contactId: locator(aLead(sandbox).contacts[0].id),
	externalWhatsappMessageId: '=wamid.{{ $itemIndex }}',
	localPhone: '+14155550190',
	remotePhone: '+14155550101',
	message: 'Here is the *plan*.',
}));

const aName = () => ({ name: 'Offer' });

/** Runs of "Create Email Template With Attachment", and of the same for SMS. */
export const templating = {
	emailTemplate: runsOf('emailTemplate', 'createWithAttachment', aName),
	smsTemplate: runsOf('smsTemplate', 'createWithAttachment', aName),
};

export const goOn = { onError: 'continueRegularOutput' } as const;

/** The input items whose outputs are errors. */
export const errorItems = (outputs: INodeExecutionData[]): number[] =>
	outputs
		.filter(({ json }) => 'error' in json)
		.map(({ pairedItem }) => (pairedItem as { item: number }).item);

/** Has Close sign the next upload for another place; `fields` are those of the form. */
export function signFor(sandbox: Sandbox, url: string, fields: Record<string, string> = {}): void {
	const download = { url: 'https://app.close.com/go/file/temporary/user_1/token/a.pdf/' };
	const body = { download, upload: { url, fields } };
	sandbox.faults.add({ call: 'POST /files/upload/', effect: { status: 200, body } });
}
