import type { Bench } from './bench';
import type { ContenderName } from './contenders';
import { MB, megabytes, seconds, type Bar, type Comparison, type Findings } from './figures';
import { costsInN8n, type Costs, type Load } from './inN8n';
import { race } from './race';
import { installRival, rival } from './rival';
import { peakOfUpload } from './uploader';

const SIZE = 300 * MB;
const ROUNDS = 3;

const labels = {
	closeFiles: 'Close Files',
	buffered: 'A node with buffer and `Blob`',
	rival: `\`${rival}\`, note with file`,
} satisfies Partial<Record<ContenderName, string>>;
type Way = keyof typeof labels;
const names = Object.keys(labels) as Way[];

const loads: Load[] = [
	{ label: '1 of 1 MB', files: 1, size: MB },
	{ label: '10 of 30 MB', files: 10, size: 30 * MB },
	{ label: '1 of 300 MB', files: 1, size: SIZE },
];

/** The other ways to bring a file to Close; nothing here has a limit. */
export async function ways(bench: Bench): Promise<Findings> {
	await installRival();
	const nodes = await compareNodes(bench);
	bench.say('Drafts in n8n, by Close Files and by HTTP Request');
	const costs = await costsInN8n(loads);
	const [small, , large] = costs;
	return {
		comparisons: [nodes.comparison, inN8n(costs)],
		bars: [
			...nodes.bars,
			{
				label: 'HTTP Request nodes, in n8n',
				value: (large.httpRequest.peak - small.httpRequest.peak) / MB,
			},
			{
				label: 'Close Files, in n8n',
				value: (large.closeFiles.peak - small.closeFiles.peak) / MB,
			},
		],
	};
}

async function compareNodes(bench: Bench): Promise<{ comparison: Comparison; bars: Bar[] }> {
	bench.say('300 MB by other nodes');
	const small = await bench.store.file(MB);
	const file = await bench.store.file(SIZE);
	const more = {} as Record<Way, number>;
	for (const name of names) {
		const start = async () => await bench.start(name, bench.sink);
		const peak = await peakOfUpload(start, small);
		more[name] = (await peakOfUpload(start, file)) - peak;
	}
	const times = await race(bench, { server: bench.sink, file, rounds: ROUNDS }, names);
	return {
		comparison: {
			title: 'Beside other nodes',
			text: NODES,
			head: ['300 MB by', 'memory over 1 MB', 'time'],
			rows: names.map((name) => [labels[name], megabytes(more[name]), seconds(times[name])]),
		},
		bars: names.map((name) => ({
			label: labels[name].replaceAll('`', ''),
			value: more[name] / MB,
		})),
	};
}

function inN8n(costs: Costs[]): Comparison {
	const [{ closeFiles, httpRequest }] = costs;
	return {
		title: "Beside n8n's own nodes",
		text: CHAIN,
		head: ['files', 'Close Files: time', 'memory', 'HTTP Request: time', 'memory'],
		rows: costs.map((cost, index) => [
			loads[index].label,
			seconds(cost.closeFiles.ms),
			megabytes(cost.closeFiles.peak - closeFiles.peak),
			seconds(cost.httpRequest.ms),
			megabytes(cost.httpRequest.peak - httpRequest.peak),
		]),
	};
}

const NODES = `In a bare process with n8n-core's execution context, against the server that only counts. Close Files
hashes the file and the others do not; they hold it in memory instead, several times over. The node
with a buffer is one of our own, written as nodes usually are (\`test/bench/bufferedNode.ts\`). The
last is the package as npm delivers it: its own code runs, with its requests to Close led to the
local server.`;

const CHAIN = `A draft for each file in a real n8n. Without a node for Close it takes four nodes: HTTP Request to sign,
Merge to bring back the file that HTTP Request drops, HTTP Request with the signed fields entered one
by one, HTTP Request to create the email. Memory is over the run with 1 MB; in both columns it
includes n8n's own node that reads the files from disk. What the figures do not show: those nodes
take one file per item, send the requests of all items at once, post a file once more for every item
that needs it, and do not sign anew when a post is lost.`;
