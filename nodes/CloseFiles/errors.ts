import {
	NodeApiError,
	NodeOperationError,
	type Failure,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type JsonObject,
} from 'n8n-workflow';

/** What is known beyond the words, as data: `details` of an error item. */
export interface ErrorDetails {
	/** HTTP status of the answer, where there was one. */
	status?: number;
	/** S3's error code, or one of our own, e.g. `StreamEndedEarly`. */
	code?: string;
	/** Close's names of the fields that it refused. */
	fields?: string[];
	/** Attachments that are uploaded already and can be used for 24 hours. */
	uploaded?: IDataObject[];
	/** Records that exist in Close although the item, or the run, did not finish. */
	created?: IDataObject[];
}

/**
 * Why an item could not be done, in the user's words.
 *
 * `message` says what happened and names the field by its label, `advice` says what to do. Neither
 * holds the key, the policy, the signature or the email's body; there is no `cause`, because n8n
 * stores causes, and HTTP errors carry their request.
 */
export class CloseFilesError extends Error {
	constructor(
		message: string,
		readonly advice: string,
		readonly details: ErrorDetails = {},
		readonly failure?: Failure,
	) {
		super(message);
		this.name = 'CloseFilesError';
	}

	/** The same error with more known about it, e.g. what was uploaded before it came up. */
	with(details: ErrorDetails): CloseFilesError {
		return new CloseFilesError(
			this.message,
			this.advice,
			{ ...this.details, ...details },
			this.failure,
		);
	}
}

/** Input that the node itself refuses, before anything was uploaded or sent. */
export function refusal(message: string, advice: string): CloseFilesError {
	return new CloseFilesError(message, advice, {}, { cause: 'configuration-invalid' });
}

/** So much of a value stands in an error. */
const LONGEST_QUOTE = 80;

/** A value as errors quote it: text by its beginning, what is no text by its kind. */
export function quoted(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'object' && value !== null) return 'an object';
	const text = String(value);
	return `'${text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text}'`;
}

/** The error as n8n shows and stores it, tied to its item. */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex: number,
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		error.context.itemIndex ??= itemIndex;
		return error;
	}
	if (!(error instanceof CloseFilesError)) {
		return new NodeOperationError(node, error as Error, { itemIndex });
	}

	const { message, advice: description, failure, details } = error;
	const nodeError =
		details.status === undefined
			? new NodeOperationError(node, message, { itemIndex, description, failure })
			: new NodeApiError(node, { message } as JsonObject, {
					itemIndex,
					description,
					failure,
					message,
					httpCode: String(details.status),
				});
	// n8n replaces texts that contain words like EPERM or ENOENT, also inside a file name or an
	// address; what is set after construction stays.
	nodeError.message = message;
	nodeError.messages = [];
	nodeError.description = describe(error);
	nodeError.context.data = details as IDataObject;
	return nodeError;
}

/**
 * The error as the node throws it.
 *
 * Of what a tool throws, n8n's AI Agent tells its model the message only (seen with n8n 2.41.1), so
 * a tool's message says what to do as well.
 */
export function toThrownError(
	node: INode,
	error: unknown,
	itemIndex: number,
): NodeApiError | NodeOperationError {
	const thrown = toNodeError(node, error, itemIndex);
	const { message, description } = thrown;
	const isTool = /[a-z]Tool$/.test(node.type);
	if (isTool && description && !message.includes(description)) {
		thrown.message = `${message.replace(/\.$/, '')}. ${description}`;
	}
	return thrown;
}

/**
 * The item that stands for an error under "continue on fail".
 *
 * n8n sorts it to the error output by its keys (2.x) or by `item.error` (1.x); but with an
 * enumerable `item.error` n8n replaces the whole JSON by `{ error }` and the advice would be lost.
 * See docs/decisions/0006-error-items.md.
 */
export function errorItem(
	node: INode,
	error: unknown,
	itemIndex: number,
	toErrorOutput: boolean,
): INodeExecutionData {
	const nodeError = toNodeError(node, error, itemIndex);
	const json: IDataObject = { error: nodeError.message };
	if (nodeError.description) json.message = nodeError.description;
	if (error instanceof CloseFilesError) json.details = error.details as IDataObject;

	const item: INodeExecutionData = { json, pairedItem: { item: itemIndex } };
	if (toErrorOutput) Object.defineProperty(item, 'error', { value: nodeError, enumerable: false });
	return item;
}

/** The advice, and what exists already although the item did not finish. */
function describe({ advice, details }: CloseFilesError): string {
	const uploaded = (details.uploaded ?? []).map(({ filename, url }) => `${filename}: ${url}`);
	const created = (details.created ?? []).map(({ id }) => `${id}`);
	return [
		advice,
		uploaded.length > 0 && `Already uploaded, usable for 24 hours: ${uploaded.join(', ')}`,
		created.length > 0 && `Already created in Close: ${created.join(', ')}`,
	]
		.filter(Boolean)
		.join(' ');
}
