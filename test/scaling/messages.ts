/** What the processes of a measurement tell each other, as JSON. */

/** How the Close account is limited, and how far away it is. */
export interface AccountSetup {
	requestsPerSecond: number;
	windowSeconds: number;
	/** Added to every answer of Close and of S3. */
	delayMs: number;
	/** All of one organization. */
	apiKeys: string[];
}

/** What a worker needs of the account. */
export interface Opened {
	baseUrl: string;
	leadId: string;
}

/** One execution of the node. */
export interface Order extends Opened {
	worker: number;
	apiKey: string;
	/** Emails to send, each with a file of its own. */
	emails: number;
	maxParallel: number;
}

export interface Done {
	worker: number;
	/** Messages of the items that ended in an error. */
	errors: string[];
}

/** What executions left at Close. */
export interface Trace {
	/** Of Close's API alone, in the order of their arrival. */
	requests: Array<{
		worker: number;
		/** When it arrived, in ms since the epoch. */
		at: number;
		isRefused: boolean;
	}>;
	/** Subjects of all emails, and of those that left, each as often as it did. */
	emails: string[];
	sent: string[];
}

/** Subject of a worker's email, and the name of its file. */
export const nameOf = (worker: number, email: number): string => `Offer ${worker}-${email}`;

/** The worker that a name belongs to. */
export const workerIn = (name: unknown): number =>
	Number(/^Offer (\d+)-/.exec(String(name))?.[1] ?? NaN);
