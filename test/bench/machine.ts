/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import { cpus, totalmem, type } from 'node:os';

import { answer } from '../n8n/childProcess';
import { install } from '../n8n/install';
import { curlVersion } from './curl';

/** What the figures were measured with, in one line. */
export async function machine(): Promise<string> {
	const { node, n8n } = await install();
	const memory = `${Math.round(totalmem() / 2 ** 30)} GiB of memory`;
	const cores = `${cpus().length} cores (${cpus()[0].model.trim()})`;
	const programs = [
		`Node ${answer(node, ['--version'])}`,
		`n8n ${answer(node, [n8n, '--version'])}`,
	];
	return [type(), cores, memory, ...programs, curlVersion()].join(', ');
}
