/* eslint-disable @n8n/community-nodes/no-restricted-globals -- tests never ship */
import '../conformance/run/typescriptFirst';
import { aFile, anItem, locator, sendingNow } from '../support/builders';
import { execution, useBinaryMode } from '../support/execution';
import { nameOf, type Done, type Order } from './messages';

/**
 * Some of the workers, in one process. Each order is an execution with a context and a connection of
 * its own, as an n8n worker runs it, and is answered when it is done.
 */
async function main(): Promise<void> {
	await useBinaryMode('filesystem');
	// Whoever started this has its channel keep nothing alive.
	process.channel?.ref();
	process.on('message', (order: Order) => {
		void send(order).then((errors) => {
			const done: Done = { worker: order.worker, errors };
			process.send?.(done);
		});
	});
	process.send?.('ready');
}

async function send(order: Order): Promise<string[]> {
	const { worker, emails, maxParallel, leadId, ...credential } = order;
	const names = Array.from({ length: emails }, (_, email) => nameOf(worker, email));
	const items = await Promise.all(
		names.map(async (subject) => anItem(await aFile(subject), { subject })),
	);
	const outputs = await execution({
		credential,
		items,
		onError: 'continueRegularOutput',
		parameters: {
			...sendingNow,
			resource: 'email',
			operation: 'createWithAttachment',
			leadId: locator(leadId),
			to: 'gina@bluth.example',
			subject: '={{ $json.subject }}',
			body: '<p>Here it is.</p>',
			options: { maxParallel },
		},
	}).run();
	return outputs.flatMap(({ json }) => ('error' in json ? [String(json.error)] : []));
}

void main();
