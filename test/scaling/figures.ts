import { nameOf, type Done, type Trace } from './messages';

/** How many share the limit, and how each of them is set. */
export interface Setting {
	workers: number;
	maxParallel: number;
	/** Emails of each worker. */
	emails: number;
	/** API keys among which the workers are divided. */
	keys: number;
}

/** What was seen of a setting. */
export interface Figures {
	/** From the first request to the last, in ms. */
	ms: number;
	/** Requests that Close let through, as a share of its limit, while all workers were at work. */
	ofLimit: number;
	emailsPerSecond: number;
	/** Answers 429 for each request that was let through. */
	refusals: number;
	/** What the slowest and the fastest worker got of an equal share, while all were at work. */
	shares: { least: number; most: number };
	/** Items that ended in an error. */
	errors: number;
	/** Emails that did not leave, and those that were created or left more than once. */
	lost: number;
	doubled: number;
}

/** `limit` in requests per second; `delayMs` is what a request takes until Close counts it. */
export function figuresOf(
	setting: Setting,
	{ requests, emails, sent }: Trace,
	{ done, limit, delayMs }: { done: Done[]; limit: number; delayMs: number },
): Figures {
	const begun = requests[0].at;
	const ended = Math.max(...requests.map(({ at }) => at)) + delayMs;
	const workers = Array.from({ length: setting.workers }, (_, worker) => worker);
	const through = requests.filter(({ isRefused }) => !isRefused);

	const lastOf = (worker: number) => Math.max(...through.filter(of(worker)).map(({ at }) => at));
	// Whole windows, because a part of one may hold all that the window lets through.
	const from = Math.ceil((begun + delayMs) / 1000) * 1000;
	const to = Math.floor((Math.min(...workers.map(lastOf)) + delayMs) / 1000) * 1000;
	const common = through.filter(({ at }) => at + delayMs >= from && at + delayMs < to);
	const equal = common.length / workers.length;
	const shares = workers.map((worker) => common.filter(of(worker)).length / equal);

	const names = workers.flatMap((worker) =>
		Array.from({ length: setting.emails }, (_, email) => nameOf(worker, email)),
	);
	return {
		ms: ended - begun,
		ofLimit: common.length / ((to - from) / 1000) / limit,
		emailsPerSecond: sent.length / ((ended - begun) / 1000),
		refusals: (requests.length - through.length) / through.length,
		shares: { least: Math.min(...shares), most: Math.max(...shares) },
		errors: done.flatMap(({ errors }) => errors).length,
		lost: names.filter((name) => !sent.includes(name)).length,
		doubled: names.filter((name) => timesIn(emails, name) > 1 || timesIn(sent, name) > 1).length,
	};
}

const of =
	(wanted: number) =>
	({ worker }: { worker: number }): boolean =>
		worker === wanted;

const timesIn = (names: string[], name: string): number =>
	names.filter((each) => each === name).length;
