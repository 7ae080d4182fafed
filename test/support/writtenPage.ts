/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests never ship */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The part of a page in docs/ that a test writes, so that it says what was seen in a run. It stands
 * between two comments, the first of which names the test.
 */
export class WrittenPage {
	private readonly path: string;
	private readonly begin: string;
	private readonly end = '<!-- end -->';

	constructor(page: string, writer: string) {
		this.path = join(__dirname, '../../docs', page);
		this.begin = `<!-- begin: written by ${writer} -->`;
	}

	read(): string {
		return this.parts()[1];
	}

	write(text: string): void {
		const [head, , tail] = this.parts();
		writeFileSync(this.path, `${head}${this.begin}\n\n${text}\n\n${this.end}${tail}`);
	}

	private parts(): [head: string, written: string, tail: string] {
		const [head, rest] = readFileSync(this.path, 'utf8').split(this.begin);
		const [written, tail] = rest.split(this.end);
		return [head, written, tail];
	}
}

/** Without the padding that prettier gives to tables. */
export const unpadded = (text: string): string =>
	text.replace(/ +/g, ' ').replace(/-{3,}/g, '---').trim();
