import type { Clock } from '../clock';

/** What a key may ask for; an organization may ask for three times as much. */
export interface RateLimit {
	requestsPerSecond: number;
	/** The bucket is filled at the end of each window; windows begin on multiples of their length. */
	windowSeconds: number;
}

/** How a request stands to the limit that it is closest to. */
export interface Standing {
	isRefused: boolean;
	/** Requests in a window. */
	limit: number;
	/** Requests left in this window. */
	remaining: number;
	/** Until the window ends, with fractions. */
	resetSeconds: number;
}

/** "Currently 3 times higher than individual API key rate limits." */
const KEYS_IN_AN_ORGANIZATION = 3;

/**
 * Close's rate limits: a token bucket for each key and one for the organization.
 *
 * Documented are the limits by key and organization and the two headers; that windows begin on whole
 * seconds and that a refused request takes no token is so in Close's own limiter. Close counts groups
 * of endpoints apart and does not say which; here all calls are one group, the strictest reading.
 *
 * @see https://developer.close.com/api/overview/rate-limits
 * @see https://github.com/closeio/limitlion
 */
export class RateLimits {
	private window = -1;
	/** Requests let through in this window, by key. */
	private taken = new Map<string, number>();

	constructor(
		private readonly clock: Clock,
		private readonly limit: RateLimit,
	) {}

	/** Counts a request of a key, unless it is refused. */
	take(key: string): Standing {
		const { requestsPerSecond, windowSeconds } = this.limit;
		const seconds = this.clock.now() / 1000;
		const window = Math.floor(seconds / windowSeconds);
		if (window !== this.window) this.taken.clear();
		this.window = window;

		const ofKey = requestsPerSecond * windowSeconds;
		const byKey = this.taken.get(key) ?? 0;
		const byAll = [...this.taken.values()].reduce((sum, taken) => sum + taken, 0);
		const left = [ofKey - byKey, ofKey * KEYS_IN_AN_ORGANIZATION - byAll];
		const isOfKey = left[0] <= left[1];
		const isRefused = Math.min(...left) < 1;
		if (!isRefused) this.taken.set(key, byKey + 1);
		return {
			isRefused,
			limit: isOfKey ? ofKey : ofKey * KEYS_IN_AN_ORGANIZATION,
			remaining: isRefused ? 0 : Math.min(...left) - 1,
			resetSeconds: (window + 1) * windowSeconds - seconds,
		};
	}
}

/** As Close writes it into every answer, and `Retry-After`, the same rounded up, into a 429. */
export function rateLimitHeaders(standing: Standing): Record<string, string> {
	const { isRefused, limit, remaining, resetSeconds } = standing;
	return {
		RateLimit: `limit=${limit}, remaining=${remaining}, reset=${resetSeconds.toFixed(6)}`,
		...(isRefused && { 'Retry-After': String(Math.ceil(resetSeconds)) }),
	};
}
