import { install } from '../n8n/install';
import { build } from '../n8n/package';

export default async function globalSetup(): Promise<void> {
	await install();
	await build();
}
