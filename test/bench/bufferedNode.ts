import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

interface SignedPost {
	upload: { url: string; fields: Record<string, string> };
	download: { url: string };
}

/**
 * A node that uploads the usual way: the whole file in a buffer, a `Blob` of it in the form, and
 * n8n's HTTP helper as it comes, which follows redirects.
 */
export function bufferedNode(baseUrl: string): INodeType {
	async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { fileName = 'file', mimeType } = this.helpers.assertBinaryData(0, 'data');
		const content = await this.helpers.getBinaryDataBuffer(0, 'data');
		const signed = (await this.helpers.httpRequestWithAuthentication.call(this, 'closeApi', {
			method: 'POST',
			url: `${baseUrl}/files/upload/`,
			body: { filename: fileName, content_type: mimeType },
			json: true,
		})) as SignedPost;

		const form = new FormData();
		for (const [name, value] of Object.entries(signed.upload.fields)) form.append(name, value);
		form.append('file', new Blob([content], { type: mimeType }), fileName);
		await this.helpers.httpRequest({ method: 'POST', url: signed.upload.url, body: form });
		return [[{ json: { url: signed.download.url }, pairedItem: { item: 0 } }]];
	}

	return {
		description: {
			displayName: 'Buffered Upload',
			name: 'bufferedUpload',
			group: ['output'],
			version: 1,
			description: 'Uploads the usual way',
			defaults: { name: 'Buffered Upload' },
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: 'closeApi', required: true }],
			properties: [],
		},
		execute,
	};
}
