/**
 * The sandbox's time: real time plus an offset that only grows.
 *
 * Everything that expires (policies, temporary files, cursors, scheduled emails) asks this clock,
 * so a test moves it instead of sleeping.
 */
export class Clock {
	private offsetMs = 0;

	/** Milliseconds since the epoch. */
	now(): number {
		return Date.now() + this.offsetMs;
	}

	advance(ms: number): void {
		this.offsetMs += ms;
	}
}
