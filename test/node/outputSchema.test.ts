/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests never ship */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { aSandbox } from '../support/aSandbox';
import { itemsWithFiles } from '../support/builders';
import { validRuns } from '../support/operations';

interface Schema {
	type: string;
	properties?: Record<string, Schema>;
	items?: Schema;
}

const folder = join(__dirname, '../../nodes/CloseFiles/__schema__/v1.0.0');

const sandbox = aSandbox();

describe('the output schema', () => {
	it('is there for every operation with a valid run, and no other', () => {
		const files = readdirSync(folder, { recursive: true })
			.map((path) => String(path).replaceAll('\\', '/'))
			.filter((path) => path.endsWith('.json'))
			.map((path) => path.slice(0, -'.json'.length));

		expect(Object.keys(validRuns).map(fileOf).sort()).toEqual(files.sort());
	});

	it.each(Object.keys(validRuns))('of %s has the keys and types of the output', async (name) => {
		const execution = await validRuns[name](sandbox, await itemsWithFiles(1));

		const [{ json }] = await execution.run();

		const path = join(folder, `${fileOf(name)}.json`);
		const schema = JSON.parse(readFileSync(path, 'utf8')) as Schema;
		expect(typesOf(json)).toEqual(typesIn(schema));
	});
});

/** `email: sendDraft` has its schema in `email/sendDraft.json`. */
function fileOf(name: string): string {
	return name.replace(': ', '/');
}

/** Keys with their types, nested; of a list those of its first item. */
function typesOf(value: unknown): unknown {
	if (Array.isArray(value)) return [typesOf(value[0])];
	if (value === null) return 'null';
	if (typeof value === 'object') {
		return Object.fromEntries(
			Object.entries(value as IDataObject).map(([key, inner]) => [key, typesOf(inner)]),
		);
	}
	return Number.isInteger(value) ? 'integer' : typeof value;
}

function typesIn({ type, properties, items }: Schema): unknown {
	if (type === 'array' && items) return [typesIn(items)];
	if (type !== 'object') return type;
	return Object.fromEntries(
		Object.entries(properties ?? {}).map(([key, inner]) => [key, typesIn(inner)]),
	);
}
