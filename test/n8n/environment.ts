/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests never ship */
import { delimiter, dirname } from 'node:path';

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
		N8N_DISABLED_MODULES: 'mcp-registry',
		EXTERNAL_FRONTEND_HOOKS_URLS: '',
		// Nothing that stands between the login and the workflow in the editor.
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
	};
}
