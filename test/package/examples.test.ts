/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INode } from 'n8n-workflow';
import { root } from './dist';

const folder = join(root, 'examples');
const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
const page = readFileSync(join(folder, 'README.md'), 'utf8');

const nodesOf = (name: string): INode[] =>
	(JSON.parse(readFileSync(join(folder, name), 'utf8')) as { nodes: INode[] }).nodes;

describe.each(names)('%s', (name) => {
	const nodes = nodesOf(name);

	it('is listed in the README of the examples', () => {
		expect(page).toContain(`(${name})`);
	});

	it('leaves credentials to choose', () => {
		expect(nodes.filter(({ credentials }) => credentials !== undefined)).toEqual([]);
	});

	it('creates no email or SMS that goes out by itself', () => {
		const created = nodes.filter(({ parameters }) => parameters.status !== undefined);
		const sending = created.filter(({ parameters }) => parameters.operation !== 'sendDraft');

		expect(sending.filter(({ parameters }) => parameters.status !== 'draft')).toEqual([]);
	});

	it('has a note that names each node which asks for a credential of Close', () => {
		const notes = nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
		const text = notes.map(({ parameters }) => String(parameters.content)).join('\n');

		for (const node of nodes.filter(({ type }) => type.startsWith('n8n-nodes-close-files.'))) {
			expect(text).toContain(`**${node.name}**`);
		}
	});

	it('lays nothing over another in the editor', () => {
		const boxes = nodes.map(boxOf);
		const covered = boxes.flatMap((box, index) =>
			boxes
				.slice(index + 1)
				.filter((other) => overlap(box, other))
				.map((other) => [box.name, other.name]),
		);

		expect(covered).toEqual([]);
	});
});

interface Box {
	name: string;
	left: number;
	top: number;
	right: number;
	bottom: number;
}

/**
 * What a node covers in n8n's editor: 96 by 96, its name and subtitle below, and to the right the
 * plus sign where nothing follows. A note says its own size.
 */
function boxOf({ name, position: [left, top], parameters: { width, height } }: INode): Box {
	const [right, bottom] = [left + Number(width ?? 200), top + Number(height ?? 160)];
	return { name, left, top, right, bottom };
}

function overlap(one: Box, other: Box): boolean {
	return (
		one.left < other.right &&
		other.left < one.right &&
		one.top < other.bottom &&
		other.top < one.bottom
	);
}
