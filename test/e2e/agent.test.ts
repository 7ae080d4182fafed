import type { IDataObject } from 'n8n-workflow';

import { basic } from '../conformance/client';
import { Session, whenLive } from '../n8n/session';
import { newId, type WorkflowFile } from '../n8n/workflow';
import type { FileRecord } from '../sandbox/server';
import { md5 } from '../support/builders';
import { choose, readExample } from './examplesFiles';
import { FakeModel } from './fakeModel';
import { Setting } from './setting';

/** A command, a start, and the publishing of two workflows. */
const SETUP_MS = 240_000;

const TOOL = 'n8n-nodes-close-files.closeFilesTool';
const MODEL = '@n8n/n8n-nodes-langchain.lmChatOpenAi';
const CHAT = '@n8n/n8n-nodes-langchain.chatTrigger';

/** n8n's credential of the model's; its data are known when the model runs. */
const modelCredential = { id: 'fakeModel', name: 'Fake model', type: 'openAiApi', data: {} };

let setting: Setting;
let model: FakeModel;
let emailAgent: WorkflowFile;
let noteAgent: WorkflowFile;

beforeAll(async () => {
	setting = await Setting.create();
	model = await FakeModel.start();
	emailAgent = example();
	noteAgent = noteVariant();
	const data = { apiKey: model.apiKey, url: model.url };
	const credentials = [setting.credential, { ...modelCredential, data }];
	await setting.n8n.import(credentials, [emailAgent, noteAgent]);
	await setting.n8n.start();
	const session = await Session.open(setting.n8n.url);
	for (const workflow of [emailAgent, noteAgent]) {
		await session.publish(workflow.id);
		await whenLive(chatUrl(workflow));
	}
}, SETUP_MS);

afterAll(async () => {
	await setting?.close();
	await model?.close();
});

beforeEach(() => {
	setting.sandbox.reset();
	model.requests.length = 0;
});

/** The example with what a user chooses after the import, and with a chat that answers everybody. */
function example(): WorkflowFile {
	const workflow = readExample('agent-sends-document.json');
	choose(workflow, TOOL, setting.credential);
	choose(workflow, MODEL, modelCredential);
	nodeOf(workflow, TOOL).parameters.leadId = setting.email().leadId;
	nodeOf(workflow, CHAT).parameters.public = true;
	return workflow;
}

/** The same agent with a tool as it comes: n8n's own description, and no setting under On Error. */
function noteVariant(): WorkflowFile {
	const workflow = { ...example(), id: newId(), name: 'Agent that writes a note' };
	const tool = nodeOf(workflow, TOOL);
	const { leadId, body, fileSource, fileName, fileContent } = tool.parameters;
	tool.parameters = { leadId, body, fileSource, fileName, fileContent };
	Object.assign(tool.parameters, { resource: 'note', operation: 'createWithAttachment' });
	delete tool.onError;
	nodeOf(workflow, CHAT).webhookId = workflow.id;
	return workflow;
}

const nodeOf = ({ nodes }: WorkflowFile, type: string) => nodes.find((node) => node.type === type)!;

const chatUrl = (workflow: WorkflowFile) =>
	`${setting.n8n.url}/webhook/${nodeOf(workflow, CHAT).webhookId}/chat`;

/** What the agent answers in the chat, when the model calls the tool with these inputs in turn. */
async function ask(workflow: WorkflowFile, ...inputs: IDataObject[]): Promise<unknown> {
	model.inputs = inputs;
	const chatInput = 'Write a summary of our call for Gina.';
	const answer = await fetch(chatUrl(workflow), {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ action: 'sendMessage', sessionId: 'one', chatInput }),
	});
	return await answer.json();
}

// The braces are the document's: what a model writes is never an expression.
const document = '# Our call\n\n20 seats from March, at 5 € each.\n{{ $json.chatInput }}\n';

const call: IDataObject = {
	To: 'gina@bluth.example',
	Subject: 'Summary of our call',
	Body: 'Hello Gina, the summary is attached.',
	File_Name: 'Summary.md',
	File_Content: document,
};

function expectDocument({ attachments }: FileRecord): void {
	expect(attachments).toMatchObject([{ filename: 'Summary.md', content_type: 'text/markdown' }]);
	expect(setting.sandbox.s3.object(attachments[0].url)?.md5).toBe(md5(Buffer.from(document)));
}

function expectNothingSent(): void {
	const { account, requests } = setting.sandbox;
	expect(account.deliveries).toEqual([]);
	expect(account.emails.filter(({ status }) => status !== 'draft')).toEqual([]);
	// A change of status is how an email is sent.
	expect(requests.filter(({ method }) => method === 'PUT')).toEqual([]);
}

describe('an agent with the tool', () => {
	it('tells the model what it may fill in, which neither sends nor chooses the lead', async () => {
		await ask(emailAgent, call);

		const [tool, ...others] = model.requests[0].body.tools;
		expect(others).toEqual([]);
		expect(tool.name).toBe('Save_Email_Draft');
		expect(tool.description).toMatch(/Nothing is sent: a person reads the draft and sends it/);
		const { properties, additionalProperties } = tool.parameters;
		expect(Object.keys(properties)).toEqual(Object.keys(call));
		expect(additionalProperties).toBe(false);
		for (const { type, description } of Object.values(properties)) {
			expect(type).toBe('string');
			expect(description).toMatch(/^[A-Z].{20,}/);
		}
	});

	it('saves what the model wrote as the attachment of a draft, and sends nothing', async () => {
		const said = await ask(emailAgent, call);

		const [email, ...others] = setting.sandbox.account.emails;
		expect(others).toEqual([]);
		expect(email).toMatchObject({
			lead_id: setting.sandbox.account.leads[0].id,
			status: 'draft',
			to: [call.To],
			subject: call.Subject,
			body_text: call.Body,
		});
		expectDocument(email);
		expectNothingSent();
		expect(said).toEqual({ output: model.words });
	});

	it("answers the model with the draft's ID and its attachment", async () => {
		await ask(emailAgent, call);

		const [email] = setting.sandbox.account.emails;
		const { id, status, attachments } = email;
		const [answer] = model.toolAnswers.map((text) => JSON.parse(text) as unknown);
		expect(answer).toMatchObject([{ id, status, attachments }]);
	});

	it('sends nothing for a model that asks for more than it is offered', async () => {
		const sending = { status: 'outbox', Status: 'outbox', sender: 'nora@sandbox.example' };

		await ask(emailAgent, { ...call, ...sending, leadId: 'lead_other' });

		const [email] = setting.sandbox.account.emails;
		expect(email).toMatchObject({ lead_id: setting.sandbox.account.leads[0].id, sender: null });
		expectNothingSent();
	});

	it('keeps the Close credential from the model', async () => {
		await ask(emailAgent, { ...call, To: 'gina' }, call);

		const seen = JSON.stringify(model.requests);
		expect(seen).toContain(model.apiKey);
		expect(seen).not.toContain(setting.sandbox.apiKey);
		expect(seen).not.toContain(basic(setting.sandbox.apiKey).split(' ')[1]);
	});
});

describe('an input that the model got wrong', () => {
	it('is named to it with what to do, before anything is uploaded', async () => {
		await ask(emailAgent, { ...call, To: 'gina' });

		const [answer] = model.toolAnswers;
		expect(answer).toContain("'To' holds 'gina', which is no email address");
		expect(answer).toContain('Write addresses like ann@example.com');
		expect(setting.sandbox.requests).toEqual([]);
	});

	it('is put right by it in the same conversation', async () => {
		await ask(emailAgent, { ...call, To: 'gina' }, call);

		expect(setting.sandbox.account.emails).toMatchObject([{ to: [call.To], status: 'draft' }]);
		expectDocument(setting.sandbox.account.emails[0]);
	});
});

describe('a tool as it comes', () => {
	const { Body, File_Name, File_Content } = call;
	const note = { Body, File_Name, File_Content };

	it('attaches to a note, described by its action', async () => {
		await ask(noteAgent, note);

		expect(model.requests[0].body.tools).toMatchObject([
			{ description: 'Create note with attachment in Close Files' },
		]);
		const [[{ id }]] = model.toolAnswers.map((text) => JSON.parse(text) as IDataObject[]);
		const written = setting.sandbox.account.fileRecords.find((record) => record.id === id);
		expectDocument(written!);
	});

	it('tells the model in one message what was wrong, and what to do', async () => {
		await ask(noteAgent, { ...note, File_Content: '' });

		expect(JSON.parse(model.toolAnswers[0])).toEqual([
			{ error: "'File Content' is empty. Write the text that the file is to hold." },
		]);
		expect(setting.sandbox.requests).toEqual([]);
	});
});
