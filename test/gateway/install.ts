/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests never ship */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from '../n8n/childProcess';

/** Debian's packages; each has a daemon of the same name. */
const packages = ['ceph-mon', 'ceph-osd', 'radosgw'];

/** Besides the daemons: their command line, and what makes them end with this process. */
const programs = [...packages, 'ceph', 'radosgw-admin', 'monmaptool', 'setpriv'];

const install = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;

/**
 * Installs what the gateway needs where it is missing.
 *
 * @returns why the gateway cannot run on this machine, or undefined when it can.
 * @throws Error with apt-get's output when it fails.
 */
export async function installGateway(): Promise<string | undefined> {
	if (missing().length === 0) return undefined;
	const without = `${missing().join(', ')} not found, and`;
	if (!isProgram('apt-get')) {
		return `${without} no apt-get to install them with. Run it on Debian or Ubuntu.`;
	}
	if (process.getuid?.() !== 0) {
		return `${without} only root may install them. Enable it by 'sudo ${install}'.`;
	}
	await run('Looking for the gateway’s packages', 'apt-get', ['-qq', 'update'], {
		timeout: 120_000,
	});
	const [command, ...parameters] = install.split(' ');
	await run('Installing the gateway', command, ['-qq', ...parameters], {
		timeout: 240_000,
		env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
	});
	const still = missing();
	if (still.length > 0) throw new Error(`'${install}' did not bring ${still.join(', ')}`);
	return undefined;
}

const missing = () => programs.filter((name) => !isProgram(name));

function isProgram(name: string): boolean {
	// Daemons may lie where a user's PATH does not lead.
	const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];
	return folders.some((folder) => existsSync(join(folder, name)));
}
