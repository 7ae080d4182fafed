/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-hardcoded-secrets -- tests never ship */
import { strict as assert } from 'node:assert';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { inspect } from 'node:util';
import { LoggerProxy, type INodeExecutionData, type Logger } from 'n8n-workflow';
import { startSandbox, type Effect, type Fault, type Sandbox } from '../sandbox/server';
import { aFile, anItem, emailing, goOn, sendingNow } from '../support/builders';
import { useBinaryMode } from '../support/execution';
import { calls, mishaps, PATIENCE_MS } from './mishaps';

jest.mock('n8n-workflow', () => jest.requireActual('../support/skipWaits').withoutPause);

/** Marks as they may stand in a text: as they are, URL-encoded or in base64. */
const marks = {
	apiKey: 'api_MARKkey7Q2x9',
	body: 'MARKbody <b>for your eyes only</b>',
	policy: Buffer.from('{"MARKpolicy": ["conditions"]}').toString('base64'),
	signature: 'MARKsignature+/8f0a1c==',
	securityToken: 'MARKtoken//Yo4kPq==',
	credential: 'MARKCREDENTIAL0A/20261124/us-east-1/s3/aws4_request',
	key: 'MARKobjectkey/temporary/user/Offer.pdf',
};

const spellings = Object.entries(marks).flatMap(([name, value]) =>
	[
		value,
		encodeURIComponent(value),
		JSON.stringify(value).slice(1, -1),
		Buffer.from(value).toString('base64'),
		Buffer.from(`${value}:`).toString('base64'),
		value.slice(0, 12),
	].map((spelling) => [name, spelling] as const),
);

/** The names of the secrets that a text holds. */
function secretsIn(text: string): string[] {
	return [...new Set(spellings.filter(([, spelling]) => text.includes(spelling)).map(([n]) => n))];
}

let sandbox: Sandbox;
let written = '';
beforeAll(async () => {
	sandbox = await startSandbox({ apiKey: marks.apiKey });
	await useBinaryMode('filesystem');
	recordEverythingWritten();
});
beforeEach(() => {
	sandbox.reset();
	written = '';
});
afterAll(async () => {
	jest.restoreAllMocks();
	await sandbox.close();
});

function recordEverythingWritten(): void {
	const record = (...what: unknown[]) => {
		written += `${what.map((each) => everythingIn(each)).join(' ')}\n`;
		return true;
	};
	for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
		jest.spyOn(console, method).mockImplementation(record);
	}
	jest.spyOn(process.stdout, 'write').mockImplementation(record);
	jest.spyOn(process.stderr, 'write').mockImplementation(record);
	const logger = { info: record, warn: record, error: record, debug: record, scoped: () => logger };
	LoggerProxy.init(logger as unknown as Logger);
}

/** All that can be read from a value: what n8n shows, what it stores, and what is hidden in it. */
function everythingIn(value: unknown): string {
	const { message, stack, description } = Object(value) as Record<string, unknown>;
	return [
		...[message, stack, description].map(String),
		JSON.stringify(value),
		// As n8n's execution data keeps an error.
		JSON.stringify({ ...Object(value), message, stack }),
		inspect(value, { depth: 12, showHidden: true, maxStringLength: Infinity, getters: true }),
	].join('\n');
}

/** Lets a run fail, with the error thrown and as an item; answers the secrets that came out. */
async function leaked(faults: Fault[], timeoutMs?: number): Promise<string[]> {
	const outcomes: unknown[] = [];
	for (const more of [{}, goOn]) {
		sandbox.reset();
		for (const fault of faults) sandbox.faults.add({ times: Infinity, ...fault });
		const item = anItem(await aFile('Offer.pdf'), { body: marks.body });
		const options = timeoutMs === undefined ? {} : { timeout: timeoutMs / 1000 };
		const { run, context } = emailing(
			sandbox,
			[item],
			{ ...sendingNow, body: '={{ $json.body }}', options },
			more,
		);
		const outcome = await run().catch((error: unknown) => error);
		if (!(outcome instanceof Error)) {
			outcomes.push((outcome as INodeExecutionData[]).map(({ error }) => error));
		}
		outcomes.push(outcome, context.hints);
	}
	return secretsIn(outcomes.map(everythingIn).join('\n') + written);
}

/** A signed POST whose every field is a mark. */
const marked = (url: string): Fault => ({
	call: calls.sign,
	effect: {
		status: 200,
		body: {
			download: { url: 'https://app.close.com/go/file/temporary/user_1/token/Offer.pdf/' },
			upload: {
				url,
				fields: {
					key: marks.key,
					policy: marks.policy,
					'x-amz-credential': marks.credential,
					'x-amz-signature': marks.signature,
					'x-amz-security-token': marks.securityToken,
					success_action_status: '201',
				},
			},
		},
	},
});

const quoting = `<?xml version="1.0"?><Error><Code>SignatureDoesNotMatch</Code><Message>Quoted: ${Object.values(
	marks,
).join(' ')}</Message><StringToSign>${marks.policy}</StringToSign><SignatureProvided>${
	marks.signature
}</SignatureProvided></Error>`;

const otherEffects: Effect[] = [
	...[400, 401, 402, 403, 404, 409, 422, 429].map((status) => ({ status })),
	{ redirect: `http://127.0.0.1:9/?${marks.apiKey}` },
	{ status: 429, headers: { RateLimit: 'limit=1, remaining=0, reset=120' } },
];

const cases = Object.entries(calls).flatMap(([name, call]) =>
	[...Object.values(mishaps), ...otherEffects].map((effect: Effect) => {
		const before: Fault[] =
			name === 'lookUp'
				? [{ call: calls.create, times: 1, effect: { reset: 'after' } }]
				: name === 'readBack'
					? [{ call: calls.send, times: 1, effect: { reset: 'after' } }]
					: [];
		return [name, JSON.stringify(effect), [...before, { call, effect }]] as const;
	}),
);

describe('no secret comes out', () => {
	it.each(cases)('where %s meets %s', async (_name, effect, faults) => {
		const isSilent = /timeout|delayMs/.test(effect);

		expect(await leaked([...faults], isSilent ? PATIENCE_MS : undefined)).toEqual([]);
	});

	it.each([
		[
			'refuses, quoting the form',
			{ status: 403, headers: { 'Content-Type': 'application/xml' }, body: quoting },
		],
		[
			'refuses its policy, quoting it',
			{
				status: 403,
				body: `<Error><Code>AccessDenied</Code><Message>Invalid according to Policy: Policy Condition failed: ["eq", "$key", "${marks.key}"]</Message></Error>`,
			},
		],
		[
			'calls its refusal by a secret',
			{ status: 400, body: `<Error><Code>${marks.signature}</Code></Error>` },
		],
		['answers with a redirect', { redirect: `http://127.0.0.1:9/${marks.key}` }],
		['resets the connection', { reset: 'before' }],
		['is not able to', { s3Error: 'InternalError' }],
	] as Array<[string, Effect]>)('where S3 %s', async (_what, effect) => {
		const faults = [marked(`${sandbox.s3Url}/bucket/`), { call: calls.upload, effect }];

		expect(await leaked(faults)).toEqual([]);
	});

	it('where nobody listens at S3', async () => {
		expect(await leaked([marked('http://127.0.0.1:9/')])).toEqual([]);
	});

	it('where S3 breaks off in the middle of a refusal', async () => {
		const server = await brokenOff(
			`HTTP/1.1 403 Forbidden\r\nContent-Length: 9999\r\n\r\n${quoting}`,
		);
		const { port } = server.address() as AddressInfo;

		expect(await leaked([marked(`http://127.0.0.1:${port}/`)])).toEqual([]);
		server.close();
	});

	it.each([
		['in words', { error: `Cannot render ${marks.body}` }],
		['among its errors', { errors: [`No such email: ${marks.body}`], 'field-errors': {} }],
		['at a field', { errors: [], 'field-errors': { body_html: `Invalid HTML: ${marks.body}` } }],
		['escaped', { errors: [], 'field-errors': { body_html: [JSON.stringify(marks.body)] } }],
		['cut short', { errors: [`No HTML: ${marks.body.slice(0, 22)}…`], 'field-errors': {} }],
	])('where Close refuses the email and quotes it %s', async (_where, body) => {
		const effect = { status: 400, body };

		expect(await leaked([{ call: calls.create, effect }])).toEqual([]);
	});

	it('where Close refuses the email and quotes the key', async () => {
		const body = { errors: [`No such user: ${marks.apiKey}`], 'field-errors': {} };

		expect(await leaked([{ call: calls.create, effect: { status: 400, body } }])).toEqual([]);
	});

	it('and this test would see one', async () => {
		const shown = new Error('the node failed');
		Object.defineProperty(shown, 'hidden', { value: { deep: [marks.policy] }, enumerable: false });

		assert.deepEqual(secretsIn(everythingIn(shown)), ['policy']);
	});
});

/** A server that reads a request, writes this, and breaks the connection. */
async function brokenOff(text: string): Promise<Server> {
	const server = createServer((socket) => {
		socket.on('error', () => {});
		socket.once('data', () => socket.write(text, () => socket.destroy()));
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	return server;
}
