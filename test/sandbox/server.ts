/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { Clock } from './clock';
import { Account } from './close/account';
import type { CloseOptions } from './close/routes';
import { closeHandler } from './close/server';
import { RateLimits } from './close/rateLimits';
import { controlHandler } from './control';
import { Faults } from './faults';
import { listen } from './listener';
import { Grants, type TokenReply } from './oauth/grants';
import { oAuthHandler } from './oauth/server';
import type { LoggedRequest } from './requestLog';
import { s3Handler } from './s3/server';
import type { S3Credential } from './s3/signature';
import { Store, type StoredObject } from './s3/store';

export { Account } from './close/account';
export type * from './close/records';
export type { Effect, Fault, Faults } from './faults';
export type { LoggedForm, LoggedRequest } from './requestLog';

export interface SandboxOptions extends Partial<CloseOptions> {
	/** Of Close's API and the page. 0, the default, takes a free one. */
	port?: number;
	s3Port?: number;
	/** S3 counts the bytes of uploads and drops them: no hash, no disk, nothing to download. */
	discard?: boolean;
	/**
	 * Another S3 that uploads are signed for, instead of the sandbox's own. Close then never learns
	 * that a file has arrived, so no email takes it.
	 */
	s3?: ForeignS3;
}

export interface ForeignS3 {
	/** Origin, without a slash at the end. */
	url: string;
	bucket: string;
	region: string;
	/** Long-term key and, second, a temporary one with its token. */
	credentials: [S3Credential, S3Credential];
}

/** A Close account and its S3, on 127.0.0.1 only. */
export interface Sandbox {
	/** Origin of the page and of Close's API. */
	url: string;
	/** What the credential's base URL has to be. */
	baseUrl: string;
	s3Url: string;
	apiKey: string;
	/** The app that the account knows, and what it has been granted. */
	oauth: {
		/** What a credential without tokens holds, beside the base URL. */
		app: { clientId: string; clientSecret: string; authUrl: string; accessTokenUrl: string };
		/** Access and refresh token, as if the app had asked and the user approved. */
		grant(): TokenReply;
		/** Ends every access token, as an hour would. */
		expire(): void;
		/** Ends the refresh tokens too, as when the user removes the app. */
		revoke(): void;
	};
	clock: { now(): number; advance(ms: number): void };
	account: Account;
	/** Every request in the order of its arrival; emptied, not replaced, by `reset`. */
	requests: LoggedRequest[];
	faults: Faults;
	s3: {
		bucket: string;
		/** Long-term key and, second, a temporary one with its token. */
		credentials: [S3Credential, S3Credential];
		/** The stored file that a temporary or persisted URL, or a key at S3, means. */
		object(urlOrKey: string): StoredObject | undefined;
	};
	/** Back to the demo account, without requests, faults, files and grants. The clock stays. */
	reset(): void;
	close(): Promise<void>;
}

const BUCKET = 'close-sandbox-files';

/** A key pair that this sandbox's S3 knows and nobody else. */
function newCredential(): S3Credential {
	return {
		accessKeyId: randomBytes(10).toString('hex').toUpperCase(),
		secretAccessKey: randomBytes(30).toString('base64'),
	};
}

/** Starts both servers; they run until `close`. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const { port = 0, s3Port = 0, discard = false, s3: foreign, ...given } = options;
	const closeOptions: CloseOptions = {
		apiKey: 'api_sandbox.demo',
		moreApiKeys: [],
		signing: 'v2',
		listLagMs: 0,
		policySeconds: 60,
		putAttachments: 'replace',
		...given,
	};
	const longTerm = newCredential();
	const temporary = { ...newCredential(), sessionToken: randomBytes(60).toString('base64') };
	const credentials: [S3Credential, S3Credential] = [longTerm, temporary];
	const clock = new Clock();
	const account = new Account(clock);
	const grants = new Grants(clock, account);
	const faults = new Faults();
	const requests: LoggedRequest[] = [];
	const store = new Store(discard);
	store.createBucket(BUCKET);
	store.onCommit = ({ bucket, key, size, md5, storedAt }) => {
		const upload = account.uploads.find((signed) => bucket === BUCKET && signed.key === key);
		if (upload !== undefined) Object.assign(upload, { size, md5, uploadedAt: storedAt });
	};

	const s3Server = await listen(s3Port, s3Handler({ store, credentials, clock, faults, requests }));
	const own = { url: s3Server.url, bucket: BUCKET, region: 'us-east-1', credentials };
	const { credentials: keys, ...place } = foreign ?? own;
	const signer = keys[closeOptions.signing === 'v4' ? 1 : 0];
	const s3 = { ...place, signer, downloader: keys[0] };
	const reset = () => {
		account.reset();
		requests.length = 0;
		faults.clear();
		store.clear();
		grants.clear();
	};
	const object = (urlOrKey: string) => store.get(BUCKET, account.upload(urlOrKey)?.key ?? urlOrKey);

	const { rateLimit } = closeOptions;
	const rateLimits = rateLimit && new RateLimits(clock, rateLimit);
	const context = { account, clock, options: closeOptions, s3, faults, requests, grants };
	const close = closeHandler({ ...context, rateLimits });
	const oAuth = oAuthHandler({ grants, clock, faults, requests });
	const control = controlHandler({ account, faults, requests, grants, reset, object });
	const route = async (request: IncomingMessage, response: ServerResponse) => {
		const url = request.url ?? '/';
		if (/^\/(sandbox\/.*)?(\?.*)?$/.test(url)) await control(request, response);
		else if (url.startsWith('/oauth2/')) await oAuth(request, response);
		else await close(request, response);
	};
	const closeServer = await listen(port, route).catch(async (error: unknown) => {
		await s3Server.close();
		store.dispose();
		return await Promise.reject(error);
	});

	return {
		url: closeServer.url,
		baseUrl: `${closeServer.url}/api/v1`,
		s3Url: s3Server.url,
		apiKey: closeOptions.apiKey,
		oauth: {
			app: {
				clientId: grants.client.id,
				clientSecret: grants.client.secret,
				authUrl: `${closeServer.url}/oauth2/authorize/`,
				accessTokenUrl: `${closeServer.url}/oauth2/token/`,
			},
			grant: () => grants.grant(),
			expire: () => grants.expire(),
			revoke: () => grants.clear(),
		},
		clock,
		account,
		requests,
		faults,
		s3: { bucket: BUCKET, credentials, object },
		reset,
		async close() {
			await Promise.all([closeServer.close(), s3Server.close()]);
			store.dispose();
		},
	};
}
