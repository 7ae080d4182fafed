import type { INode, INodeParameters } from 'n8n-workflow';

import type { CredentialFile } from '../n8n/instance';
import { chain, manualTrigger, node, readFiles, type WorkflowFile } from '../n8n/workflow';
import type { Sandbox } from '../sandbox/server';

/** The fields that Close's documentation shows, each of which a user has to enter by hand. */
const signedFields = [
	'key',
	'AWSAccessKeyId',
	'policy',
	'signature',
	'Content-Type',
	'Content-Disposition',
	'success_action_status',
];

/** What the workflow's own nodes do; their times are added up. */
export const httpRequestSteps = ['Sign', 'Merge', 'Upload', 'Create Email'];

export function basicAuth({ apiKey }: Sandbox): CredentialFile {
	const data = { user: apiKey, password: '' };
	return { id: 'closeBasicAuth00', name: 'Close by key', type: 'httpBasicAuth', data };
}

/**
 * An email draft with a file by n8n's own nodes, as without a node for Close: sign, bring the file
 * that HTTP Request drops back by a merge, post the form, create the email.
 */
export function httpRequestWorkflow(name: string, pattern: string, sandbox: Sandbox): WorkflowFile {
	const auth = basicAuth(sandbox);
	const workflow = chain(
		name,
		manualTrigger(),
		readFiles(pattern),
		postJson('Sign', `${sandbox.baseUrl}/files/upload/`, SIGNING, auth),
		node('Merge', 'n8n-nodes-base.merge', 3, { mode: 'combine', combineBy: 'combineByPosition' }),
		postForm(),
		postJson('Create Email', `${sandbox.baseUrl}/activity/email/`, email(sandbox), auth),
	);
	workflow.connections['Read Files'].main[0]?.push({ node: 'Merge', type: 'main', index: 1 });
	return workflow;
}

const SIGNING = '={{ { filename: $binary.data.fileName, content_type: $binary.data.mimeType } }}';

function email({ account }: Sandbox): string {
	const file = "$('Merge').item.binary.data";
	const attachment = `{ url: $('Merge').item.json.download.url, filename: ${file}.fileName, content_type: ${file}.mimeType, size: ${file}.bytes }`;
	return `={{ { lead_id: '${account.leads[0].id}', status: 'draft', to: ['gina@bluth.example'], subject: 'Your offer', body_html: '<p>Please find it attached.</p>', attachments: [${attachment}] } }}`;
}

function postJson(name: string, url: string, jsonBody: string, auth: CredentialFile): INode {
	const parameters = {
		method: 'POST',
		url,
		authentication: 'genericCredentialType',
		genericAuthType: 'httpBasicAuth',
		sendBody: true,
		specifyBody: 'json',
		jsonBody,
	};
	const credentials = { httpBasicAuth: { id: auth.id, name: auth.name } };
	return { ...httpRequest(name, parameters), credentials };
}

function postForm(): INode {
	const fields = signedFields.map((field) => ({
		parameterType: 'formData',
		name: field,
		value: `={{ $json.upload.fields['${field}'] }}`,
	}));
	const file = { parameterType: 'formBinaryData', name: 'file', inputDataFieldName: 'data' };
	return httpRequest('Upload', {
		method: 'POST',
		url: '={{ $json.upload.url }}',
		sendBody: true,
		contentType: 'multipart-form-data',
		bodyParameters: { parameters: [...fields, file] },
	});
}

function httpRequest(name: string, parameters: INodeParameters): INode {
	return node(name, 'n8n-nodes-base.httpRequest', 4.2, { ...parameters, options: {} });
}
