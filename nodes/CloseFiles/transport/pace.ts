import { wait } from './wait';

/** The wait after a 429 that names none. */
export const RATE_LIMIT_DEFAULT_MS = 2_000;

/** A longer wait is not sat through: the run would hang without a word. */
export const LONGEST_WAIT_MS = 60_000;

/** What a refusal leaves of the requests that may be at Close at once, and what an answer adds. */
const NARROWING = 1 / 4;
const WIDENING = 0.5;

/** After a wait, a call goes so much later for every refusal that it is short of its last one. */
const PRECEDENCE_MS = 20;
const LAST_REFUSAL = 4;

/** A call that waits for its turn. */
interface Caller {
	refusals: number;
	admit(): void;
}

/**
 * When the requests of a run may be at Close.
 *
 * The runs of other n8n workers share the rate limit, know nothing of each other, and are all told
 * the same end of the wait. Would each come back with all it has, most of them were refused again,
 * and five tries were soon used up. So a refused run comes back with few requests, one more for every
 * two answers; and whoever was refused most often goes first, in the run and among runs
 * (docs/decisions/0013).
 */
export class Pace {
	private readonly waiting: Caller[] = [];
	private atClose = 0;
	/** How many may be at Close at once; its whole part counts. */
	private width: number;
	/** When Close's rate limit lets the run's next request through, in ms since the epoch. */
	private resumeAt = 0;
	private isAdmitting = false;

	constructor(
		private readonly maxParallel: number,
		private readonly signal?: AbortSignal,
	) {
		this.width = maxParallel;
	}

	/**
	 * Waits until a call may ask Close.
	 *
	 * @returns what ends its turn, to be called when Close has answered; again does nothing.
	 */
	async turn(refusals: number): Promise<() => void> {
		await new Promise<void>((admit) => {
			const behind = this.waiting.findIndex((other) => other.refusals < refusals);
			const place = behind < 0 ? this.waiting.length : behind;
			this.waiting.splice(place, 0, { refusals, admit });
			void this.admit();
		});
		let isOver = false;
		return () => {
			if (isOver) return;
			isOver = true;
			this.atClose -= 1;
			void this.admit();
		};
	}

	/** Close has let a request through. */
	widen(): void {
		this.width = Math.min(this.maxParallel, this.width + WIDENING);
		void this.admit();
	}

	/** Close has refused a request and asks to wait. What else was at Close then is no news. */
	narrow(waitMs = RATE_LIMIT_DEFAULT_MS): void {
		const now = Date.now();
		if (now >= this.resumeAt) this.width = Math.max(1, this.width * NARROWING);
		if (waitMs <= LONGEST_WAIT_MS) this.resumeAt = Math.max(this.resumeAt, now + waitMs);
	}

	/** Admits callers while there is room. The order is looked at after the wait, not before it. */
	private async admit(): Promise<void> {
		if (this.isAdmitting) return;
		this.isAdmitting = true;
		while (this.waiting.length > 0 && this.atClose < Math.floor(this.width)) {
			const leftMs = this.resumeAt - Date.now();
			const precedenceMs = PRECEDENCE_MS * (LAST_REFUSAL - this.waiting[0].refusals);
			if (leftMs + precedenceMs > 0 && !this.signal?.aborted) {
				await wait({ signal: this.signal }, Math.max(leftMs, PRECEDENCE_MS));
			} else {
				this.atClose += 1;
				this.waiting.shift()?.admit();
			}
		}
		this.isAdmitting = false;
	}
}
