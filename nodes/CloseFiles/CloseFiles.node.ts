import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { findOperation, properties } from './actions';
import { readRunOptions } from './actions/fields/options';
import { CloseFilesError, errorItem, quoted, refusal, toThrownError } from './errors';
import { listSearch } from './methods/listSearch';
import { forget, once, recall, type OutputItem, type Run } from './run';
import { openConnection } from './transport/connection';
import { limitOf } from './transport/limit';

export class CloseFiles implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Close Files',
		name: 'closeFiles',
		icon: {
			light: 'file:../../icons/close-files.svg',
			dark: 'file:../../icons/close-files.dark.svg',
		},
		group: ['output'],
		version: 1,
		// "create with attachment: SMS template", not the names of the parameters' values.
		subtitle:
			'={{ ($parameter["operation"] + ": " + $parameter["resource"]).replace(/[A-Z]/g, " $&").toLowerCase().replace("whats app", "WhatsApp").replace("sms", "SMS") }}',
		description:
			'Upload files to the Close CRM, attach them to leads, emails, notes, messages and other records, and download them',
		defaults: { name: 'Close Files' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'closeApi',
				required: true,
				displayOptions: { show: { authentication: ['apiKey'] } },
			},
			{
				name: 'closeOAuth2Api',
				required: true,
				displayOptions: { show: { authentication: ['oAuth2'] } },
			},
		],
		properties: [
			{
				displayName: 'Authentication',
				name: 'authentication',
				type: 'options',
				noDataExpression: true,
				default: 'apiKey',
				options: [
					{ name: 'API Key', value: 'apiKey' },
					{ name: 'OAuth2', value: 'oAuth2' },
				],
			},
			...properties,
		],
	};

	methods = { listSearch };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const ending = new AbortController();
		let run: Run;
		try {
			run = await startRun(this, ending.signal);
		} catch (error) {
			return [this.getInputData().map((_, itemIndex) => errorOutput(this, error, itemIndex))];
		}

		// Without "continue on fail" the first error ends the run: uploads are cut, what creates or
		// sends a record is let finish, and nothing new is started.
		let first: { error: unknown; itemIndex: number } | undefined;
		const doItem = async (itemIndex: number): Promise<INodeExecutionData[]> => {
			try {
				const output = await once(
					run,
					itemIndex,
					'output',
					async () => await operate(run, itemIndex),
				);
				return output.map((item) => ({ ...item, pairedItem: { item: itemIndex } }));
			} catch (error) {
				if (this.continueOnFail()) {
					return [errorOutput(this, withCreated(error, run, [itemIndex]), itemIndex)];
				}
				first ??= { error, itemIndex };
				ending.abort();
				return [];
			}
		};
		const lanes = limitOf(run.maxParallel);
		const outputs = await Promise.all(
			this.getInputData().map(
				async (_, itemIndex) => await lanes(async () => await doItem(itemIndex)),
			),
		);
		if (first !== undefined) {
			throw toThrownError(this.getNode(), withCreated(first.error, run), first.itemIndex);
		}

		const output = outputs.flat();
		// n8n runs the node again when its first item is an error and Retry On Fail is on.
		if (output[0]?.json.error === undefined) forget(this);
		this.addExecutionHints(...[...run.memory.hints].map((message) => ({ message })));
		return [output];
	}
}

/** @throws CloseFilesError for run options and a base URL that cannot be used. */
async function startRun(context: IExecuteFunctions, ended: AbortSignal): Promise<Run> {
	const { maxParallel, timeoutMs } = readRunOptions(context);
	const connection = await openConnection(context, { maxParallel, timeoutMs });
	return {
		context,
		connection,
		maxParallel,
		memory: recall(context),
		stop: connection.signal ? AbortSignal.any([connection.signal, ended]) : ended,
		shared: new Map(),
		lines: new Map(),
	};
}

async function operate(run: Run, itemIndex: number): Promise<OutputItem[]> {
	const resource = run.context.getNodeParameter('resource', itemIndex) as string;
	const name = run.context.getNodeParameter('operation', itemIndex) as string;
	const operation = findOperation(resource, name);
	if (operation !== undefined) return await operation.execute(run, itemIndex);
	throw refusal(
		`This version of the node has no operation ${quoted(name)} for the resource ${quoted(resource)}`,
		"Choose another operation. For calls that this node does not offer, use n8n's HTTP Request node with the Close API credential.",
	);
}

/** The error as an item where the user lets the workflow go on, else thrown. */
function errorOutput(
	context: IExecuteFunctions,
	error: unknown,
	itemIndex: number,
): INodeExecutionData {
	const node = context.getNode();
	if (!context.continueOnFail()) throw toThrownError(node, error, itemIndex);
	return errorItem(node, error, itemIndex, node.onError === 'continueErrorOutput');
}

/** The error with what was created before it came up: by these items, or by all of them. */
function withCreated(error: unknown, { memory }: Run, items?: number[]): unknown {
	if (!(error instanceof CloseFilesError)) return error;
	const known = error.details.created ?? [];
	const others = [...memory.created]
		.filter(([item]) => items?.includes(item) ?? true)
		.flatMap(([item, ids]) => ids.map((id) => ({ item, id })))
		.filter(({ id }) => !known.some((record) => record.id === id));
	return others.length === 0 ? error : error.with({ created: [...known, ...others] });
}
