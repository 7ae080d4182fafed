/* eslint-disable @n8n/community-nodes/no-restricted-globals -- tests never ship */
import { startSandbox, type LoggedRequest, type Sandbox } from '../sandbox/server';
import { workerIn, type AccountSetup, type Opened, type Trace } from './messages';

/** A Close account as a process of its own; each message asks for the trace and begins a new one. */
async function main(setup: AccountSetup): Promise<void> {
	const { requestsPerSecond, windowSeconds, delayMs } = setup;
	const [apiKey, ...moreApiKeys] = setup.apiKeys;
	const rateLimit = { requestsPerSecond, windowSeconds };
	const sandbox = await startSandbox({ apiKey, moreApiKeys, rateLimit, discard: true });
	const begin = () => {
		sandbox.reset();
		sandbox.faults.add({ call: '*', effect: { delayMs }, times: Infinity });
	};
	begin();
	// Whoever started this has its channel keep nothing alive.
	process.channel?.ref();
	process.on('message', () => {
		process.send?.(traceOf(sandbox));
		begin();
	});
	const opened: Opened = { baseUrl: sandbox.baseUrl, leadId: sandbox.account.leads[0].id };
	process.send?.(opened);
}

function traceOf({ account, requests }: Sandbox): Trace {
	const subjects = new Map(account.emails.map(({ id, subject }) => [id, subject ?? '']));
	return {
		requests: requests
			.filter(({ server }) => server === 'close')
			.map((request) => ({
				worker: workerOf(request, subjects),
				at: request.at,
				isRefused: request.status === 429,
			})),
		emails: [...subjects.values()],
		sent: account.deliveries.map(({ emailId }) => subjects.get(emailId ?? '') ?? ''),
	};
}

/** By the file that is signed for, the email's subject, or its ID in the path. */
function workerOf({ body, path }: LoggedRequest, subjects: Map<string, string>): number {
	const { filename, subject } = Object(body) as Record<string, unknown>;
	return workerIn(filename ?? subject ?? subjects.get(path.split('/').at(-2) ?? ''));
}

void main(JSON.parse(process.argv[2]) as AccountSetup);
