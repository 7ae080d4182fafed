import { limitOf, type Limit } from '../../../nodes/CloseFiles/transport/limit';

/** Works that begin when the limit lets them and end when they are told to. */
class Works {
	/** Names, in the order of their beginnings. */
	readonly begun: string[] = [];
	private readonly ends = new Map<string, { resolve(): void; reject(error: Error): void }>();

	constructor(private readonly limit: Limit) {}

	async ask(name: string): Promise<string> {
		return await this.limit(async () => {
			this.begun.push(name);
			await new Promise<void>((resolve, reject) => this.ends.set(name, { resolve, reject }));
			return name;
		});
	}

	async end(name: string): Promise<void> {
		this.ends.get(name)!.resolve();
		await settled();
	}

	async breakOff(name: string): Promise<void> {
		this.ends.get(name)!.reject(new Error(`${name} broke off`));
		await settled();
	}
}

/** When everything has happened that waits for nothing but other promises. */
async function settled(): Promise<void> {
	for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

describe('a limit', () => {
	it('lets so much work be under way and begins the next when some has ended', async () => {
		const works = new Works(limitOf(2));
		const all = ['a', 'b', 'c', 'd'].map(async (name) => await works.ask(name));

		expect(works.begun).toEqual(['a', 'b']);
		await works.end('b');

		expect(works.begun).toEqual(['a', 'b', 'c']);
		expect(await all[1]).toBe('b');
	});

	it('gives the place of work that broke off to the next, and its error to who asked', async () => {
		const works = new Works(limitOf(1));
		const first = works.ask('a').catch((error: Error) => error.message);
		void works.ask('b');

		await works.breakOff('a');

		expect(await first).toBe('a broke off');
		expect(works.begun).toEqual(['a', 'b']);
	});

	it('lets nobody who comes late take the place of one who waits', async () => {
		const works = new Works(limitOf(1));
		const late = works.ask('a').then(() => void works.ask('c'));
		void works.ask('b');

		await works.end('a');
		await late;

		expect(works.begun).toEqual(['a', 'b']);
		await works.end('b');
		expect(works.begun).toEqual(['a', 'b', 'c']);
	});

	it('has all its places again when all work has ended', async () => {
		const works = new Works(limitOf(2));
		for (const name of ['a', 'b', 'c']) void works.ask(name);
		for (const name of ['a', 'b', 'c']) await works.end(name);

		for (const name of ['d', 'e', 'f']) void works.ask(name);

		expect(works.begun).toEqual(['a', 'b', 'c', 'd', 'e']);
	});
});
