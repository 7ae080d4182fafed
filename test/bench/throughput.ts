import { createHash } from 'node:crypto';
import type { Bench } from './bench';
import {
	atLeast,
	atMost,
	MB,
	median,
	megabytes,
	seconds,
	times,
	type Findings,
	type Verdict,
} from './figures';
import { race, type Times } from './race';

const SIZE = 300 * MB;

/** A line of 1 Gbit/s. */
const PACE = 125 * MB;

const ROUNDS = { unthrottled: 7, paced: 3 };

/** How fast one large file goes, beside curl with the same form to the same server. */
export async function throughput(bench: Bench): Promise<Findings> {
	const file = await bench.store.file(SIZE);
	const { sandbox, sink } = bench;

	bench.say(`300 MB to the sandbox, ${ROUNDS.unthrottled} rounds`);
	await sandbox.reset();
	const ours = ['closeFiles', 'withoutChecksum'] as const;
	const free = await race(bench, { server: sandbox, file, rounds: ROUNDS.unthrottled }, ours);
	bench.say(`300 MB to the sandbox, which reads 125 MB a second, ${ROUNDS.paced} rounds`);
	await sandbox.always({ call: 'POST s3', effect: { slowReadBytesPerSecond: PACE } });
	const paced = await race(bench, { server: sandbox, file, rounds: ROUNDS.paced }, ['closeFiles']);
	await sandbox.reset();
	bench.say(`300 MB to a server that only counts, ${ROUNDS.unthrottled} rounds`);
	const floors = ['pipe', 'httpHelper', ...ours] as const;
	const counted = await race(bench, { server: sink, file, rounds: ROUNDS.unthrottled }, floors);

	const ratio = (of: Times<'closeFiles'>) => of.curl / of.closeFiles;
	const hashing = md5Alone();
	const added = atMost(
		"An upload without the checksum, over n8n's HTTP helper alone: time",
		counted.withoutChecksum / counted.httpHelper,
		MOST_ADDED,
		times,
	);
	const addedToHash = atMost(
		"An upload, over n8n's HTTP helper and the MD5 alone: time",
		counted.closeFiles / (counted.httpHelper + hashing),
		MOST_ADDED,
		times,
	);
	const bare = free.curl / free.withoutChecksum;
	return {
		verdicts: [
			atLeast('Speed beside `curl -F`, server reads 125 MB a second', ratio(paced), 0.95, times),
			orFloor(atLeast('Speed beside `curl -F`, loopback', ratio(free), 0.35, times), addedToHash),
			orFloor(
				atLeast('Speed beside `curl -F`, loopback, without the checksum', bare, 0.6, times),
				added,
			),
			added,
			addedToHash,
		],
		comparisons: [comparison(free, counted, hashing)],
	};
}

/** Of what is not this package's doing, its own share may come to so much more. */
const MOST_ADDED = 1.15;

/** A limit that n8n's own sender does not reach is out of reach for a node that adds nothing to it. */
function orFloor(verdict: Verdict, added: Verdict): Verdict {
	return verdict.met || !added.met ? verdict : { ...verdict, floor: "no: n8n's floor" };
}

/** The time that the MD5 of the file takes by itself, in ms: it runs on the thread that sends. */
function md5Alone(): number {
	const chunk = Buffer.alloc(256 * 1024, 'offer');
	const rounds = Array.from({ length: 5 }, () => {
		const hash = createHash('md5');
		const begun = performance.now();
		for (let hashed = 0; hashed < SIZE; hashed += chunk.length) hash.update(chunk);
		hash.digest();
		return performance.now() - begun;
	});
	return median(rounds);
}

function comparison(
	free: Times<'closeFiles' | 'withoutChecksum'>,
	counted: Times<'pipe' | 'httpHelper' | 'closeFiles' | 'withoutChecksum'>,
	hashing: number,
) {
	const row = (label: string, name: keyof typeof counted, of: Partial<typeof counted>) => {
		const ms = of[name];
		if (ms === undefined) return [label, '', ''];
		return [label, seconds(ms), `${megabytes((SIZE / ms) * 1000)}/s`];
	};
	const both = (label: string, name: keyof typeof counted) => [
		...row(label, name, free),
		...row(label, name, counted).slice(1),
	];
	return {
		title: 'Where the time of an upload goes',
		text: FLOOR,
		head: ['300 MB by', 'to the sandbox', '', 'to a server that only counts', ''],
		rows: [
			both('`curl -F`', 'curl'),
			both("Node's own `http`, piping n8n's stream", 'pipe'),
			both("n8n's HTTP helper, `File` over n8n's stream", 'httpHelper'),
			['The MD5 alone, nothing sent', '', '', seconds(hashing), ''],
			both('Close Files without the checksum', 'withoutChecksum'),
			both('Close Files', 'closeFiles'),
		],
	};
}

const FLOOR = `The limits are held against the sandbox, a process of its own, which parses the form and checks policy
and signature as S3 does before it drops the file. A server that only counts bytes lets curl, which
hands the file over without looking at it, go far faster than Node's own
client does: the second row is Node's own \`http\` with n8n's own stream piped into it, the third n8n's
HTTP helper with that stream, neither counting nor hashing. Much of their time goes to the garbage
collector, which is called for every 40 MB or so of the buffers that n8n's store reads into. What
Close Files adds to the third row is the MD5; no setting switches it off, so in the row without it
the hash function of that process is replaced by one that does nothing. So the limits against curl on
loopback are beyond what n8n's HTTP helper can reach, with whatever node; two limits hold the node to
that floor instead.`;
