/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests never ship */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../sandbox/server';
import { adding, targets, type Target } from '../support/additions';
import {
	aLead,
	emailing,
	itemsWithFiles,
	locator,
	loggingWhatsApp,
	sendingNow,
	texting,
	uploading,
} from '../support/builders';
import { useBinaryMode } from '../support/execution';
import { templating } from '../support/templating';

interface Schema {
	type: string;
	properties?: Record<string, Schema>;
	items?: Schema;
}

const folder = join(__dirname, '../../nodes/CloseFiles/__schema__/v1.0.0');

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
	await useBinaryMode('filesystem');
});
afterAll(async () => await sandbox.close());

const gina = () => locator(aLead(sandbox).contacts[0].id);

/** An output item of each operation that has a schema. */
const outputs: Record<string, () => Promise<INodeExecutionData[]>> = {
	'email/createWithAttachment': async () =>
		await emailing(sandbox, await itemsWithFiles(1), sendingNow).run(),
	'emailTemplate/addAttachment': async () => await addingToDemo('emailTemplate'),
	'emailTemplate/createWithAttachment': async () =>
		await templating(sandbox, 'emailTemplate', await itemsWithFiles(1)).run(),
	'file/upload': async () => await uploading(sandbox, await itemsWithFiles(1)).run(),
	'sms/createWithAttachment': async () =>
		await texting(sandbox, await itemsWithFiles(1), { contactId: gina() }).run(),
	'whatsAppMessage/createWithAttachment': async () =>
		await loggingWhatsApp(sandbox, await itemsWithFiles(1)).run(),
	'opportunity/addAttachment': async () => await addingToDemo('opportunity'),
	'smsTemplate/addAttachment': async () => await addingToDemo('smsTemplate'),
	'smsTemplate/createWithAttachment': async () =>
		await templating(sandbox, 'smsTemplate', await itemsWithFiles(1)).run(),
};

/** Adds to the record of this kind that every sandbox has from the start. */
async function addingToDemo(resource: string): Promise<INodeExecutionData[]> {
	const target = targets.find((each) => each.resource === resource) as Target;
	const [record] = target.kind.records(sandbox);
	return await adding(sandbox, target, record, await itemsWithFiles(1)).run();
}

describe('the output schema', () => {
	it('is compared for every operation that has one', () => {
		const files = readdirSync(folder, { recursive: true })
			.map((path) => String(path).replaceAll('\\', '/'))
			.filter((path) => path.endsWith('.json'))
			.map((path) => path.slice(0, -'.json'.length));

		expect(Object.keys(outputs).sort()).toEqual(files.sort());
	});

	it.each(Object.keys(outputs))('of %s has the keys and types of the output', async (name) => {
		const schema = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Schema;

		const [{ json }] = await outputs[name]();

		expect(typesOf(json)).toEqual(typesIn(schema));
	});
});

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
