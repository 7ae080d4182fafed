/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import crypto from 'node:crypto';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { BinaryDataService, ExecuteContext } from 'n8n-core';
import type { IBinaryData, INodeType } from 'n8n-workflow';

import { createContext, type ContextOptions } from '../support/context';
import { builtNode } from './builtNode';
import { bufferedNode } from './bufferedNode';
import { leadTo, loadRival } from './rival';
import type { Address } from './server';

interface Surroundings {
	address: Address;
	store: BinaryDataService;
}

/** Uploads one file of the store. */
type Upload = (binary: IBinaryData) => Promise<unknown>;

/** What the node reads from n8n's store at a time; the senders below it do so too. */
const CHUNK_SIZE = 256 * 1024;

export const contenders = {
	/** The built node, "Upload File". */
	closeFiles: ({ address }: Surroundings): Upload => uploadBy(builtNode(), address),

	/** The same without the checksum: there is no such setting, so the hash is taken from under it. */
	withoutChecksum: ({ address }: Surroundings): Upload => {
		const nothing = { update: () => nothing, digest: () => '' };
		Object.assign(crypto, { createHash: () => nothing });
		return uploadBy(builtNode(), address);
	},

	/** n8n's HTTP client alone: a `File` over n8n's own stream, neither counted nor hashed. */
	httpHelper: ({ address, store }: Surroundings): Upload => {
		return async (binary) => {
			const { fileSize } = await store.getMetadata(binary.id!);
			const { helpers } = contextOf(builtNode(), address, binary);
			const form = new FormData();
			const file = new File([], 'offer.bin');
			const stream = await store.getAsStream(binary.id!, CHUNK_SIZE);
			Object.defineProperties(file, { size: { value: fileSize }, stream: { value: () => stream } });
			form.append('file', file);
			const url = `${address.url}/bucket`;
			await helpers.httpRequest({ method: 'POST', url, body: form, disableFollowRedirect: true });
		};
	},

	/** Node alone: n8n's own stream, piped into a request. */
	pipe: ({ address, store }: Surroundings): Upload => {
		return async (binary) => {
			const { fileSize } = await store.getMetadata(binary.id!);
			const stream = await store.getAsStream(binary.id!, CHUNK_SIZE);
			const headers = { 'content-length': fileSize };
			await new Promise((resolve, reject) => {
				const post = request(`${address.url}/bucket`, { method: 'POST', headers });
				post.once('error', reject).once('response', (answer) => resolve(text(answer)));
				stream.pipe(post);
			});
		};
	},

	/** A node as they are usually written. */
	buffered: ({ address }: Surroundings): Upload => uploadBy(bufferedNode(address.baseUrl), address),

	/** The nearest rival: a note with a file. */
	rival: ({ address }: Surroundings): Upload => {
		const note = { resource: 'note', operation: 'create', leadId: 'lead_1', note: 'Your offer' };
		const file = { attachFile: true, attachmentSource: 'binary', binaryPropertyName: 'data' };
		const node = loadRival();
		return async (binary) => {
			const context = contextOf(node, address, binary, { ...note, ...file, noteType: 'plain' });
			leadTo(address.baseUrl, context);
			await node.execute!.call(context);
		};
	},
};

export type ContenderName = keyof typeof contenders;

function uploadBy(node: INodeType, address: Address): Upload {
	const parameters = { resource: 'file', operation: 'upload' };
	return async (binary) => await node.execute!.call(contextOf(node, address, binary, parameters));
}

function contextOf(
	node: INodeType,
	credential: Address,
	data: IBinaryData,
	parameters: ContextOptions['parameters'] = {},
): ExecuteContext {
	const { baseUrl, apiKey } = credential;
	const items = [{ json: {}, binary: { data } }];
	return createContext(node, { credential: { baseUrl, apiKey }, items, parameters });
}
