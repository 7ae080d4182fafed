/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests never ship */
import { existsSync } from 'node:fs';
import { chromium, selectors, type Browser, type Locator, type Page } from 'playwright-core';

import type { Login } from './session';

/** Debian's; another path by the environment. */
export const browserPath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Why the browser cannot be started on this machine; undefined when it can. */
export const noBrowser = existsSync(browserPath)
	? undefined
	: `${browserPath} not found. Install Debian's package chromium, or name a Chromium in CHROMIUM.`;

export async function launchBrowser(): Promise<Browser> {
	// n8n's editor spells the attribute this way.
	selectors.setTestIdAttribute('data-test-id');
	return await chromium.launch({
		executablePath: browserPath,
		args: [
			'--no-sandbox',
			'--disable-gpu',
			'--disable-quic',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
		],
	});
}

/** A page that waits patiently: a busy machine takes its time. */
export async function openPage(browser: Browser): Promise<Page> {
	const page = await browser.newPage({ viewport: { width: 1360, height: 900 } });
	page.setDefaultTimeout(60_000);
	return page;
}

/** n8n's editor as a user drives it: by what the screen says. Seen with n8n 2.41.1. */
export class Editor {
	/** A node's own window: what comes in, its form, what goes out. */
	readonly panel: Locator;
	/** The form of the node whose panel is open. */
	readonly form: Locator;
	/** What the panel shows to the right of the form. */
	readonly output: Locator;

	private constructor(
		readonly page: Page,
		private readonly url: string,
	) {
		this.panel = page.getByTestId('ndv');
		this.form = page.getByTestId('node-parameters');
		this.output = page.getByTestId('output-panel');
	}

	/** @param url n8n's address, without a slash at the end. */
	static async signIn(page: Page, url: string, { email, password }: Login): Promise<Editor> {
		await page.goto(`${url}/signin`);
		await page.locator('input[name=emailOrLdapLoginId]').fill(email);
		await page.locator('input[name=password]').fill(password);
		await page.getByTestId('form-submit-button').click();
		await page.waitForURL(/\/home\//);
		return new Editor(page, url);
	}

	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.page.getByTestId('canvas-node').first().waitFor();
	}

	async openNode(name: string): Promise<void> {
		await this.page.getByTestId('canvas-node').filter({ hasText: name }).dblclick();
		await this.form.waitFor();
	}

	/** Looks for a node behind the last one of the workflow; the names of its actions. */
	async findNode(search: string, name: string): Promise<string[]> {
		const creator = this.page.getByTestId('node-creator');
		await this.page.getByTestId('canvas-handle-plus').last().click();
		await creator.getByPlaceholder('Search nodes').fill(search);
		await creator.getByText(name, { exact: true }).click();
		const heading = await creator.getByText(/^Actions \(\d+\)$/).innerText();
		const actions = creator.locator('[data-keyboard-nav-type=action]');
		await actions.nth(Number(/\d+/.exec(heading)) - 1).waitFor();
		return await actions.allInnerTexts();
	}

	/** Adds one of the actions of the node that was found, and stands in its panel. */
	async addAction(name: string): Promise<void> {
		await this.page.getByTestId('node-creator').getByText(name, { exact: true }).click();
		await this.form.waitFor();
	}

	/** The field with this label. */
	field(label: string): Locator {
		const title = this.page.getByText(label, { exact: true });
		return this.form.getByTestId('parameter-item').filter({ has: title }).last();
	}

	async type(label: string, text: string): Promise<void> {
		await this.field(label).locator('input, textarea').last().fill(text);
	}

	/** Chooses in a dropdown. */
	async choose(label: string, option: string): Promise<void> {
		await this.field(label).getByRole('combobox').last().click();
		await this.option(option).click();
	}

	/** Chooses a record in a list that Close fills, by what the search finds. */
	async chooseFromList(label: string, search: string, name: string): Promise<void> {
		await this.field(label).getByTestId('rlc-input').click();
		await this.page.getByTestId('rlc-search').fill(search);
		await this.page.getByTestId('rlc-item').filter({ hasText: name }).click();
	}

	async chooseCredential(name: string): Promise<void> {
		await this.page.getByTestId('node-credentials-select').click();
		await this.option(name).click();
	}

	async execute(): Promise<void> {
		await this.page.getByTestId('node-execute-button').click();
	}

	private option(name: string): Locator {
		const title = this.page.getByText(name, { exact: true });
		return this.page.getByRole('option').filter({ has: title, visible: true });
	}
}
