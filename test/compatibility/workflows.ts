import type { INode, INodeParameters } from 'n8n-workflow';

import type { Setting } from '../e2e/setting';
import type { CredentialFile } from '../n8n/instance';
import { chain, closeFiles, readFiles, webhook, type WorkflowFile } from '../n8n/workflow';
import type { FilePlace } from './combinations';

/** The names of the nodes that are tried. */
export const STEPS = {
	webhook: 'Webhook',
	email: 'Create Email',
	download: 'Download Attachments',
	upload: 'Upload File',
};

/** The file of the second item of `mixedItems` goes to a lead that Close does not have. */
const NO_LEAD = `lead_${'x'.repeat(43)}`;

/**
 * Two posted files into an email draft, out of it into n8n's store, and the first of them from there
 * to Close by itself.
 */
export function roundTrip(
	setting: Setting,
	binaryMode: FilePlace,
	credential: CredentialFile,
): WorkflowFile {
	const step = (name: string, parameters: INodeParameters): INode =>
		using(credential, name, parameters);
	const emailId = { __rl: true, mode: 'id', value: '={{ $json.id }}' };
	const files = fieldsOf(binaryMode, ['offer', 'terms']);
	return {
		...chain(
			`Round trip, ${binaryMode}`,
			webhook(`trip-${binaryMode}`, 'POST'),
			step(STEPS.email, setting.email({ binaryPropertyName: files })),
			step(STEPS.download, { resource: 'email', operation: 'downloadAttachments', emailId }),
			step(STEPS.upload, {
				resource: 'file',
				operation: 'upload',
				binaryPropertyName: fieldsOf(binaryMode, ['attachment_0']),
			}),
		),
		settings: { binaryMode },
	};
}

/** A draft for each of two files, the second of which Close refuses; the workflow goes on. */
export function mixedItems(
	setting: Setting,
	binaryMode: FilePlace,
	credential: CredentialFile,
): WorkflowFile {
	const [{ id }] = setting.sandbox.account.leads;
	const value = `={{ $json.fileName === 'terms.pdf' ? '${NO_LEAD}' : '${id}' }}`;
	const email = setting.email({
		leadId: { __rl: true, mode: 'id', value },
		binaryPropertyName: fieldsOf(binaryMode, ['data']),
	});
	return {
		...chain(
			`Mixed items, ${binaryMode}`,
			webhook(`mixed-${binaryMode}`),
			readFiles(`${setting.n8n.filesFolder}/*.pdf`),
			{ ...using(credential, STEPS.email, email), onError: 'continueRegularOutput' },
		),
		settings: { binaryMode },
	};
}

/** n8n puts the files into the JSON under this key. */
const fieldsOf = (binaryMode: FilePlace, names: string[]): string =>
	names.map((name) => (binaryMode === 'combined' ? `_files.${name}` : name)).join(', ');

function using({ id, name, type }: CredentialFile, step: string, parameters: INodeParameters) {
	const authentication = type === 'closeApi' ? 'apiKey' : 'oAuth2';
	const node = closeFiles({ id, name }, { ...parameters, authentication });
	return { ...node, name: step, credentials: { [type]: { id, name } } };
}
