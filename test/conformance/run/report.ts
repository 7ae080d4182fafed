import { format, resolveConfig } from 'prettier';
import type { Comparison } from './compare';

/** docs/conformance.md, as prettier leaves it. */
export async function document(
	file: string,
	{ cases, uploads, ceph }: { cases: Comparison[]; uploads: Comparison[]; ceph: string },
): Promise<string> {
	const alike = cases.filter(({ verdict }) => verdict === 'PASS').length;
	const reasons = [
		...new Set(cases.map(({ reason }) => reason).filter((text) => text !== undefined)),
	];
	const note = ({ reason }: Comparison) =>
		reason === undefined ? '' : ` (${reasons.indexOf(reason) + 1})`;
	const text = `# The sandbox beside a real S3 server

<!-- Written by \`npm run conformance\`. Do not edit. -->

Ceph's RADOS Gateway ${ceph} is an S3 server by other people. \`npm run conformance\` starts one on this
machine (one monitor, one OSD in memory, one gateway, from Debian's packages) and sends the same
requests to it and to \`test/sandbox\`: the cases of \`test/conformance/s3Cases.ts\`, which the sandbox's
own tests send as well, and then uploads by the node itself, in n8n-core's execution context. With
\`-- --check\` it fails when this page is not what the run gives; it fails as well when a server
answers otherwise than here, and when an allowed difference no longer occurs.

What AWS answers is from its documentation and from public tests of S3 servers. Nothing was run
against AWS.

## POST Object

${cases.length} cases. The sandbox answers all of them as AWS does, the gateway ${alike}. Where it does not, its own
answer stands here, and the number of the reason.

${table(
	['S3’s POST Object …', 'AWS and the sandbox', 'Gateway, where it differs'],
	cases.map((each) => [
		each.title,
		each.sandbox,
		each.verdict === 'PASS' ? '' : `${each.gateway}${note(each)}`,
	]),
)}

What the gateway does otherwise:

${reasons.map((reason, index) => `${index + 1}. ${reason}`).join('\n')}

## The node's uploads

Each file goes from n8n's binary store through the node to S3, signed for by the sandbox's Close. The
MD5 is of the bytes that the AWS SDK reads back, and equal to that of the bytes sent. What the user
sees is the same at both servers, letter for letter, unless the third column says otherwise.
A server that refuses a large file early may cut the connection before its answer is read; the node
then tries again, so the number of tries is not compared where a file is refused.

${table(
	['Upload', 'Both servers', 'Gateway, where it differs'],
	uploads.map((each) => [
		each.title,
		each.sandbox,
		each.verdict === 'PASS' ? '' : `${each.gateway}. ${each.reason}`,
	]),
)}
`;
	const options = await resolveConfig(file);
	return await format(text, { ...options, parser: 'markdown' });
}

function table(head: string[], rows: string[][]): string {
	const line = (cells: string[]) => `| ${cells.map(escaped).join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const escaped = (text: string) => text.replace(/[\\|<*_]/g, '\\$&');
