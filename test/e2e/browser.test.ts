/* eslint-disable @n8n/community-nodes/no-restricted-globals -- tests never ship */
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Browser, Locator, Page } from 'playwright-core';

import { CloseFiles } from '../../nodes/CloseFiles/CloseFiles.node';
import { Editor, launchBrowser, noBrowser, openPage } from '../n8n/editor';
import { Session, whenLive } from '../n8n/session';
import { chain, closeFiles, manualTrigger, readFiles, type WorkflowFile } from '../n8n/workflow';
import { locator } from '../support/builders';
import { choose, nodesOf, readExample } from './examplesFiles';
import { Setting, type SampleFile } from './setting';

/** A command, a start, and the editor's first load. */
const SETUP_MS = 240_000;

if (noBrowser !== undefined && process.env.CI) throw new Error(noBrowser);
if (noBrowser !== undefined) process.stderr.write(`Skipped: ${noBrowser}\n`);
const describeInBrowser = noBrowser === undefined ? describe : describe.skip;

let setting: Setting;
let session: Session;
let offer: SampleFile;
let terms: SampleFile;
let browser: Browser;
let page: Page;

/** A name of a parameter, as workflows have it and nobody should read it. */
const RAW_NAME = /\b[a-z]+[A-Z]\w*/;

describeInBrowser('in a browser', () => {
	let form: WorkflowFile;
	let unfinished: WorkflowFile;
	let mistaken: WorkflowFile;

	beforeAll(async () => {
		setting = await Setting.create();
		offer = await setting.writeFile('offer.pdf', 120_001);
		terms = await setting.writeFile('terms.pdf', 70_000);
		form = formExample();
		unfinished = chain('Offer', manualTrigger(), readFiles(offer.path));
		const wrong = setting.email({ binaryPropertyName: 'dat' });
		const node = closeFiles(setting.credential, wrong);
		mistaken = chain('Mistake', manualTrigger(), readFiles(offer.path), node);
		await setting.n8n.import([setting.credential], [form, unfinished, mistaken]);
		await setting.n8n.start();
		session = await Session.open(setting.n8n.url);
		await session.publish(form.id);
		browser = await launchBrowser();
	}, SETUP_MS);

	beforeEach(async () => {
		setting.sandbox.reset();
		page = await openPage(browser);
	});

	afterEach(async () => await page?.close());

	afterAll(async () => {
		await browser?.close();
		await setting?.close();
	});

	it('takes two files from a form to a draft that the page of Close shows', async () => {
		await whenLive(`${setting.n8n.url}/form/request-an-offer`);
		await page.goto(`${setting.n8n.url}/form/request-an-offer`);
		await page.getByLabel('Name').fill('Gina Moreau');
		await page.getByLabel('Email').fill('gina@bluth.example');
		await chooseFiles(page.getByLabel('Documents'), [offer.path, terms.path]);
		await page.getByRole('button', { name: 'Submit' }).click();
		await page.getByText('Your response has been recorded').waitFor();
		await session.firstExecution(form.id);

		await page.goto(setting.sandbox.url);

		const card = page.locator('article').filter({ hasText: 'Your documents, Gina Moreau' });
		expect(await card.innerText()).toMatch(/draft/);
		expect(await rowsOf(card)).toEqual([
			['offer.pdf', 'application/pdf', '120,001 B', offer.md5],
			['terms.pdf', 'application/pdf', '70,000 B', terms.md5],
		]);
	});

	it('lets a draft be made by clicking, and says that nothing is sent yet', async () => {
		const editor = await signIn();
		await editor.openWorkflow(unfinished.id);
		const actions = await editor.findNode('email attachment', 'Close Files');
		expect(actions.sort()).toEqual(actionsOf(new CloseFiles().description.properties).sort());
		await editor.addAction('Create email with attachment');
		await editor.chooseCredential(setting.credential.name);
		await editor.chooseFromList('Lead', 'harb', 'Harbour & Sons Ltd');
		await editor.type('To', 'ruth@harbour.example');
		await editor.type('Subject', 'Your offer');
		await editor.type('Body', '<p>Here it is.</p>');
		expect(await editor.form.innerText()).not.toMatch(RAW_NAME);
		await editor.execute();
		await editor.output.getByText(offer.name).first().waitFor();

		const output = await editor.output.innerText();
		const [email] = setting.sandbox.account.emails;
		expect(output).toContain('Saved as a draft in Close: nothing was sent.');
		expect(output).toContain(email.id);
		expect(email).toMatchObject({ status: 'draft', to: ['ruth@harbour.example'] });
		expect(setting.sandbox.s3.object(email.attachments[0].url)?.md5).toBe(offer.md5);
	});

	it('tells by its label which field is wrong, and what the item has', async () => {
		const editor = await signIn();
		await editor.openWorkflow(mistaken.id);
		await editor.openNode('Close Files');
		await editor.execute();
		const message = editor.output.getByTestId('node-error-message');
		await message.waitFor();

		const text = await editor.output.innerText();
		expect(text).toContain("'Input Data Field Name' asks for the file 'dat'");
		expect(text).toContain("Use one of the item's files: 'data'.");
		expect(text).not.toMatch(RAW_NAME);
		expect(setting.sandbox.requests).toEqual([]);
	});
});

function formExample(): WorkflowFile {
	const example = readExample('form-to-email-draft.json');
	choose(example, 'n8n-nodes-close-files.closeFiles', setting.credential);
	const [lead] = setting.sandbox.account.leads;
	nodesOf(example)['Create Email Draft'].parameters.leadId = locator(lead.id, 'list');
	return example;
}

async function signIn(): Promise<Editor> {
	return await Editor.signIn(page, setting.n8n.url, session.login);
}

/** Picks files in the chooser that the browser opens. */
async function chooseFiles(field: Locator, paths: string[]): Promise<void> {
	const [chooser] = await Promise.all([page.waitForEvent('filechooser'), field.click()]);
	await chooser.setFiles(paths);
}

/** The attachments that a card of the sandbox's page lists, by name. */
async function rowsOf(card: Locator): Promise<string[][]> {
	const rows = await card
		.getByRole('row')
		.filter({ has: page.getByRole('cell') })
		.all();
	const cells = rows.map(async (row) => await row.locator('td').allInnerTexts());
	return (await Promise.all(cells)).sort();
}

/** What the operations are called in the list of a node's actions. */
function actionsOf(properties: INodeProperties[]): Array<string | undefined> {
	return properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ options }) => options as INodePropertyOptions[])
		.map(({ action }) => action);
}
