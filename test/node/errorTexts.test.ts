/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests never ship */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { aSandbox } from '../support/aSandbox';
import { errorOf } from '../support/observations';
import { unpadded, WrittenPage } from '../support/writtenPage';
import { groups, type Told } from './errorTexts';

jest.mock('n8n-workflow', () => jest.requireActual('../support/skipWaits'));

const page = new WrittenPage('errors.md', 'test/node/errorTexts.test.ts');

const sandbox = aSandbox();

/** IDs, tokens and times are others in every run. */
const shortened = (text: string): string =>
	text
		.replace(/(?<=acti_)\w+/g, '…')
		.replace(/(?<=\/temporary\/)[^/]+\/[^/]+/g, '…/…')
		.replace(/(?<="expires_at":")[^"]+/g, '…');

async function paragraphOf({ when, run }: Told): Promise<string> {
	sandbox.reset();
	const { message, description, context } = await errorOf(await run(sandbox));
	const details = JSON.stringify(context.data, (_key, value: unknown) =>
		Array.isArray(value) && value.length === 0 ? undefined : value,
	);
	const lines = [message, description, ...(details === '{}' ? [] : [`details: ${details}`])];
	return `${when}\n\n\`\`\`text\n${shortened(lines.join('\n'))}\n\`\`\``;
}

/** First column of the table in its section "Errors". */
function textsInReadme(): string[] {
	const [, section] = readFileSync(join(__dirname, '../../README.md'), 'utf8').split(
		'\n## Errors\n',
	);
	const rows = section
		.split('\n## ')[0]
		.split('\n')
		.filter((line) => line.startsWith('| '));
	return rows.slice(2).map((row) => row.split('|')[1].trim());
}

describe('docs/errors.md', () => {
	it('tells what the user reads, and when (written anew with UPDATE_ERRORS=1)', async () => {
		const sections: string[] = [];
		for (const { heading, texts } of groups) {
			const paragraphs: string[] = [];
			for (const told of texts) paragraphs.push(await paragraphOf(told));
			sections.push(`## ${heading}`, ...paragraphs);
		}
		const written = sections.join('\n\n');

		if (process.env.UPDATE_ERRORS === '1') page.write(written);
		else expect(unpadded(page.read())).toBe(unpadded(written));
		expect(written).not.toMatch(/undefined|\[object|TypeError/);
	});

	it.each(textsInReadme())('has what the README quotes: %s', (quote) => {
		const [begin, end = ''] = quote.split('…');

		const lines = page.read().split('\n');

		expect(lines.filter((line) => line.startsWith(begin) && line.endsWith(end))).not.toEqual([]);
	});
});
