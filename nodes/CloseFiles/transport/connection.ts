import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';
import { refusal } from '../errors';
import { limitOf, type Limit } from './limit';
import { Pace } from './pace';

export type CredentialType = 'closeApi' | 'closeOAuth2Api';

/** Everything requests of one run share. One connection per run; pick-lists open their own. */
export interface Connection {
	context: IExecuteFunctions | ILoadOptionsFunctions;
	credentialType: CredentialType;
	/** Close's API without trailing slash, e.g. `https://api.close.com/api/v1`. */
	baseUrl: string;
	/** What of the credential no error may quote; a function, so that nothing writes it out. */
	secrets(): string[];
	/** Milliseconds for one request; unset: 60 s at Close, and at S3 by the file's size. */
	timeoutMs?: number;
	/** n8n's cancel of the execution. */
	signal?: AbortSignal;
	/** Lets at most `maxParallel` requests of the run be under way. */
	slots: Limit;
	/** When they may ask Close, whose rate limit they share with other runs. */
	pace: Pace;
	/** Close's clock minus ours in ms, from the last answer's Date header. */
	clockOffsetMs: number;
}

/**
 * Opens the connection: reads the base URL from the credential and checks it.
 *
 * @throws CloseFilesError when the base URL is neither https nor plain http to this machine, or the
 * credential has not been connected to Close yet.
 */
export async function openConnection(
	context: IExecuteFunctions | ILoadOptionsFunctions,
	{ maxParallel = 1, timeoutMs }: { maxParallel?: number; timeoutMs?: number } = {},
): Promise<Connection> {
	const credentialType = credentialTypeOf(context);
	const { apiKey, baseUrl, oauthTokenData } = await context.getCredentials<{
		apiKey?: string;
		baseUrl?: string;
		oauthTokenData?: { access_token?: string };
	}>(credentialType);
	if (credentialType === 'closeOAuth2Api' && !oauthTokenData?.access_token) {
		throw refusal(
			'The credential is not connected to Close yet',
			'Open the credential in n8n, connect it, and approve the access in Close.',
		);
	}
	const signal =
		'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	return {
		context,
		credentialType,
		baseUrl: checkedBaseUrl(baseUrl ?? 'https://api.close.com/api/v1'),
		secrets: () => [apiKey, oauthTokenData?.access_token].filter((text) => text !== undefined),
		timeoutMs,
		signal,
		slots: limitOf(maxParallel),
		pace: new Pace(maxParallel, signal),
		clockOffsetMs: 0,
	};
}

/** The type that 'Authentication' asks for; a pick-list sees the form as it is, saved or not. */
function credentialTypeOf(context: IExecuteFunctions | ILoadOptionsFunctions): CredentialType {
	const authentication =
		'getCurrentNodeParameter' in context
			? context.getCurrentNodeParameter('authentication')
			: context.getNodeParameter('authentication', 0);
	return authentication === 'oAuth2' ? 'closeOAuth2Api' : 'closeApi';
}

/** Whether plain http may go there: a host that is this machine by its name or address. */
export function isLoopback(hostname: string): boolean {
	return (
		hostname === 'localhost' ||
		hostname.endsWith('.localhost') ||
		hostname === '[::1]' ||
		/^127(\.\d{1,3}){3}$/.test(hostname)
	);
}

/** The URL if it may carry the credential, without trailing slash. */
export function checkedBaseUrl(value: string): string {
	const advice =
		'Set it to https://api.close.com/api/v1. Plain http is for a sandbox on this machine only.';
	let url: URL;
	try {
		url = new URL(value);
	} catch {
		throw refusal(`'Base URL' of the credential is no URL`, advice);
	}
	const safe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
	if (!safe || url.username || url.password || url.search || url.hash) {
		throw refusal(`'Base URL' of the credential cannot be used: ${url.origin}`, advice);
	}
	return url.origin + url.pathname.replace(/\/+$/, '');
}
