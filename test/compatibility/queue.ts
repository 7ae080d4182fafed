import { Setting } from '../e2e/setting';
import type { BinaryMode, Instance } from '../n8n/instance';
import type { Server } from '../n8n/server';
import { Session } from '../n8n/session';
import { chain, closeFiles, webhook, type WorkflowFile } from '../n8n/workflow';
import { closeAtEnd } from '../support/program';
import { draftsIn, EXECUTIONS, postAll, type Answers, type Drafts } from './callers';
import { noPostgres, Postgres } from './postgres';
import { noRedis, Redis } from './redis';
import type { Told } from './trial';

const WORKERS = 2;
/** Executions that a worker does at a time. */
const CONCURRENCY = 5;
/** Of an equal share, for the worker that did least. */
const LEAST_SHARE = 0.25;

/** What came of the executions. */
export interface QueueFigures extends Answers, Drafts {
	told: Told;
	/** Redis and n8n's database, with their versions. */
	servers: string;
	executions: number;
	/** Executions that each worker says it has finished. */
	byWorker: number[];
	/** Executions that no worker says it has finished, or more than one. */
	astray: number;
	seconds: number;
}

/** Why queue mode cannot be tried on this machine; undefined when it can. */
export function queueObstacle(): string | undefined {
	const missing = [noRedis(), noPostgres()].filter((each) => each !== undefined);
	if (missing.length === 0) return undefined;
	return `Queue mode needs ${missing.join(' and ')}. Install by 'apt-get install --no-install-recommends ${missing.join(' ')}', or leave it out: --only matrix.`;
}

/** One main process and two workers, which share a Redis, n8n's database and its store. */
export async function tryQueue(store: BinaryMode): Promise<QueueFigures> {
	const redis = closeAtEnd(await Redis.start());
	const postgres = closeAtEnd(await Postgres.start());
	// Opened last and so closed first: the two end when nobody is connected.
	const setting = closeAtEnd(await Setting.create({}, store));
	const { n8n, credential, sandbox } = setting;
	const workflow = workflowOn(setting);
	Object.assign(n8n.variables, postgres.variables);
	await n8n.import([credential], [workflow]);
	Object.assign(n8n.variables, redis.variables);
	const workers = await startProcesses(n8n);
	const session = await Session.open(n8n.url);
	await session.publish(workflow.id);
	const told = await session.request<Told>('GET', '/settings');
	const begun = performance.now();
	const answers = await postAll(`${n8n.url}/webhook/offer`);
	const seconds = (performance.now() - begun) / 1000;
	const logs = await Promise.all(workers.map(async (worker) => await worker.stop()));
	const servers = `Redis ${Redis.version()}, PostgreSQL ${Postgres.version()}`;
	const counted = { ...answers, ...finished(logs), ...draftsIn(sandbox) };
	return { told, servers, executions: EXECUTIONS, seconds, ...counted };
}

/** Main first, which prepares the database. */
async function startProcesses(n8n: Instance): Promise<Server[]> {
	await n8n.start();
	const workers: Server[] = [];
	for (let n = 0; n < WORKERS; n++) workers.push(await n8n.startWorker(CONCURRENCY));
	return workers;
}

export function shortcomings(figures: QueueFigures): string[] {
	const { told, executions, answered, refusal, byWorker, astray } = figures;
	const { drafts, lost, doubled, damaged } = figures;
	const least = (LEAST_SHARE * executions) / byWorker.length;
	return [
		told.executionMode !== 'queue' && `n8n runs in mode '${told.executionMode}'`,
		told.databaseType !== 'postgresdb' && `n8n's database is '${told.databaseType}'`,
		answered !== executions && `${answered} of ${executions} were answered: ${refusal}`,
		astray > 0 && `${astray} executions were finished by no worker, or by several`,
		Math.min(...byWorker) < least && `the workers finished ${byWorker.join(' and ')} executions`,
		drafts !== executions && `${drafts} drafts for ${executions} executions`,
		lost > 0 && `${lost} drafts were lost`,
		doubled > 0 && `${doubled} drafts were doubled`,
		damaged > 0 && `${damaged} drafts do not have their file`,
	].filter((each) => each !== false);
}

/** The file that main gets from the caller is read by a worker. */
function workflowOn(setting: Setting): WorkflowFile {
	const { credential } = setting;
	const upload = { resource: 'file', operation: 'upload', binaryPropertyName: 'offer' };
	const email = setting.email({
		fileSource: 'uploaded',
		uploadedFiles: '={{ $json }}',
		subject: "={{ $('Webhook').item.json.body.subject }}",
	});
	return chain(
		'Queue',
		webhook('offer', 'POST'),
		{ ...closeFiles(credential, upload), name: 'Upload File' },
		{ ...closeFiles(credential, email), name: 'Create Email' },
	);
}

function finished(logs: string[]): Pick<QueueFigures, 'byWorker' | 'astray'> {
	const ids = logs.map((log) =>
		[...log.matchAll(/Worker finished execution (\d+)/g)].map(([, id]) => id),
	);
	const times = new Map<string, number>();
	for (const id of ids.flat()) times.set(id, (times.get(id) ?? 0) + 1);
	const once = [...times.values()].filter((count) => count === 1).length;
	return {
		byWorker: ids.map(({ length }) => length),
		astray: Math.max(EXECUTIONS, times.size) - once,
	};
}
