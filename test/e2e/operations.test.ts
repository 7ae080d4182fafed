import type {
	IDataObject,
	INodeProperties,
	INodePropertyOptions,
	INodeTypeDescription,
} from 'n8n-workflow';

import { CloseFiles } from '../../nodes/CloseFiles/CloseFiles.node';
import { Session, whenLive } from '../n8n/session';
import { chain, closeFiles, node, readFiles, webhook } from '../n8n/workflow';
import type { Sandbox } from '../sandbox/server';
import { md5 } from '../support/builders';
import { hold, operationCases, type Held, type OperationCase } from './operationCases';
import { Setting, type SampleFile } from './setting';

/** Two n8n commands, a start, and the publishing of every workflow. */
const SETUP_MS = 240_000;

let setting: Setting;
let sandbox: Sandbox;
let held: Held;
let file: SampleFile;
let session: Session;
const idByPath = new Map<unknown, string>();

beforeAll(async () => {
	setting = await Setting.create();
	sandbox = setting.sandbox;
	held = await hold(sandbox);
	// Larger than one block of a stream, small enough for an SMS.
	file = await setting.writeFile('plan.png', 300_000);
	const workflows = [...operationCases.map(workflowOf), roundTrip()];
	await setting.n8n.import([setting.credential], workflows);
	await setting.n8n.start();
	session = await Session.open(setting.n8n.url);
	for (const { id, nodes } of workflows) {
		idByPath.set(nodes[0].parameters.path, id);
		await session.publish(id);
	}
}, SETUP_MS);

afterAll(async () => await setting?.close());

/** The first item that the workflow's last node gave. */
async function run(path: string): Promise<IDataObject> {
	const answer = await whenLive(`${setting.n8n.url}/webhook/${path}`);
	const text = await answer.text();
	if (!answer.ok) {
		const { data } = await session.firstExecution(String(idByPath.get(path)));
		const { message, description } = data.resultData.error ?? {};
		throw new Error(`n8n answered ${answer.status}: ${message} ${description}`);
	}
	return JSON.parse(text) as IDataObject;
}

const pathOf = (name: string) => name.replace('/', '-');

function workflowOf({ name, result, parameters }: OperationCase) {
	const [resource, operation] = name.split('/');
	const tested = closeFiles(setting.credential, { resource, operation, ...parameters(held) });
	const takesFile = ['attachment', 'upload', 'leadFile'].includes(result);
	return chain(
		name,
		webhook(pathOf(name)),
		...(takesFile ? [readFiles(file.path)] : []),
		tested,
		...(result === 'bytes' ? [hash(name === 'file/download' ? 'data' : 'data0')] : []),
	);
}

/** Adds the MD5 of a file, as hex, to the item as `md5`: n8n reads what is in its own store. */
function hash(binaryPropertyName: string) {
	return node('Hash', 'n8n-nodes-base.crypto', 1, {
		action: 'hash',
		type: 'MD5',
		binaryData: true,
		binaryPropertyName,
		dataPropertyName: 'md5',
	});
}

function roundTrip() {
	const email = { fileSource: 'uploaded', uploadedFiles: '={{ $json }}' };
	const download = { resource: 'email', operation: 'downloadAttachments' };
	const emailId = { __rl: true, mode: 'id', value: '={{ $json.id }}' };
	const { credential } = setting;
	return chain(
		'Round trip',
		webhook('roundTrip'),
		readFiles(file.path),
		{ ...closeFiles(credential, { resource: 'file', operation: 'upload' }), name: 'Upload' },
		{ ...closeFiles(credential, setting.email(email)), name: 'Create Email' },
		closeFiles(credential, { ...download, emailId, attachmentsPrefix: 'data' }),
		hash('data0'),
	);
}

const md5At = (url: unknown) => sandbox.s3.object(String(url))?.md5;

/** Compares what the sandbox holds, or what n8n got, with the bytes that went in. */
const expectations: Record<OperationCase['result'], (answer: IDataObject) => void> = {
	attachment({ id }) {
		const record = sandbox.account.fileRecords.find((each) => each.id === id);
		expect(md5At(record?.attachments.at(-1)?.url)).toBe(file.md5);
	},
	bytes: (answer) => expect(answer.md5).toBe(md5(Buffer.from(held.content))),
	upload: ({ url }) => expect(md5At(url)).toBe(file.md5),
	leadFile: ({ id }) => {
		const leadFile = sandbox.account.leadFiles.find((each) => each.id === id);
		expect(md5At(leadFile?.download_url)).toBe(file.md5);
	},
	list: ({ name }) => expect(name).toBe(held.leadFileName),
	delivery: () =>
		expect(sandbox.account.deliveries).toContainEqual(
			expect.objectContaining({ emailId: held.records.draft.id }),
		),
};

describe('a workflow in n8n', () => {
	it('exists for every operation of the node', () => {
		const names = operationsOf(new CloseFiles().description.properties);

		expect(operationCases.map(({ name }) => name).sort()).toEqual(names.sort());
	});

	it.each(operationCases)('does $name', async ({ name, result }) => {
		const answer = await run(pathOf(name));

		expectations[result](answer);
	});

	it('brings a file to Close, into an email, and back byte for byte', async () => {
		const answer = await run('roundTrip');

		expect(answer.md5).toBe(file.md5);
	});
});

it('offers an AI agent no files of an item, and text first', async () => {
	const types = await session.read<INodeTypeDescription[]>('/types/nodes.json');

	const tool = types.find(({ name }) => name === 'n8n-nodes-close-files.closeFilesTool');
	const sources = (tool?.properties ?? []).filter(
		({ name, displayOptions }) =>
			name === 'fileSource' && displayOptions?.show?.['@tool']?.[0] === true,
	);
	expect(sources.length).toBeGreaterThan(0);
	for (const { default: first, options } of sources) {
		expect(first).toBe('text');
		expect(valuesOf(options)).not.toContain('binary');
	}
});

const valuesOf = (options: INodeProperties['options']) =>
	((options ?? []) as INodePropertyOptions[]).map(({ value }) => value);

function operationsOf(properties: INodeProperties[]): string[] {
	return properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ options, displayOptions }) =>
			valuesOf(options).map((value) => `${displayOptions?.show?.resource?.[0]}/${value}`),
		);
}
