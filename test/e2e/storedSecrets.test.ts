/* eslint-disable @n8n/community-nodes/no-hardcoded-secrets -- tests never ship */
import { Session, whenLive } from '../n8n/session';
import { chain, closeFiles, readFiles, webhook } from '../n8n/workflow';
import { Setting } from './setting';

/** Two n8n commands, a start, three runs and a stop. */
const SETUP_MS = 240_000;
const API_KEY = 'api_MARKkey7Q2x9';
/** Is let through on purpose, as what calls the webhook; n8n stores that. */
const CONTROL = 'MARKcontrol5Zt8';
/** How every policy begins: they differ in their dates only further on. */
const POLICY = Buffer.from('{"expiration":"').toString('base64');

let setting: Setting;
/** What n8n keeps when all is over: its database as it is on disk, and what it printed. */
let kept: string;
const statuses: number[] = [];

beforeAll(async () => {
	setting = await Setting.create({ apiKey: API_KEY, signing: 'v4' });
	const { n8n, sandbox, credential } = setting;
	const { path } = await setting.writeFile('offer.pdf', 20_000);
	const email = closeFiles(credential, setting.email());
	const workflow = chain('Email', webhook('email'), readFiles(path), email);
	await n8n.import([credential], [workflow]);
	// Only now: among a command's debugging lines its result is not found.
	n8n.variables.N8N_LOG_LEVEL = 'debug';
	await n8n.start();
	await (await Session.open(n8n.url)).publish(workflow.id);

	const run = async () => (await whenLive(`${n8n.url}/webhook/email?mark=${CONTROL}`)).status;
	statuses.push(await run());
	sandbox.faults.add({ call: 'POST s3', times: Infinity, effect: { s3Error: 'AccessDenied' } });
	statuses.push(await run());
	sandbox.faults.clear();
	const quoting = { 'field-errors': { subject: `${API_KEY} is not a subject` } };
	sandbox.faults.add({
		call: 'POST /activity/email/',
		effect: { status: 400, body: quoting },
	});
	statuses.push(await run());
	const log = await n8n.stop();
	kept = log + (await n8n.readDatabase()).toString('latin1');
}, SETUP_MS);

afterAll(async () => await setting?.close());

describe('what n8n keeps of executions', () => {
	it('tells of one that succeeded and two that did not', () => {
		expect(statuses).toEqual([200, 500, 500]);
		expect(kept.includes(CONTROL)).toBe(true);
	});

	// By name: n8n's whole database would stand in the message.
	it('holds neither the API key nor anything that an upload is signed with', () => {
		const [, { accessKeyId, sessionToken }] = setting.sandbox.s3.credentials;
		const signatures = setting.sandbox.requests.flatMap(
			({ form }) => form?.fields.find(([name]) => name === 'x-amz-signature')?.[1] ?? [],
		);
		const secrets: Array<[string, string]> = [
			['API key', API_KEY],
			['Authorization header', btoa(`${API_KEY}:`)],
			['policy', POLICY],
			['access key ID', accessKeyId],
			['security token', String(sessionToken)],
			...signatures.map((signature): [string, string] => ['signature', signature]),
		];

		expect(signatures).not.toEqual([]);
		expect(secrets.filter(([, secret]) => kept.includes(secret)).map(([name]) => name)).toEqual([]);
	});
});
