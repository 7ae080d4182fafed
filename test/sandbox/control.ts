/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import type { IncomingMessage, ServerResponse } from 'node:http';

import { sendAnswer, type Answer } from './answer';
import type { Account } from './close/account';
import { json, parseJson, readText } from './close/server';
import type { Fault, Faults } from './faults';
import type { Grants } from './oauth/grants';
import { page } from './page/page';
import type { LoggedRequest } from './requestLog';
import type { StoredObject } from './s3/store';

interface ControlContext {
	account: Account;
	faults: Faults;
	requests: LoggedRequest[];
	grants: Grants;
	reset(): void;
	object(token: string): StoredObject | undefined;
}

/** The page at `/` and what steers the sandbox under `/sandbox/`; neither is part of Close. */
export function controlHandler(context: ControlContext) {
	return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const { pathname } = new URL(request.url ?? '/', 'http://close');
		const text = await readText(request);
		const answer = answerTo(`${request.method ?? ''} ${pathname}`, text, context);
		await sendAnswer(request, response, answer, undefined);
	};
}

function answerTo(call: string, text: string, context: ControlContext): Answer {
	const { account, faults, requests } = context;
	account.sendDue();
	if (call === 'GET /') {
		const headers = { 'Content-Type': 'text/html; charset=utf-8' };
		return { status: 200, headers, body: page(account) };
	}
	if (call.startsWith('GET /sandbox/files/')) return fileAnswer(call, context);

	switch (call) {
		case 'GET /sandbox/requests':
			return json(200, requests);
		case 'GET /sandbox/records':
			return json(200, records(account));
		case 'GET /sandbox/faults':
			return json(200, { faults: faults.list().map(withNull), injected: faults.injected });
		case 'POST /sandbox/faults':
			return addFault(text, faults);
		case 'DELETE /sandbox/faults':
			faults.clear();
			return json(200, {});
		case 'POST /sandbox/oauth/expire':
			context.grants.expire();
			return json(200, {});
		case 'POST /sandbox/reset':
			context.reset();
			return json(200, {});
		default:
			return json(404, { error: 'Not a path of the sandbox; test/sandbox/README.md lists them.' });
	}
}

/** The bytes of a file by its token, without authentication, for the links of the page. */
function fileAnswer(call: string, { account, object }: ControlContext): Answer {
	const token = decodeURIComponent(call.slice('GET /sandbox/files/'.length));
	const upload = account.upload(token);
	const stored = object(token);
	if (upload === undefined || !stored?.path) return json(404, { error: 'No such file.' });
	return {
		status: 200,
		headers: {
			'Content-Type': upload.contentType.replace(/[^\x20-\x7e]/g, ''),
			'Content-Disposition': `inline; filename*=UTF-8''${encodeURIComponent(upload.filename)}`,
			// An uploaded page must not act in the name of this one.
			'Content-Security-Policy': 'sandbox',
			'X-Content-Type-Options': 'nosniff',
		},
		body: { path: stored.path, size: stored.size },
	};
}

function addFault(text: string, faults: Faults): Answer {
	const fault = parseJson(text) as Partial<Fault> | undefined;
	if (typeof fault?.call !== 'string' || typeof fault.effect !== 'object') {
		return json(400, { error: 'A fault needs `call` and `effect`.' });
	}
	// JSON has no Infinity; null stands for it.
	faults.add({ ...(fault as Fault), times: fault.times === null ? Infinity : fault.times });
	return json(201, {});
}

function withNull(fault: Fault): object {
	return { ...fault, times: fault.times === Infinity ? null : fault.times };
}

/** All that the account holds, without the ways to look things up. */
function records(account: Account): object {
	const { users, leads, connectedAccounts, phoneNumbers, opportunityStatuses } = account;
	const { emails, notes, sms, whatsAppMessages, opportunities, leadFiles } = account;
	const { emailTemplates, smsTemplates, uploads, deliveries } = account;
	const people = { users, leads, connectedAccounts, phoneNumbers, opportunityStatuses };
	const onLeads = { emails, notes, sms, whatsAppMessages, opportunities, leadFiles };
	return { ...people, ...onLeads, emailTemplates, smsTemplates, uploads, deliveries };
}
