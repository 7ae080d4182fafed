/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests never ship */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';

/** A fenced block. */
export interface Block {
	/** What stands behind the fence, e.g. `sh`; empty without. */
	language: string;
	code: string;
	/** The heading that it stands under, as written. */
	heading: string;
}

export interface Page {
	/** Relative to the project, with slashes. */
	path: string;
	/** The page without its fenced blocks. */
	prose: string;
	blocks: Block[];
	headings: string[];
}

export const root = resolve(__dirname, '../..');

/** The folders that hold pages for readers, and the pages beside them. */
const folders = ['docs', '.github', 'examples', 'test'];

/** Every page that users and maintainers read. */
export function readPages(): Page[] {
	const inFolders = folders.flatMap((folder) =>
		readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) =>
			join(folder, path),
		),
	);
	return [...readdirSync(root), ...inFolders]
		.filter((path) => path.endsWith('.md'))
		.map((path) => path.split(sep).join('/'))
		.sort()
		.map(readPage);
}

/** @param path relative to the project. */
export function readPage(path: string): Page {
	const page: Page = { path, prose: '', blocks: [], headings: [] };
	let open: { fence: string; block: Block } | undefined;
	for (const line of readFileSync(join(root, path), 'utf8').split('\n')) {
		const fence = /^\s*(`{3,})\s*(\w*)/.exec(line);
		if (open !== undefined) {
			if (fence?.[1] === open.fence) open = undefined;
			else open.block.code += `${line}\n`;
		} else if (fence) {
			const block = { language: fence[2], code: '', heading: page.headings.at(-1) ?? '' };
			page.blocks.push(block);
			open = { fence: fence[1], block };
		} else {
			page.prose += `${line}\n`;
			const heading = /^#{1,6} (.*)$/.exec(line);
			if (heading) page.headings.push(heading[1]);
		}
	}
	return page;
}

/** The anchors that GitHub gives to headings; the second of its name ends in `-1`. */
export function anchorsOf({ headings }: Page): string[] {
	const seen = new Map<string, number>();
	return headings.map((heading) => {
		const text = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
		const anchor = text.replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-');
		const count = seen.get(anchor) ?? 0;
		seen.set(anchor, count + 1);
		return count === 0 ? anchor : `${anchor}-${count}`;
	});
}

/** The targets of a page's links and pictures. */
export function linksOf({ prose }: Page): string[] {
	const withoutCode = prose.replace(/`[^`]*`/g, '');
	return [...withoutCode.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target);
}

/** The cells of the table row that begins with this text, without the first. */
export function rowOf({ path, prose }: Page, first: string): string[] {
	const rows = prose
		.split('\n')
		.filter((line) => line.startsWith('|'))
		.map((line) => line.split('|').slice(1, -1))
		.map((cells) => cells.map((cell) => cell.trim()))
		.filter(([cell]) => cell === first);
	if (rows.length !== 1) throw new Error(`${path} has ${rows.length} rows "${first}"`);
	return rows[0].slice(1);
}
