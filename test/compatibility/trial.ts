import { createHash } from 'node:crypto';
import type { IBinaryData } from 'n8n-workflow';

import { Setting } from '../e2e/setting';
import type { BinaryMode, CredentialFile } from '../n8n/instance';
import { Session, whenLive, type Execution } from '../n8n/session';
import { outputOf, type WorkflowFile } from '../n8n/workflow';
import type { LoggedRequest, Sandbox } from '../sandbox/server';
import type { Combination, FilePlace } from './combinations';
import { mixedItems, roundTrip, STEPS } from './workflows';

/** A file as it is given to n8n. */
export interface Given {
	name: string;
	content: Buffer;
	md5: string;
}

/** What n8n tells of itself, at `/rest/settings`. */
export interface Told {
	versionCli: string;
	nodeJsVersion: string;
	binaryDataMode: BinaryMode;
	databaseType: string;
	executionMode: string;
}

/** What is to be seen after both workflows of a combination have run. */
export interface Seen extends Combination {
	told: Told;
	given: Given[];
	trip: Execution;
	mixed: Execution;
	/** Of the files that were downloaded into n8n's store, in the order of the fields. */
	downloaded: Array<{ fileName?: string; id?: string; md5: string }>;
	requests: LoggedRequest[];
	sandbox: Sandbox;
}

const md5 = (content: Buffer): string => createHash('md5').update(content).digest('hex');

const given = ['offer', 'terms'].map((field): Given => {
	// Larger than one block of a stream.
	const content = Buffer.alloc(200_000, field);
	return { name: `${field}.pdf`, content, md5: md5(content) };
});

/** Runs the workflows of all combinations with the same store in one n8n, one after the other. */
export async function tryStore(
	combinations: Combination[],
	tell: (seen: Seen) => void,
): Promise<void> {
	const [{ store }] = combinations;
	const setting = await Setting.create({}, store);
	try {
		for (const { name } of given) await setting.writeFile(name, 100_000);
		const credential = { separate: setting.credential, combined: granted(setting.sandbox) };
		const workflows = combinations.map(({ binaryMode }) => ({
			trip: roundTrip(setting, binaryMode, credential[binaryMode]),
			mixed: mixedItems(setting, binaryMode, credential[binaryMode]),
		}));
		const stored = workflows.flatMap(({ trip, mixed }) => [trip, mixed]);
		await setting.n8n.import(Object.values(credential), stored);
		await setting.n8n.start();
		const session = await Session.open(setting.n8n.url);
		for (const { id } of stored) await session.publish(id);
		for (const [index, { binaryMode }] of combinations.entries()) {
			const { trip, mixed } = workflows[index];
			tell({ store, binaryMode, ...(await run(setting, session, { trip, mixed, binaryMode })) });
		}
	} finally {
		await setting.close();
	}
}

/** With OAuth2, whose credential is connected already. */
function granted({ oauth, baseUrl }: Sandbox): CredentialFile {
	const { clientId, clientSecret } = oauth.app;
	return {
		id: 'closeSandboxOAuth',
		name: 'Close sandbox (OAuth2)',
		type: 'closeOAuth2Api',
		data: { clientId, clientSecret, baseUrl, oauthTokenData: { ...oauth.grant() } },
	};
}

async function run(
	{ sandbox, n8n }: Setting,
	session: Session,
	{ trip, mixed, binaryMode }: { trip: WorkflowFile; mixed: WorkflowFile; binaryMode: FilePlace },
): Promise<Omit<Seen, keyof Combination>> {
	const told = await session.request<Told>('GET', '/settings');
	sandbox.requests.length = 0;
	const body = new FormData();
	for (const { name, content } of given) {
		body.append(name.split('.')[0], new Blob([content], { type: 'application/pdf' }), name);
	}
	await whenLive(addressOf(n8n.url, trip), { method: 'POST', body });
	await whenLive(addressOf(n8n.url, mixed));
	const tripped = await session.firstExecution(trip.id);
	return {
		told,
		given,
		trip: tripped,
		mixed: await session.firstExecution(mixed.id),
		downloaded: await downloadedIn(tripped, binaryMode, session),
		requests: [...sandbox.requests],
		sandbox,
	};
}

async function downloadedIn(
	trip: Execution,
	binaryMode: FilePlace,
	session: Session,
): Promise<Seen['downloaded']> {
	const [item] = outputOf(trip, STEPS.download);
	const files = (binaryMode === 'combined' ? item?.json._files : item?.binary) ?? {};
	const downloaded: Seen['downloaded'] = [];
	for (const file of Object.values(files as Record<string, IBinaryData>)) {
		downloaded.push({ ...file, md5: await md5Of(session, file) });
	}
	return downloaded;
}

const addressOf = (url: string, { nodes }: WorkflowFile): string =>
	`${url}/webhook/${String(nodes[0].parameters.path)}`;

/** Of a file in n8n's store; what its memory holds stands in the execution itself. */
async function md5Of(session: Session, { id, data }: IBinaryData): Promise<string> {
	if (id === undefined) return md5(Buffer.from(data, 'base64'));
	const hash = createHash('md5');
	for await (const chunk of await session.readBinary(id)) hash.update(chunk);
	return hash.digest('hex');
}
