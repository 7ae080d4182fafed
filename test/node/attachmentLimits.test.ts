import type { FileRecord } from '../sandbox/server';
import {
	adding,
	otherFile,
	recordHolding,
	targetOf,
	unlogged,
	type Target,
} from '../support/additions';
import { aSandbox } from '../support/aSandbox';
import { aFile, anItem, itemsWithFiles } from '../support/builders';
import { bodiesOf, callsTo, errorOf, until } from '../support/observations';
import { validRuns } from '../support/operations';

jest.mock('n8n-workflow', () => jest.requireActual('../support/skipWaits'));

const sandbox = aSandbox();

const smsTemplate = targetOf('smsTemplate');

/** A record that has so many files, as if others had put them there. */
async function recordOf(target: Target, count: number): Promise<FileRecord> {
	const record = await recordHolding(sandbox, target, ['1.pdf']);
	const [{ url, ...file }] = record.attachments;
	const urls = Array.from({ length: count }, (_, n) => url.replace('1.pdf', `${n + 1}.pdf`));
	// The token, by which a file is known, is the last part of the path but one.
	record.attachments = urls.map((each, n) => ({
		...file,
		url: each.replace(/(\w+)(?=\/[^/]+\/$)/, `$1${n}`),
	}));
	return record;
}

/** An item with so many files. */
async function itemOf(count: number) {
	const items = await itemsWithFiles(count);
	return anItem(Object.fromEntries(items.map(({ binary }, n) => [`file_${n}`, binary!.data])));
}
const all = { parameters: { binaryPropertyName: '*' } };

describe('Add Attachment', () => {
	it.each([
		[
			'smsTemplate',
			8,
			3,
			'The SMS template holds 8 attachments, and 3 are to be added: more than the 10 that an SMS takes',
			'Add 2 at most, or remove attachments from the SMS template in Close first.',
		],
		[
			'smsTemplate',
			10,
			1,
			'The SMS template holds 10 attachments, and 1 is to be added: more than the 10 that an SMS takes',
			'To make room, remove attachments from the SMS template in Close first.',
		],
		[
			'email',
			999,
			2,
			'The email holds 999 attachments, and 2 are to be added: more than the 1000 that an email takes',
			'Add 1 at most, or remove attachments from the email in Close first.',
		],
		[
			'note',
			999,
			2,
			'The note holds 999 attachments, and 2 are to be added: more than the 1000 that a note takes',
			'Add 1 at most, or remove attachments from the note in Close first.',
		],
	])(
		'is refused on a record of %s with %d files before any upload of %d',
		async (resource, held, added, message, advice) => {
			const target = targetOf(resource);
			const record = await recordOf(target, held);

			const error = await errorOf(adding(sandbox, target, record, [await itemOf(added)], all));

			expect(error.message).toBe(message);
			expect(error.description).toBe(advice);
			expect(error.failure).toEqual({ cause: 'configuration-invalid' });
			expect(callsTo(sandbox)).toEqual([target.read]);
		},
	);

	it('fills an SMS template up to the tenth file', async () => {
		const record = await recordHolding(sandbox, smsTemplate, ['a.pdf', 'b.pdf']);

		await adding(sandbox, smsTemplate, record, [await itemOf(8)], all).run();

		expect(record.attachments).toHaveLength(10);
	});

	it('does not count a file that the record holds already', async () => {
		const record = await recordHolding(sandbox, smsTemplate, ['a.pdf', 'b.pdf', 'c.pdf']);
		const item = await itemOf(7);

		const outputs = await adding(sandbox, smsTemplate, record, [item, item, item], {
			parameters: { ...all.parameters, options: { maxParallel: 1 } },
		}).run();

		expect(outputs).toHaveLength(3);
		expect(record.attachments).toHaveLength(10);
	});

	it("lets n8n's second try find that the files of the first have arrived", async () => {
		const record = await recordHolding(sandbox, smsTemplate, ['a.pdf', 'b.pdf', 'c.pdf']);
		const { read, write } = smsTemplate;
		sandbox.faults.add({ call: write, effect: { statusAfter: 504 } });
		sandbox.faults.add({ call: read, effect: { status: 503 }, skip: 2, times: 5 });
		const run = adding(sandbox, smsTemplate, record, [await itemOf(7)], all);

		await errorOf(run);
		const [{ json }] = await run.run();

		expect(json.attachments).toHaveLength(10);
		expect(bodiesOf(sandbox, write)).toHaveLength(1);
	});

	it('is refused after the upload when another client has filled the record meanwhile', async () => {
		const record = await recordHolding(sandbox, smsTemplate, ['a.pdf']);
		const other = await unlogged(
			sandbox,
			async () => await otherFile(sandbox, smsTemplate, 'x.pdf'),
		);
		sandbox.faults.add({ call: 'POST s3', effect: { delayMs: 200 } });

		const [error] = await Promise.all([
			errorOf(adding(sandbox, smsTemplate, record, [await itemOf(9)], all)),
			until(() => callsTo(sandbox).includes('POST s3')).then(() => {
				record.attachments.push({ ...record.attachments[0], url: String(other.url) });
			}),
		]);

		expect(error.message).toContain('The SMS template holds 2 attachments, and 9 are to be added');
		expect(error.description).toContain('Already uploaded, usable for 24 hours: 1.pdf');
		expect(bodiesOf(sandbox, smsTemplate.write)).toEqual([]);
	});
});

describe('more files than a record takes', () => {
	it.each([
		[
			'smsTemplate: addAttachment',
			'The SMS template would have 11 attachments, more than the 10 that an SMS takes',
			'SMS template',
		],
		[
			'smsTemplate: createWithAttachment',
			'The SMS template would have 11 attachments, more than the 10 that an SMS takes',
			'SMS template',
		],
		[
			'sms: createWithAttachment',
			'The SMS would have 11 attachments, more than the 10 that an SMS takes',
			'SMS',
		],
		[
			'note: createWithAttachment',
			'The note would have 1001 attachments, more than the 1000 that a note takes',
			'note',
		],
		[
			'email: createWithAttachment',
			'The email would have 1001 attachments, more than the 1000 that an email takes',
			'email',
		],
	])('are refused before any request: %s', async (name, message, noun) => {
		const count = message.includes('1001') ? 1_001 : 11;
		const uploadedFiles = Array.from({ length: count }, (_, n) => ({
			url: `https://app.close.com/go/file/temporary/user_1/tok${n}/plan/`,
			filename: 'plan.pdf',
			content_type: 'application/pdf',
			size: 1,
		}));
		const run = await validRuns[name](sandbox, [anItem(await aFile())], {
			fileSource: 'uploaded',
			uploadedFiles,
		});

		const error = await errorOf(run);

		expect(error.message).toBe(message);
		expect(error.description).toBe(
			`Attach ${count - 1} files at most, and the others to another ${noun}.`,
		);
		expect(callsTo(sandbox)).toEqual([]);
	});
});
