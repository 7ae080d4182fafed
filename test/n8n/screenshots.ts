/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests never ship */
import { join } from 'node:path';
import { chromium, selectors, type Page } from 'playwright-core';

import { openCloseAccount } from '../demo/closeAccount';
import { Demo, draftOf } from '../demo/demo';
import { samplePdf } from '../demo/pdf';
import { Instance } from './instance';
import { projectFolder } from './package';

/** Debian's; another path by the environment. */
const browserPath = process.env.CHROMIUM ?? '/usr/bin/chromium';

const browserArguments = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/** `npx tsx test/n8n/screenshots.ts`: takes the pictures of docs/images from the running demo. */
async function main(): Promise<void> {
	const close = await openCloseAccount();
	const n8n = await Instance.create();
	const browser = await chromium.launch({
		executablePath: browserPath,
		args: browserArguments,
	});
	// n8n's editor spells the attribute this way.
	selectors.setTestIdAttribute('data-test-id');
	try {
		const demo = await Demo.start(n8n, close);
		const files = ['offer.pdf', 'price-list.pdf'].map((name) => ({
			name,
			contentType: 'application/pdf',
			content: samplePdf([name]),
		}));
		draftOf(await demo.submit(files));
		const page = await browser.newPage();
		page.setDefaultTimeout(30_000);

		await page.setViewportSize({ width: 1000, height: 600 });
		await page.goto(demo.formUrl);
		await save(page, 'form');
		await page.goto(close.page);
		await save(page, 'sandbox-page');
		await page.setViewportSize({ width: 1360, height: 900 });
		await openNode(page, demo);
		await save(page, 'node-panel');
	} finally {
		await browser.close();
		await n8n.remove();
		await close.close();
	}
}

/** Logs in to the editor and opens the panel of the node. */
async function openNode(page: Page, demo: Demo): Promise<void> {
	const { email, password } = demo.session.login;
	await page.goto(`${demo.n8n.url}/signin`);
	await page.locator('input[name=emailOrLdapLoginId]').fill(email);
	await page.locator('input[name=password]').fill(password);
	await page.getByTestId('form-submit-button').click();
	await page.waitForURL(/\/home\//);
	await page.goto(demo.editorUrl);
	await page.getByTestId('canvas-node').filter({ hasText: 'Create Email Draft' }).dblclick();
	await page.getByTestId('node-parameters').waitFor();
	await page.waitForLoadState('networkidle');
}

async function save(page: Page, name: string): Promise<void> {
	const path = join(projectFolder, 'docs/images', `${name}.png`);
	await page.screenshot({ path, animations: 'disabled' });
	process.stdout.write(`${path}\n`);
}

void main();
