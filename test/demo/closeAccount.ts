/* eslint-disable @n8n/community-nodes/no-restricted-globals -- tests never ship */
import { createHash } from 'node:crypto';

import { startSandbox } from '../sandbox/server';

/** The Close that the demo writes to: the sandbox, or a real one. */
export interface CloseAccount {
	credential: { apiKey: string; baseUrl: string };
	lead: { id: string; name: string };
	/** Where a person finds the draft. */
	page: string;
	/** MD5 in hex of what an attachment's URL gives; undefined where an API key cannot fetch it. */
	checksum(url: string): Promise<string | undefined>;
	close(): Promise<void>;
}

/** The real Close when `CLOSE_API_KEY` is set, else a new sandbox. */
export async function openCloseAccount(): Promise<CloseAccount> {
	const { CLOSE_API_KEY: apiKey, CLOSE_LEAD_ID: leadId } = process.env;
	if (!apiKey) return await openSandbox();
	if (!leadId) {
		throw new Error('CLOSE_API_KEY is set: set CLOSE_LEAD_ID as well, to the lead for the draft.');
	}
	return await openRealAccount(apiKey, leadId);
}

async function openSandbox(): Promise<CloseAccount> {
	const sandbox = await startSandbox();
	const { apiKey, baseUrl } = sandbox;
	return {
		credential: { apiKey, baseUrl },
		lead: sandbox.account.leads[0],
		page: sandbox.url,
		async checksum(url) {
			// The way of the node's download: the same path at the base URL's origin. The redirect
			// leads to S3, which `fetch` does not give the credential to.
			const answer = await fetch(new URL(new URL(url).pathname, baseUrl), {
				headers: { authorization: basic(apiKey) },
			});
			if (!answer.ok) throw new Error(`The sandbox answered ${answer.status} to ${url}`);
			return createHash('md5')
				.update(Buffer.from(await answer.arrayBuffer()))
				.digest('hex');
		},
		async close() {
			await sandbox.close();
		},
	};
}

async function openRealAccount(apiKey: string, leadId: string): Promise<CloseAccount> {
	const baseUrl = 'https://api.close.com/api/v1';
	const answer = await fetch(`${baseUrl}/lead/${leadId}/?_fields=id,display_name`, {
		headers: { authorization: basic(apiKey) },
	});
	if (!answer.ok) {
		throw new Error(`Close answered ${answer.status}: check CLOSE_API_KEY and CLOSE_LEAD_ID.`);
	}
	const lead = (await answer.json()) as { id: string; display_name: string };
	return {
		credential: { apiKey, baseUrl },
		lead: { id: lead.id, name: lead.display_name },
		page: `https://app.close.com/lead/${lead.id}/`,
		checksum: async () => await Promise.resolve(undefined),
		close: async () => await Promise.resolve(),
	};
}

function basic(apiKey: string): string {
	return `Basic ${Buffer.from(`${apiKey}:`).toString('base64')}`;
}
