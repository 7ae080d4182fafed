import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { close, upload } from '../conformance/client';
import { fileRecordKinds, type FileRecordKind } from '../conformance/fileRecords';
import type { FileRecord, Sandbox } from '../sandbox/server';
import { locator, runsOf } from './builders';
import type { Execution, ExecutionOptions } from './execution';

/** A kind of record that "Add Attachment" adds to. */
export interface Target {
	name: string;
	resource: string;
	/** The parameter that holds the record's ID. */
	parameter: string;
	/** A field that users change, as Close names it. */
	field: string;
	/** Calls as the sandbox's log names them. */
	read: string;
	write: string;
	kind: FileRecordKind;
	/** The keys of an attachment that is sent. */
	keys: string[];
}

const sized = ['url', 'filename', 'content_type', 'size'];
const unsized = ['url', 'filename', 'content_type'];

export const targets: Target[] = [
	target('an email draft', 'email', '/activity/email/', 'subject', sized),
	target('a note', 'note', '/activity/note/', 'title', unsized),
	target('an email template', 'emailTemplate', '/email_template/', 'subject', sized),
	target('an SMS template', 'smsTemplate', '/sms_template/', 'text', unsized),
	target('an opportunity', 'opportunity', '/opportunity/', 'value_currency', unsized),
];

/** By its resource, e.g. `smsTemplate`. */
export const targetOf = (resource: string): Target =>
	targets.find((each) => each.resource === resource) as Target;

function target(
	name: string,
	resource: string,
	path: string,
	...[field, keys]: [string, string[]]
): Target {
	const kind = fileRecordKinds.find((each) => each.path === path) as FileRecordKind;
	const [read, write] = [`GET ${path}{id}/`, `PUT ${path}{id}/`];
	return { name, resource, parameter: `${resource}Id`, field, read, write, kind, keys };
}

/** A file that another client uploads, as this kind of record takes it. */
export async function otherFile(
	sandbox: Sandbox,
	{ keys }: Target,
	name: string,
): Promise<IDataObject> {
	const file = await upload(sandbox, name, name);
	return Object.fromEntries(keys.map((key) => [key, file[key]])) as IDataObject;
}

/** What another client does in Close, none of which stays in the log. */
export async function unlogged<T>({ requests }: Sandbox, work: () => Promise<T>): Promise<T> {
	const before = requests.length;
	const result = await work();
	requests.length = before;
	return result;
}

/** A record of another client's with the files named; the account's own object. */
export async function recordHolding(
	sandbox: Sandbox,
	one: Target,
	names: string[],
	fields: object = {},
): Promise<FileRecord> {
	const { path, body, records } = one.kind;
	return await unlogged(sandbox, async () => {
		const attachments: object[] = [];
		for (const name of names) attachments.push(await otherFile(sandbox, one, name));
		const sent = { ...body(sandbox), attachments, ...fields };
		const { json } = await close(sandbox, `POST ${path}`, sent);
		return records(sandbox).find(({ id }) => id === json.id) as FileRecord;
	});
}

/** A run of "Add Attachment". */
export function adding(
	sandbox: Sandbox,
	{ resource, parameter }: Target,
	{ id }: { id: string },
	items: INodeExecutionData[],
	more: Partial<ExecutionOptions> = {},
): Execution {
	const { parameters, ...rest } = more;
	const make = runsOf(resource, 'addAttachment', () => ({ [parameter]: locator(id) }));
	return make(sandbox, items, parameters, rest);
}

export const namesIn = ({ attachments }: Pick<FileRecord, 'attachments'>): string[] =>
	attachments.map(({ filename }) => filename);
