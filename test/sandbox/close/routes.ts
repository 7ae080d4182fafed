import type { Clock } from '../clock';
import type { Effect } from '../faults';
import type { S3Credential } from '../s3/signature';
import { createEmail, readEmail, updateEmail } from './emails';
import { signUpload } from './files';
import { contactAnswer, leadAnswer, readLead, readMe, userAnswer } from './leads';
import { activityParameters, listAnswer, pageOf } from './lists';
import type { Account } from './records';
import { search } from './search';

/** How this account behaves where Close's documentation leaves it open, and how S3 is signed for. */
export interface CloseOptions {
	apiKey: string;
	signing: 'v2' | 'v4';
	/** A new record shows up in lists only so long after it was written. */
	listLagMs: number;
	/** Life of a signed POST. */
	policySeconds: number;
	/** Upper end of the policy's content-length-range; without it the policy has none. */
	maxFileBytes?: number;
	/** Whether `attachments` of a PUT replaces the record's list or adds to it; undocumented. */
	putAttachments: 'replace' | 'append';
}

export interface CloseContext {
	account: Account;
	clock: Clock;
	options: CloseOptions;
	s3: {
		/** Origin, without a slash at the end. */
		url: string;
		bucket: string;
		/** Of the scope that SigV4 signs for. */
		region: string;
		/** Signs uploads. */
		signer: S3Credential;
		/** Signs the links of downloads; a long-term key. */
		downloader: S3Credential;
	};
}

/** A request whose method and path belong to a route. */
export interface Call {
	params: Record<string, string>;
	query: URLSearchParams;
	/** The JSON object that was sent; empty for GET. */
	body: Record<string, unknown>;
	effect?: Effect;
}

export interface Route {
	method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** Without `/api/v1`. `{name}` is one part of the path. */
	path: `/${string}/`;
	/** Query parameters that Close documents, besides `_fields`; others are refused. */
	parameters?: readonly string[];
	handle(call: Call, context: CloseContext): object;
}

const paging = ['_limit', '_skip'];

export const routes: Route[] = [
	{ method: 'GET', path: '/me/', handle: readMe },
	{ method: 'POST', path: '/files/upload/', handle: signUpload },

	{
		method: 'GET',
		path: '/activity/email/',
		parameters: [...paging, ...activityParameters],
		handle: (call, context) => listAnswer(call, context.account.emails, context),
	},
	{ method: 'POST', path: '/activity/email/', handle: createEmail },
	{
		method: 'GET',
		path: '/activity/email/{id}/',
		handle: ({ params }, context) => readEmail(params.id, context),
	},
	{ method: 'PUT', path: '/activity/email/{id}/', handle: updateEmail },

	{
		method: 'GET',
		path: '/lead/',
		parameters: [...paging, 'query'],
		handle: (call, { account }) => {
			const sought = (call.query.get('query') ?? '').toLowerCase();
			const found = account.leads.filter(({ name }) => name.toLowerCase().includes(sought));
			const leads = found.map((lead) => leadAnswer(lead, account));
			return { ...pageOf(leads, call), total_results: leads.length };
		},
	},
	{ method: 'GET', path: '/lead/{id}/', handle: readLead },
	{
		method: 'GET',
		path: '/contact/',
		parameters: [...paging, 'lead_id'],
		handle: (call, { account }) => {
			const leadId = call.query.get('lead_id');
			const found = account.contacts.filter(({ lead_id }) => [lead_id, null].includes(leadId));
			return pageOf(
				found.map((contact) => contactAnswer(contact, account)),
				call,
			);
		},
	},
	{
		method: 'GET',
		path: '/user/',
		parameters: paging,
		handle: (call, { account }) =>
			pageOf(
				account.users.map((user) => userAnswer(user, account)),
				call,
			),
	},
	{ method: 'POST', path: '/data/search/', handle: search },
];
