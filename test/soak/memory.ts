/* eslint-disable @n8n/community-nodes/no-restricted-globals -- tests never ship */

/** This process's memory in bytes, sampled every second while the run goes on, after a collection each time. */
export class Memory {
	private readonly heap: number[] = [];
	private readonly rss: number[] = [];
	private readonly timer = setInterval(() => this.sample(), 1_000);

	constructor() {
		this.sample();
	}

	levels() {
		clearInterval(this.timer);
		this.sample();
		const three = (values: number[]) =>
			[0, values.length >> 1, values.length - 1].map((at) => values[at]);
		const [start, middle, end] = three(this.heap);
		return { start, middle, end, resident: three(this.rss) };
	}

	private sample(): void {
		global.gc?.();
		const { heapUsed, rss } = process.memoryUsage();
		this.heap.push(heapUsed);
		this.rss.push(rss);
	}
}
