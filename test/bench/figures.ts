/** One figure with its limit. */
export interface Verdict {
	what: string;
	measured: string;
	limit: string;
	met: boolean;
	/** Why the limit is out of reach, where what this package adds is measured to be within bounds. */
	floor?: string;
}

/** Figures without a limit, as a table. */
export interface Comparison {
	title: string;
	/** What the table shows, and how it was measured: Markdown. */
	text: string;
	head: string[];
	rows: string[][];
}

/** A bar of the chart. */
export interface Bar {
	label: string;
	/** MB. */
	value: number;
}

/** What a part of the run has measured. */
export interface Findings {
	verdicts?: Verdict[];
	comparisons?: Comparison[];
	bars?: Bar[];
}

export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export const MB = 1e6;

export const megabytes = (bytes: number): string => `${Math.round(bytes / MB)} MB`;

export const times = (ratio: number): string => `${ratio.toFixed(2)} ×`;

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

export function atMost(what: string, value: number, limit: number, unit: (n: number) => string) {
	return { what, measured: unit(value), limit: `≤ ${unit(limit)}`, met: value <= limit };
}

export function atLeast(what: string, value: number, limit: number, unit: (n: number) => string) {
	return { what, measured: unit(value), limit: `≥ ${unit(limit)}`, met: value >= limit };
}
