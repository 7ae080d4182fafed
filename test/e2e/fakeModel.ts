/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject } from 'n8n-workflow';

/** As `tools` of a request tells a model what it may call. */
export interface ToolOffer {
	name: string;
	description: string;
	/** A JSON schema. */
	parameters: {
		properties: Record<string, { type: string; description: string }>;
		additionalProperties: boolean;
	};
}

/** What a request tells the model of a call that it asked for. */
interface ToolAnswer {
	type: 'function_call_output';
	output: string;
}

export interface ModelRequest {
	headers: IncomingMessage['headers'];
	body: { tools: ToolOffer[]; input: Array<ToolAnswer | { type: string }> };
}

/**
 * A server that answers like OpenAI's Responses API, on 127.0.0.1, and thinks nothing: it calls the
 * first tool with the inputs that it was given, one set after the other, and then says `words`.
 *
 * @see https://platform.openai.com/docs/api-reference/responses/create
 */
export class FakeModel {
	/** What the credential's base URL has to be. */
	url = '';
	readonly apiKey = 'sk-fake-model';
	readonly words = 'The draft is saved.';
	/** In the order of their arrival. */
	readonly requests: ModelRequest[] = [];
	/** The inputs of its calls in a conversation, set by a test. */
	inputs: IDataObject[] = [];
	private readonly server = createServer((request, response) => {
		void readJson(request).then((body) => {
			this.requests.push({ headers: request.headers, body: body as ModelRequest['body'] });
			const isKnown = request.url === '/v1/responses';
			response.writeHead(isKnown ? 200 : 404, { 'content-type': 'application/json' });
			response.end(JSON.stringify(isKnown ? this.answer(this.requests.at(-1)!) : {}));
		});
	});

	static async start(): Promise<FakeModel> {
		const model = new FakeModel();
		await new Promise<void>((resolve) => model.server.listen(0, '127.0.0.1', resolve));
		model.url = `http://127.0.0.1:${(model.server.address() as AddressInfo).port}/v1`;
		return model;
	}

	/** What the model was told of its calls so far, the newest last. */
	get toolAnswers(): string[] {
		return answersIn(this.requests.at(-1));
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	/** The request holds the whole conversation, so nothing is remembered here. */
	private answer(request: ModelRequest): object {
		const round = answersIn(request).length;
		const input = this.inputs[round];
		const output =
			input === undefined
				? {
						type: 'message',
						id: 'msg_1',
						role: 'assistant',
						status: 'completed',
						content: [{ type: 'output_text', text: this.words, annotations: [] }],
					}
				: {
						type: 'function_call',
						id: `fc_${round}`,
						call_id: `call_${round}`,
						name: request.body.tools[0].name,
						arguments: JSON.stringify(input),
						status: 'completed',
					};
		return {
			id: `resp_${round}`,
			object: 'response',
			status: 'completed',
			model: 'fake',
			output: [output],
			usage: { input_tokens: 1, output_tokens: 1, total_tokens: 2 },
		};
	}
}

function answersIn(request: ModelRequest | undefined): string[] {
	const parts = request?.body.input ?? [];
	return parts.filter((part) => 'output' in part).map(({ output }) => output);
}

async function readJson(request: IncomingMessage): Promise<unknown> {
	let text = '';
	for await (const chunk of request.setEncoding('utf8')) text += chunk as string;
	return JSON.parse(text || '{}');
}
