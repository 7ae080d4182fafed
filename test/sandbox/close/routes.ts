import type { Clock } from '../clock';
import type { Effect } from '../faults';
import type { S3Credential } from '../s3/signature';
import type { Account } from './account';
import { emailKind } from './emails';
import { signUpload } from './files';
import { createLeadFile, listLeadFiles } from './leadFiles';
import { listContacts, listLeads, readLead } from './leads';
import { paging } from './lists';
import { noteKind } from './notes';
import { opportunityKind } from './opportunities';
import { listConnectedAccounts, listPhoneNumbers, listUsers, readMe } from './people';
import type { RateLimit } from './rateLimits';
import { recordRoutes } from './recordCalls';
import { search } from './search';
import { smsKind } from './sms';
import { emailTemplateKind, smsTemplateKind } from './templates';
import { whatsAppMessageKind } from './whatsAppMessages';

/** How this account behaves where Close's documentation leaves it open, and how S3 is signed for. */
export interface CloseOptions {
	apiKey: string;
	/** Further keys of the organization. */
	moreApiKeys: string[];
	/** Without it nothing is limited. */
	rateLimit?: RateLimit;
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
	/** Of the answer; 200 unless Close documents another. */
	status?: 201;
	handle(call: Call, context: CloseContext): object;
}

export const routes: Route[] = [
	{ method: 'GET', path: '/me/', handle: readMe },
	{ method: 'POST', path: '/files/upload/', handle: signUpload },

	...recordRoutes(emailKind),
	...recordRoutes(noteKind),
	...recordRoutes(smsKind),
	...recordRoutes(whatsAppMessageKind),
	...recordRoutes(emailTemplateKind),
	...recordRoutes(smsTemplateKind),
	...recordRoutes(opportunityKind),

	{ method: 'GET', path: '/lead/', parameters: [...paging, 'query'], handle: listLeads },
	{ method: 'GET', path: '/lead/{id}/', handle: readLead },
	{ method: 'GET', path: '/lead/{id}/files/', parameters: paging, handle: listLeadFiles },
	{ method: 'POST', path: '/lead/{id}/files/', status: 201, handle: createLeadFile },

	{ method: 'GET', path: '/contact/', parameters: [...paging, 'lead_id'], handle: listContacts },
	{ method: 'GET', path: '/user/', parameters: paging, handle: listUsers },
	{
		method: 'GET',
		path: '/connected_account/',
		parameters: ['user_id'],
		handle: listConnectedAccounts,
	},
	{
		method: 'GET',
		path: '/phone_number/',
		parameters: [...paging, 'participant_user_id'],
		handle: listPhoneNumbers,
	},
	{ method: 'POST', path: '/data/search/', handle: search },
];
