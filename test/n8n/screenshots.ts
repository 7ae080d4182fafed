/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests never ship */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { INode, INodeParameters } from 'n8n-workflow';
import type { Locator, Page } from 'playwright-core';

import { openCloseAccount, type CloseAccount } from '../demo/closeAccount';
import { Demo, draftOf } from '../demo/demo';
import { samplePdf } from '../demo/pdf';
import { Editor, launchBrowser, openPage } from './editor';
import { Instance } from './instance';
import { projectFolder } from './package';
import { chain, closeFiles, manualTrigger, node, type WorkflowFile } from './workflow';

/** `npx tsx test/n8n/screenshots.ts`: takes the pictures of docs/images from the running demo. */
async function main(): Promise<void> {
	const close = await openCloseAccount();
	const n8n = await Instance.create();
	const browser = await launchBrowser();
	try {
		const demo = await Demo.start(n8n, close);
		const files = ['offer.pdf', 'price-list.pdf'].map((name) => ({
			name,
			contentType: 'application/pdf',
			content: samplePdf([name]),
		}));
		draftOf(await demo.submit(files));
		const page = await openPage(browser);

		await page.setViewportSize({ width: 1000, height: 600 });
		await page.goto(demo.formUrl);
		await save(page, 'form');
		await page.goto(close.page);
		await save(page, 'sandbox-page');

		// As high as the form is long.
		await page.setViewportSize({ width: 1360, height: 1350 });
		const editor = await Editor.signIn(page, n8n.url, demo.session.login);
		await editor.openWorkflow(demo.workflow.id);
		await editor.openNode('Create Email Draft');
		await save(page, 'node-panel', editor.panel);
		await page.setViewportSize({ width: 1360, height: 900 });
		await takeOutputs(editor, demo, close.lead);
		await takeExample(editor, demo);
	} finally {
		await browser.close();
		await n8n.remove();
		await close.close();
	}
}

/** The node's answer to a step that is done, and to one that cannot be. */
async function takeOutputs(editor: Editor, demo: Demo, lead: CloseAccount['lead']): Promise<void> {
	const [{ id, name }] = await demo.session.request<Array<{ id: string; name: string }>>(
		'GET',
		'/credentials',
	);
	const step = (parameters: INodeParameters) => {
		const draft = closeFiles({ id, name }, emailOn(lead, parameters));
		return chain('Offer', manualTrigger(), ...offerFile(), draft);
	};
	await execute(editor, demo, step({}));
	// A table has room for the first columns only.
	await editor.output.getByText('Schema', { exact: true }).click();
	await editor.output.getByText('offer.pdf').first().waitFor();
	await save(editor.page, 'node-output', editor.panel);
	await execute(editor, demo, step({ binaryPropertyName: 'document' }));
	await editor.output.getByTestId('node-error-message').waitFor();
	await save(editor.page, 'node-error', editor.panel);
}

/** A file that was never read from a disk: n8n would show the folder of this machine beside it. */
const offerFile = (): INode[] => [
	node('Offer', 'n8n-nodes-base.set', 3.4, {
		mode: 'raw',
		jsonOutput: JSON.stringify({ pdf: samplePdf(['Offer 2026-118']).toString('base64') }),
	}),
	node('Convert to File', 'n8n-nodes-base.convertToFile', 1.1, {
		operation: 'toBinary',
		sourceProperty: 'pdf',
		options: { fileName: 'offer.pdf', mimeType: 'application/pdf' },
	}),
];

const emailOn = (
	{ id, name }: CloseAccount['lead'],
	parameters: INodeParameters,
): INodeParameters => ({
	resource: 'email',
	operation: 'createWithAttachment',
	leadId: { __rl: true, mode: 'list', value: id, cachedResultName: name },
	to: 'gina@bluth.example',
	subject: 'Your offer',
	body: '<p>Please find our offer attached.</p>',
	...parameters,
});

async function execute(editor: Editor, demo: Demo, workflow: WorkflowFile): Promise<void> {
	await editor.openWorkflow(await store(demo, workflow));
	await editor.openNode('Close Files');
	await editor.execute();
}

/** A workflow as it lies in the editor after its import. */
async function takeExample(editor: Editor, demo: Demo): Promise<void> {
	const file = join(projectFolder, 'examples/draft-approval-send.json');
	const example = JSON.parse(await readFile(file, 'utf8')) as WorkflowFile;
	await editor.openWorkflow(await store(demo, example));
	await editor.page.getByTestId('zoom-to-fit').click();
	await save(editor.page, 'example');
}

/** The id under which n8n stores a workflow that it does not have yet. */
async function store({ session }: Demo, { name, nodes, connections, settings }: WorkflowFile) {
	const workflow = { name, nodes, connections, settings };
	return (await session.request<{ id: string }>('POST', '/workflows', workflow)).id;
}

async function save(page: Page, name: string, part: Page | Locator = page): Promise<void> {
	await page.waitForLoadState('networkidle');
	for (const close of await page.locator('.el-notification__closeBtn').all()) await close.click();
	await page.mouse.move(0, 0);
	// What moves, to its end: a button that was busy, a notice that leaves, a menu that arrives.
	await page.waitForTimeout(1_000);
	const path = join(projectFolder, 'docs/images', `${name}.png`);
	await part.screenshot({ path, animations: 'disabled' });
	process.stdout.write(`${path}\n`);
}

void main();
