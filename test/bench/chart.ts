import type { Bar } from './figures';

const WIDTH = 780;
const LABELS = 350;
const BAR = 22;
const STEP = 38;
const TOP = 64;

/** Room for the figure behind the longest bar. */
const FIGURE = 80;

/** How much more memory 300 MB take than 1 MB, a bar for each way; an SVG. */
export function chart(bars: Bar[]): string {
	const sorted = [...bars].sort((a, b) => a.value - b.value);
	const height = TOP + sorted.length * STEP + 8;
	const longest = Math.max(...sorted.map(({ value }) => value));
	const scale = (WIDTH - LABELS - FIGURE) / longest;
	const lines = sorted.map((bar, index) => drawn(bar, TOP + index * STEP, scale));
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title">
	<title id="title">${summary(sorted)}</title>
	<style>
		text { font: 14px system-ui, sans-serif; fill: #1f2328; }
		.heading { font-size: 16px; font-weight: 600; }
		.way { fill: #8c959f; }
		.ours { fill: #2da44e; }
		@media (prefers-color-scheme: dark) {
			text { fill: #e6edf3; }
			.way { fill: #7d8590; }
			.ours { fill: #3fb950; }
		}
	</style>
	<text class="heading" x="0" y="24">Memory that a file of 300 MB takes, over one of 1 MB</text>
${lines.join('\n')}
</svg>
`;
}

function drawn({ label, value }: Bar, y: number, scale: number): string {
	// Memory may also come out lower than with 1 MB; such a bar has no length.
	const length = Math.max(value * scale, 1).toFixed(1);
	const kind = label.startsWith('Close Files') ? 'ours' : 'way';
	const middle = y + BAR / 2 + 5;
	return `	<text x="0" y="${middle}">${label}</text>
	<rect class="${kind}" x="${LABELS}" y="${y}" width="${length}" height="${BAR}" rx="3"/>
	<text x="${(LABELS + Number(length) + 8).toFixed(1)}" y="${middle}">${Math.round(value)} MB</text>`;
}

function summary(bars: Bar[]): string {
	const list = bars.map(({ label, value }) => `${label} ${Math.round(value)} MB`);
	return `Memory that a file of 300 MB takes, over one of 1 MB: ${list.join(', ')}`;
}
