import ownFolder from '../jestFolder';
import { install } from '../n8n/install';
import { build } from '../n8n/package';

export default async function globalSetup(): Promise<void> {
	await ownFolder();
	await install();
	await build();
}
