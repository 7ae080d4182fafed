/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ExecutionStatus, IRunExecutionData } from 'n8n-workflow';

import { isJson } from './server';

/** A finished execution, as `/rest/executions/:id` tells it. */
export interface Execution {
	id: string;
	status: ExecutionStatus;
	data: IRunExecutionData;
}

export interface Login {
	email: string;
	password: string;
}

/**
 * The owner's session at n8n's internal REST API, which the editor uses. It is not documented; the
 * paths and shapes were seen with n8n 2.41.1 on 2026-11-23, and are those of 1.123.81 too.
 */
export class Session {
	private cookie = '';
	/** n8n ties the login cookie to this value. */
	private readonly browserId = randomUUID();
	readonly login: Login = {
		email: 'owner@example.com',
		// n8n asks for a digit and an upper-case letter.
		password: `${randomBytes(9).toString('base64url')}A1`,
	};

	private constructor(private readonly url: string) {}

	/** Sets up the owner of a new instance, which logs in. */
	static async open(url: string): Promise<Session> {
		const session = new Session(url);
		const name = { firstName: 'Olivia', lastName: 'Owner' };
		await session.request('POST', '/owner/setup', { ...session.login, ...name });
		return session;
	}

	/** The `data` of n8n's answer. `path` comes after `/rest`. */
	async request<T>(method: 'GET' | 'POST' | 'PATCH', path: string, body?: object): Promise<T> {
		const response = await fetch(`${this.url}/rest${path}`, {
			method,
			headers: {
				'content-type': 'application/json',
				'browser-id': this.browserId,
				cookie: this.cookie,
			},
			body: body && JSON.stringify(body),
		});
		const text = await response.text();
		if (!response.ok || !isJson(response)) {
			throw new Error(`n8n answered ${response.status} to ${method} /rest${path}: ${text}`);
		}
		const [cookie] = response.headers.getSetCookie();
		if (cookie) this.cookie = cookie.split(';')[0];
		return (JSON.parse(text) as { data: T }).data;
	}

	/** A JSON document outside of `/rest` that only who is logged in may read. */
	async read<T>(path: string): Promise<T> {
		return (await (await this.get(path)).json()) as T;
	}

	/** The bytes of a file in n8n's store, as the editor shows and downloads it. */
	async readBinary(id: string): Promise<AsyncIterable<Uint8Array>> {
		const query = new URLSearchParams({ id, action: 'download' });
		return (await this.get(`/rest/binary-data?${query}`)).body!;
	}

	private async get(path: string): Promise<Response> {
		const headers = { 'browser-id': this.browserId, cookie: this.cookie };
		const response = await fetch(this.url + path, { headers });
		if (response.ok) return response;
		throw new Error(`n8n answered ${response.status} to GET ${path}`);
	}

	/**
	 * Connects an OAuth2 credential as a browser does: to the page that n8n names, which is to
	 * approve at once, and from there back to n8n.
	 */
	async connect(credentialId: string): Promise<void> {
		const page = await this.request<string>('GET', `/oauth2-credential/auth?id=${credentialId}`);
		const approved = await fetch(page, { redirect: 'manual' });
		const callback = approved.headers.get('location') ?? '';
		if (!callback.startsWith(`${this.url}/`)) {
			throw new Error(`The page did not lead back to n8n: ${approved.status} ${callback}`);
		}
		const headers = { 'browser-id': this.browserId, cookie: this.cookie };
		const text = await (await fetch(callback, { headers })).text();
		if (!/Connection successful/.test(text)) throw new Error(`n8n was not connected:\n${text}`);
	}

	/** Puts a stored workflow into effect; its form or webhook goes live some seconds later. */
	async publish(workflowId: string): Promise<void> {
		const { versionId } = await this.request<{ versionId: string }>(
			'GET',
			`/workflows/${workflowId}`,
		);
		await this.request('POST', `/workflows/${workflowId}/activate`, { versionId });
	}

	/** Starts a stored workflow as the editor's button does; answers before it has ended. */
	async runManually(workflowId: string, trigger: string): Promise<void> {
		const triggerToStartFrom = { name: trigger };
		await this.request('POST', `/workflows/${workflowId}/run`, { triggerToStartFrom });
	}

	/** The first execution of a workflow that has ended, waited for. */
	async firstExecution(workflowId: string, timeoutMs = 60_000): Promise<Execution> {
		return await this.nthExecution(workflowId, 1, timeoutMs);
	}

	/** The first, second, … execution of a workflow, waited for until so many have ended. */
	async nthExecution(workflowId: string, nth: number, timeoutMs = 60_000): Promise<Execution> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const deadline = Date.now() + timeoutMs;
		while (Date.now() < deadline) {
			const { results } = await this.request<{ results: Array<{ id: string; stoppedAt: string }> }>(
				'GET',
				`/executions?filter=${filter}`,
			);
			const ended = results.filter((result) => result.stoppedAt).at(-nth);
			if (ended) return await this.execution(ended.id);
			await sleep(250);
		}
		throw new Error(`No execution of workflow ${workflowId} ended in ${timeoutMs / 1000} s`);
	}

	private async execution(id: string): Promise<Execution> {
		const execution = await this.request<Execution & { data: string }>('GET', `/executions/${id}`);
		return { ...execution, data: unflatten(execution.data) as IRunExecutionData };
	}
}

/** The answer to a GET, or another request, of a form or webhook that was just published, waited for. */
export async function whenLive(url: string, request: RequestInit = {}): Promise<Response> {
	// One to three seconds, more on a busy machine. Until then n8n answers 404.
	for (let look = 0; look < 100; look++) {
		const answer = await fetch(url, request);
		if (answer.status !== 404) return answer;
		await sleep(200);
	}
	throw new Error(`${url} does not go live`);
}

/**
 * Reads the form in which n8n writes run data: a list of values, in which every object and array
 * holds strings that are the positions of its parts, so that parts can be shared.
 */
export function unflatten(text: string): unknown {
	const values = JSON.parse(text) as unknown[];
	const made = new Map<number, object>();
	const at = (position: number): unknown => {
		const value = values[position];
		if (typeof value !== 'object' || value === null) return value;
		if (made.has(position)) return made.get(position);
		const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {};
		made.set(position, copy);
		for (const [key, part] of Object.entries(value)) {
			Object.assign(copy, { [key]: typeof part === 'string' ? at(Number(part)) : part });
		}
		return copy;
	};
	return at(0);
}
