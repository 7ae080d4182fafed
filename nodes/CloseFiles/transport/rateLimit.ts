type Headers = Record<string, unknown> | undefined;

/**
 * How long an answer asks to wait, in ms, or undefined when it does not say.
 *
 * `RateLimit: limit=100, remaining=0, reset=5` is documented; `ratelimit: limit=100; remaining=0;
 * reset=1` was seen in August 2026, so both separators count. `retry-after` is the same, rounded up.
 *
 * @see https://developer.close.com/api/overview/rate-limits
 */
export function retryAfterMs(headers: Headers, now = Date.now()): number | undefined {
	const reset = /(?:^|[\s,;])reset\s*=\s*(\d+(?:\.\d+)?)(?=[\s,;]|$)/i.exec(
		text(headers, 'ratelimit'),
	);
	if (reset) return Math.ceil(Number(reset[1]) * 1000);

	const retryAfter = text(headers, 'retry-after').trim();
	if (/^\d+(\.\d+)?$/.test(retryAfter)) return Math.ceil(Number(retryAfter) * 1000);
	// `Date.parse` alone makes a date of any text with a number in it.
	const date = retryAfter.endsWith('GMT') ? Date.parse(retryAfter) : NaN;
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Node gives header names in lower case. */
function text(headers: Headers, name: string): string {
	const value = headers?.[name];
	return typeof value === 'string' ? value : '';
}
