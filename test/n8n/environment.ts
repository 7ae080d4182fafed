/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests never ship */
import { delimiter, dirname } from 'node:path';

import { n8nVersion } from './install';
import { freePort } from './ports';

/** What is an instance's own. */
export interface Place {
	/** Path of the Node program that runs it. */
	node: string;
	/** Its home, with all that n8n keeps. */
	folder: string;
	/** The only folder that nodes may read. */
	filesFolder: string;
	encryptionKey: string;
}

const of1x = {
	// The vm engine for expressions needs isolated-vm, which needs Node 22, and here 1.x has Node 20.
	N8N_EXPRESSION_ENGINE: 'legacy',
	// The first alone by default; n8n 2.x has them all.
	N8N_AVAILABLE_BINARY_DATA_MODES: 'filesystem,database',
};
/** Another module that asks n8n's own servers; n8n 1.x has none of that name, and refuses to start. */
const of2x = { N8N_DISABLED_MODULES: 'mcp-registry' };

/**
 * The environment of one n8n process that stays on this machine. Names of variables: n8n's
 * `@n8n/config` 2.41.1 and docs.n8n.io/hosting/configuration.
 */
export async function environmentOf(place: Place): Promise<NodeJS.ProcessEnv> {
	const inherited = ['LANG', 'TMPDIR', 'HTTP_PROXY', 'HTTPS_PROXY', 'NODE_EXTRA_CA_CERTS'];
	return {
		...Object.fromEntries(inherited.map((name) => [name, process.env[name]])),
		NO_PROXY: '127.0.0.1,localhost',
		PATH: [dirname(place.node), process.env.PATH].join(delimiter),
		HOME: place.folder,
		N8N_USER_FOLDER: place.folder,
		N8N_ENCRYPTION_KEY: place.encryptionKey,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_RUNNERS_BROKER_PORT: String(await freePort()),
		N8N_SECURE_COOKIE: 'false',
		N8N_RESTRICT_FILE_ACCESS_TO: place.filesFolder,
		GENERIC_TIMEZONE: 'UTC',
		// Nothing that would ask n8n's own servers.
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		...(n8nVersion.startsWith('1.') ? of1x : of2x),
		EXTERNAL_FRONTEND_HOOKS_URLS: '',
		// Nothing that stands between the login and the workflow in the editor.
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
	};
}
