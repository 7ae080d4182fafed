/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import FormData from 'form-data';
import type { INodeExecutionData } from 'n8n-workflow';

import { Instance } from '../n8n/instance';
import { projectFolder } from '../n8n/package';
import { Session, whenLive, type Execution } from '../n8n/session';
import { outputOf, type WorkflowFile } from '../n8n/workflow';
import type { CloseAccount } from './closeAccount';

export interface DemoFile {
	name: string;
	contentType: string;
	content: Buffer;
}

/** The draft as the node gives it, simplified. */
export interface EmailDraft {
	id: string;
	status: string;
	subject: string;
	attachments: Array<{ url: string; filename: string; content_type: string; size: number }>;
}

const credential = { id: 'closeDemoAccount', name: 'Close account', type: 'closeApi' };
const nodeName = 'Create Email Draft';

/** A running n8n whose form is the one of examples/form-to-email-draft.json. */
export class Demo {
	private constructor(
		readonly n8n: Instance,
		readonly session: Session,
		readonly workflow: WorkflowFile,
		/** Address of the form, for a browser and for `submit`. */
		readonly formUrl: string,
	) {}

	/** `n8n` stays the caller's to remove. */
	static async start(n8n: Instance, close: CloseAccount): Promise<Demo> {
		const workflow = await exampleWorkflow(close.lead);
		await n8n.import([{ ...credential, data: close.credential }], [workflow]);
		await n8n.start();
		const session = await Session.open(n8n.url);
		const form = workflow.nodes.find((node) => node.type.endsWith('.formTrigger'));
		const formUrl = `${n8n.url}/form/${form?.webhookId}`;
		await session.publish(workflow.id);
		await whenLive(formUrl);
		return new Demo(n8n, session, workflow, formUrl);
	}

	/** Address of the workflow in the editor. */
	get editorUrl(): string {
		return `${this.n8n.url}/workflow/${this.workflow.id}`;
	}

	/** Hands the form in and waits for the workflow, which n8n runs after its answer. */
	async submit(files: DemoFile[]): Promise<Execution> {
		// n8n names the fields of a form by their position.
		const form = new FormData();
		form.append('field-0', 'Ada Lovelace');
		form.append('field-1', 'ada@example.com');
		for (const { name, contentType, content } of files) {
			form.append('field-2', content, { filename: name, contentType });
		}
		const answer = await post(form, this.formUrl);
		if (answer.statusCode !== 200) throw new Error(`The form was answered ${answer.statusCode}`);
		return await this.session.firstExecution(this.workflow.id);
	}
}

/** @throws Error with n8n's text when the workflow did not succeed. */
export function draftOf(execution: Execution): EmailDraft {
	if (execution.status !== 'success') {
		const { error } = execution.data.resultData;
		const advice = error && 'description' in error ? ` ${error.description}` : '';
		throw new Error(`The workflow ended with ${execution.status}. ${error?.message}${advice}`);
	}
	const [item]: INodeExecutionData[] = outputOf(execution, nodeName);
	return item.json as unknown as EmailDraft;
}

/** The example with what a user chooses after the import: the credential and the lead. */
async function exampleWorkflow(lead: CloseAccount['lead']): Promise<WorkflowFile> {
	const path = join(projectFolder, 'examples/form-to-email-draft.json');
	const workflow = JSON.parse(await readFile(path, 'utf8')) as WorkflowFile;
	const node = workflow.nodes.find(({ name }) => name === nodeName)!;
	node.credentials = { closeApi: { id: credential.id, name: credential.name } };
	node.parameters.leadId = {
		__rl: true,
		mode: 'list',
		value: lead.id,
		cachedResultName: lead.name,
	};
	return workflow;
}

async function post(form: FormData, url: string): Promise<IncomingMessage> {
	const { hostname, port, pathname } = new URL(url);
	return await new Promise((resolve, reject) => {
		form.submit({ host: hostname, port, path: pathname }, (error, answer) => {
			if (error) return reject(error);
			answer.resume();
			resolve(answer);
		});
	});
}
