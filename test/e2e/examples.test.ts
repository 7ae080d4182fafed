/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import { readFile } from 'node:fs/promises';
import type { INode } from 'n8n-workflow';

import { anEmail, close, upload } from '../conformance/client';
import type { CredentialFile } from '../n8n/instance';
import { Session, whenLive, type Execution } from '../n8n/session';
import { outputOf, type WorkflowFile } from '../n8n/workflow';
import type { FileRecord, Sandbox } from '../sandbox/server';
import { locator, md5 } from '../support/builders';
import { choose, exampleNames, nodesOf, readExample, type Nodes } from './examplesFiles';
import { aFile, formOf, pageSaying } from './examplesForm';
import { Setting } from './setting';

/** A command, a start, and the publishing of every workflow. */
const SETUP_MS = 240_000;

interface ExampleCase {
	file: string;
	behaviour: string;
	/** What the sticky note tells the user to fill in, beside the Close credential. */
	fillIn?(nodes: Nodes): void;
	/** Starts it by its own trigger and looks at what arrived. */
	run(): Promise<void>;
}

/** Run by a test file of their own. */
const elsewhere = ['agent-sends-document.json'];

const cases: ExampleCase[] = [
	{
		file: 'form-to-email-draft.json',
		behaviour: 'drafts an email with the files of a form',
		fillIn: (nodes) => chooseLead(nodes['Create Email Draft']),
		run: formToEmailDraft,
	},
	{
		file: 'upload-once-mail-many-leads.json',
		behaviour: 'uploads one file for the drafts of many leads, and lists the lead that is missing',
		run: uploadOnceMailManyLeads,
	},
	{
		file: 'csv-to-email-draft.json',
		behaviour: 'drafts an email with rows as a CSV file',
		fillIn: (nodes) => {
			chooseLead(nodes['Create Email Draft']);
			nodes['Create Email Draft'].parameters.to = 'gina@bluth.example';
		},
		run: csvToEmailDraft,
	},
	{
		file: 'received-email-to-disk.json',
		behaviour: 'saves the files of received emails, and only of those',
		fillIn: ({ 'Save to Folder': save }) => {
			const path = String(save.parameters.fileName);
			save.parameters.fileName = path.replace('/home/node/.n8n-files', setting.n8n.filesFolder);
		},
		run: receivedEmailToDisk,
	},
	{
		file: 'webhook-to-note.json',
		behaviour: 'writes a note with the files of a webhook, which asks for its header',
		run: webhookToNote,
	},
	{
		file: 'draft-approval-send.json',
		behaviour: 'sends a draft after approval, and leaves it without',
		fillIn: (nodes) => {
			nodes['Create Email Draft'].parameters.sender = locator(SENDER, 'list');
		},
		run: draftApprovalSend,
	},
];

const SENDER = 'Sales Team <sales@sandbox.example>';

const headerAuth: CredentialFile = {
	id: 'websiteHeader',
	name: 'Website',
	type: 'httpHeaderAuth',
	data: { name: 'X-Website-Key', value: 'correct horse' },
};

let setting: Setting;
let sandbox: Sandbox;
let session: Session;
let workflows: Map<string, WorkflowFile>;

beforeAll(async () => {
	setting = await Setting.create();
	sandbox = setting.sandbox;
	workflows = new Map(cases.map((each) => [each.file, filledIn(each)]));
	await setting.n8n.import([setting.credential, headerAuth], [...workflows.values()]);
	await setting.n8n.start();
	session = await Session.open(setting.n8n.url);
	for (const { id, nodes } of workflows.values()) {
		if (nodes.some(({ webhookId }) => webhookId)) await session.publish(id);
	}
}, SETUP_MS);

beforeEach(() => sandbox.reset());

afterAll(async () => await setting?.close());

function filledIn({ file, fillIn }: ExampleCase): WorkflowFile {
	const workflow = readExample(file);
	choose(workflow, 'n8n-nodes-close-files.closeFiles', setting.credential);
	choose(workflow, 'n8n-nodes-base.webhook', headerAuth);
	fillIn?.(nodesOf(workflow));
	return workflow;
}

function chooseLead(node: INode): void {
	node.parameters.leadId = locator(sandbox.account.leads[0].id, 'list');
}

describe('an example', () => {
	it('has its run here', () => {
		const run = [...cases.map(({ file }) => file), ...elsewhere];

		expect(exampleNames.filter((name) => !run.includes(name))).toEqual([]);
	});

	it.each(cases)('$file $behaviour', async ({ run }) => await run());
});

async function formToEmailDraft(): Promise<void> {
	const files = [aFile('offer.pdf'), aFile('terms.pdf')];

	await handIn('form-to-email-draft.json', ['Ada Lovelace', 'ada@example.com', files]);
	await ended('form-to-email-draft.json');

	const [email] = sandbox.account.emails;
	expect(email).toMatchObject({ status: 'draft', to: ['Ada Lovelace <ada@example.com>'] });
	await expectAttached(email, files);
}

async function uploadOnceMailManyLeads(): Promise<void> {
	const [bluth, harbour] = sandbox.account.leads;
	const list = [
		'lead,email,name',
		`https://app.close.com/lead/${bluth.id}/,gina@bluth.example,Gina`,
		`lead_0nobody,nobody@example.com,Nobody`,
		`${harbour.id},ruth@harbour.example,Ruth`,
	].join('\n');
	const document = aFile('prices.pdf');
	const leads = new File([list], 'leads.csv', { type: 'text/csv' });

	await handIn('upload-once-mail-many-leads.json', [document, leads, 'New prices']);
	const execution = await ended('upload-once-mail-many-leads.json');

	expect(sandbox.account.uploads).toHaveLength(1);
	const mailed = sandbox.account.emails.map(({ lead_id }) => lead_id);
	expect(mailed.sort()).toEqual([bluth.id, harbour.id].sort());
	for (const email of sandbox.account.emails) {
		expect(email).toMatchObject({ status: 'draft', subject: 'New prices' });
		await expectAttached(email, [document]);
	}
	expect(outputOf(execution, 'Not Done').map(({ json }) => json)).toEqual([
		{ lead: 'lead_0nobody', email: 'nobody@example.com', reason: expect.stringMatching(/lead/i) },
	]);
}

async function csvToEmailDraft(): Promise<void> {
	const { id } = workflowOf('csv-to-email-draft.json');

	await session.runManually(id, 'When You Click Execute');
	await ended('csv-to-email-draft.json');

	const [email] = sandbox.account.emails;
	expect(email).toMatchObject({ status: 'draft', to: ['gina@bluth.example'] });
	const rows = [
		'order,article,pieces,due',
		'2026-117,"Desk, oak",12,2026-12-04',
		'2026-118,"Chair ""Møller""",40,2026-12-11',
		'2026-119,Lamp,8,2027-01-15',
	];
	// n8n begins CSV with a byte order mark, by which Excel knows it as UTF-8.
	const csv = `\ufeff${rows.join('\n')}`;
	await expectAttached(email, [new File([csv], 'Open orders.csv')]);
}

async function receivedEmailToDisk(): Promise<void> {
	const sent = await emailWith('sent', 'offer.pdf');
	const received = await emailWith('inbox', 'order.pdf');
	for (const email of [sent, received]) {
		const event = {
			action: 'created',
			object_type: 'activity.email',
			object_id: email.id,
			data: email,
		};
		await post('received-email-to-disk.json', JSON.stringify({ event }));
	}
	const executions = [
		await ended('received-email-to-disk.json', 1),
		await ended('received-email-to-disk.json', 2),
	];

	const saved = executions.flatMap((execution) => outputOf(execution, 'Save to Folder'));
	expect(saved).toHaveLength(1);
	expect(String(await readFile(String(saved[0].json.fileName)))).toBe('Bytes of order.pdf');
	expect(saved[0].json.fileName).toBe(`${setting.n8n.filesFolder}/${received.id} 1 order.pdf`);
}

/** An email in the sandbox with one file, as Close tells it. */
async function emailWith(status: string, filename: string): Promise<{ id: string }> {
	const file = await upload(sandbox, filename, `Bytes of ${filename}`);
	const email = anEmail(sandbox, { status, attachments: [file] });
	return (await close(sandbox, 'POST /activity/email/', email)).json as { id: string };
}

async function webhookToNote(): Promise<void> {
	const [, { id }] = sandbox.account.leads;
	const files = [aFile('contract.pdf'), aFile('plan.png', 70_000, 'image/png')];
	const form = new FormData();
	form.append('lead', `https://app.close.com/lead/${id}/`);
	form.append('text', 'Signed today');
	for (const [position, file] of files.entries()) form.append(`file${position}`, file);

	const refused = await post('webhook-to-note.json', form);
	const { name, value } = headerAuth.data;
	const answer = await post('webhook-to-note.json', form, { [String(name)]: String(value) });

	expect(refused.status).toBe(403);
	const [note, ...others] = sandbox.account.notes;
	expect(others).toEqual([]);
	expect(await answer.json()).toMatchObject({ id: note.id, lead_id: id, note: 'Signed today' });
	await expectAttached(note, files);
}

async function draftApprovalSend(): Promise<void> {
	const [{ id }] = sandbox.account.leads;
	const files = [aFile('offer.pdf'), aFile('terms.pdf')];
	const lead = `https://app.close.com/lead/${id}/`;
	const message = [lead, 'gina@bluth.example', 'Your offer', 'Here it is.', files];

	const endings: string[] = [];
	for (const decision of ['Keep it as a draft', 'Send it now']) {
		const answer = await handIn('draft-approval-send.json', message);
		const { formWaitingUrl } = (await answer.json()) as { formWaitingUrl: string };
		await pageSaying(/The draft is in Close/, formWaitingUrl);
		expect(sandbox.account.deliveries).toEqual([]);
		await fetch(formWaitingUrl, { method: 'POST', body: formOf([decision]) });
		endings.push(await pageSaying(/stays in Close|on its way/, formWaitingUrl));
	}

	const [kept, sent] = sandbox.account.emails;
	expect(endings).toEqual([expect.stringContaining('Nothing was sent'), expect.anything()]);
	expect(kept).toMatchObject({ status: 'draft', sender: SENDER, subject: 'Your offer' });
	expect(sandbox.account.deliveries).toEqual([expect.objectContaining({ emailId: sent.id })]);
	await expectAttached(sent, files);
}

function workflowOf(file: string): WorkflowFile {
	const workflow = workflows.get(file);
	if (workflow === undefined) throw new Error(`${file} was not imported`);
	return workflow;
}

async function ended(file: string, nth = 1): Promise<Execution> {
	const execution = await session.nthExecution(workflowOf(file).id, nth);
	const { error } = execution.data.resultData;
	expect([execution.status, error?.message]).toEqual(['success', undefined]);
	return execution;
}

/** Submits the example's form. */
async function handIn(file: string, values: Parameters<typeof formOf>[0]): Promise<Response> {
	const trigger = workflowOf(file).nodes.find(({ type }) => type.endsWith('.formTrigger'));
	const url = `${setting.n8n.url}/form/${trigger?.webhookId}`;
	await whenLive(url);
	const answer = await fetch(url, { method: 'POST', body: formOf(values) });
	expect(answer.status).toBe(200);
	return answer;
}

/** Calls the example's webhook, with JSON or a form. */
async function post(
	file: string,
	body: string | FormData,
	headers: Record<string, string> = {},
): Promise<Response> {
	const trigger = workflowOf(file).nodes.find(({ type }) => type.endsWith('.webhook'));
	const url = `${setting.n8n.url}/webhook/${String(trigger?.parameters.path)}`;
	const isJson = typeof body === 'string';
	const all = { ...(isJson && { 'content-type': 'application/json' }), ...headers };
	return await fetch(url, { method: 'POST', body, headers: all });
}

/** Compares names and bytes with what the sandbox's S3 holds. */
async function expectAttached({ attachments }: FileRecord, files: File[]): Promise<void> {
	const held = attachments.map(({ url, filename }) => [filename, sandbox.s3.object(url)?.md5]);
	const given = files.map(async (file) => [file.name, md5(Buffer.from(await file.arrayBuffer()))]);
	// n8n's webhook node gives the files of a request in the order in which it has read them.
	expect(held.sort()).toEqual((await Promise.all(given)).sort());
}
