import type { IDataObject } from 'n8n-workflow';
import { close } from '../conformance/client';
import type { FileRecord } from '../sandbox/server';
import {
	adding,
	namesIn,
	otherFile,
	recordHolding,
	targets,
	unlogged,
	type Target,
} from '../support/additions';
import { aSandbox } from '../support/aSandbox';
import { aFile, anItem, content, goOn, itemsWithFiles, md5 } from '../support/builders';
import { bodiesOf, callsTo, errorOf, until } from '../support/observations';

/** Time for another client between the arrival of a request and its handling. */
const MEANWHILE_MS = 300;
const UPLOAD = ['POST /files/upload/', 'POST s3'];
const OLD = ['1.pdf', '2.pdf', '3.pdf'];

const sandbox = aSandbox();

const newItem = async (name = 'New.pdf') => anItem(await aFile(name));
/** Another client does something when the node has sent that call, and before Close handles it. */
const meanwhile = async (call: string, work: () => Promise<void>) => {
	await until(() => callsTo(sandbox).includes(call));
	await unlogged(sandbox, work);
};
const later = (call: string) => sandbox.faults.add({ call, effect: { delayMs: MEANWHILE_MS } });
/** Another client writes the list of attachments with one file more. */
const addByOther = async ({ kind, keys }: Target, record: FileRecord, file: IDataObject) => {
	const held = record.attachments.map((each) =>
		Object.fromEntries(keys.map((key) => [key, (each as unknown as IDataObject)[key]])),
	);
	await close(sandbox, `PUT ${kind.path}${record.id}/`, { attachments: [...held, file] });
};

describe.each(targets)('Add Attachment to $name', (target) => {
	const { read, write, field, keys } = target;
	const holding = async (names: string[], fields = {}) =>
		await recordHolding(sandbox, target, names, fields);

	it('leaves a fourth file beside three, which keep their places, URLs and names', async () => {
		const record = await holding(OLD);
		const before = structuredClone(record.attachments);

		const [{ json }] = await adding(sandbox, target, record, [await newItem()]).run();

		const [added] = record.attachments.slice(3);
		expect(record.attachments).toEqual([...before, added]);
		expect(sandbox.s3.object(added.url)?.md5).toBe(md5(content(20, 'New.pdf')));
		expect(json).toMatchObject({ id: record.id, attachments: record.attachments });
	});

	it('sends the whole list and nothing else, in the keys that the record takes', async () => {
		const record = await holding(OLD);
		const urls = record.attachments.map(({ url }) => url);

		await adding(sandbox, target, record, [await newItem()]).run();

		const [body] = bodiesOf(sandbox, write);
		const sent = body.attachments as IDataObject[];
		expect(Object.keys(body)).toEqual(['attachments']);
		expect(sent.map(({ url }) => url)).toEqual([...urls, sandbox.account.uploads[3].url]);
		for (const each of sent) expect(Object.keys(each)).toEqual(keys);
	});

	it('leaves what Close holds of the others as it is, be it nothing', async () => {
		const record = await holding(OLD);
		// Where a file cannot be without a type, it may have an empty one.
		const type = ['email', 'note', 'emailTemplate'].includes(target.resource) ? null : '';
		Object.assign(record.attachments[1], { content_type: type });
		const before = structuredClone(record.attachments);

		await adding(sandbox, target, record, [await newItem()]).run();

		expect(record.attachments.slice(0, 3)).toEqual(before);
		const [{ attachments }] = bodiesOf(sandbox, write);
		expect(attachments).toMatchObject([{}, { content_type: type }, {}, {}]);
	});

	it('reads before the upload and again before it writes', async () => {
		const record = await holding(OLD);

		await adding(sandbox, target, record, [await newItem()]).run();

		const readsBack = target.resource === 'smsTemplate' ? [read] : [];
		expect(callsTo(sandbox)).toEqual([read, ...UPLOAD, read, write, ...readsBack]);
	});

	it('keeps a file that another client adds while ours is uploaded', async () => {
		const record = await holding(OLD);
		const other = await unlogged(sandbox, async () => await otherFile(sandbox, target, '4.pdf'));
		later('POST s3');

		const [outputs] = await Promise.all([
			adding(sandbox, target, record, [await newItem()]).run(),
			meanwhile('POST s3', async () => await addByOther(target, record, other)),
		]);

		expect(namesIn(record)).toEqual([...OLD, '4.pdf', 'New.pdf']);
		expect(outputs[0].json.attachments).toHaveLength(5);
	});

	it('keeps what another client changes in another field between our read and our write', async () => {
		const record = await holding(OLD);
		later(write);

		await Promise.all([
			adding(sandbox, target, record, [await newItem()]).run(),
			meanwhile(write, async () => {
				record[field] = 'EUR';
			}),
		]);

		expect(record[field]).toBe('EUR');
		expect(namesIn(record)).toEqual([...OLD, 'New.pdf']);
	});

	it('overwrites a list that another client writes between our last read and our write', async () => {
		const record = await holding(OLD);
		const other = await unlogged(sandbox, async () => await otherFile(sandbox, target, '4.pdf'));
		later(write);

		await Promise.all([
			adding(sandbox, target, record, [await newItem()]).run(),
			meanwhile(write, async () => {
				await addByOther(target, record, other);
				expect(namesIn(record)).toEqual([...OLD, '4.pdf']);
			}),
		]);

		expect(namesIn(record)).toEqual([...OLD, 'New.pdf']);
	});

	it('adds the files of several items to one record, none of them lost', async () => {
		const record = await holding(['Old.pdf']);

		const outputs = await adding(sandbox, target, record, await itemsWithFiles(4)).run();

		const [first, ...added] = namesIn(record);
		expect([first, added.sort()]).toEqual(['Old.pdf', ['1.pdf', '2.pdf', '3.pdf', '4.pdf']]);
		for (const [item, { json }] of outputs.entries()) {
			expect(namesIn(json as never)).toContain(`${item + 1}.pdf`);
		}
	});

	it('adds a file once that several items, and several fields of an item, ask for', async () => {
		const record = await holding(OLD);
		const data = await aFile('New.pdf');
		const items = [anItem({ a: data, b: data }), anItem({ a: data }), anItem({ a: data })];
		const more = { parameters: { binaryPropertyName: '*' } };

		const outputs = await adding(sandbox, target, record, items, more).run();

		expect(namesIn(record)).toEqual([...OLD, 'New.pdf']);
		expect(outputs.map(({ json }) => namesIn(json as never).length)).toEqual([4, 4, 4]);
		expect(bodiesOf(sandbox, write)).toHaveLength(1);
	});

	it('reports what is uploaded when Close refuses the list and the workflow goes on', async () => {
		const record = await holding(OLD);
		sandbox.faults.add({ call: write, effect: { status: 400, body: { error: 'Not now.' } } });

		const [{ json }] = await adding(sandbox, target, record, [await newItem()], goOn).run();

		const { url } = sandbox.account.uploads[3];
		expect(json.error).toContain('Not now');
		expect(json.details).toMatchObject({ status: 400, uploaded: [{ url, filename: 'New.pdf' }] });
		expect(namesIn(record)).toEqual(OLD);
	});

	it('uploads nothing for a record that does not exist', async () => {
		const record = await holding([]);
		const gone = { id: `${record.id}x` };

		const error = await errorOf(adding(sandbox, target, gone, [await newItem()]));

		expect(error.httpCode).toBe('404');
		expect(callsTo(sandbox)).toEqual([read]);
	});
});

describe.each(targets)('Add Attachment to $name, should Close append to the list', (target) => {
	const appending = aSandbox({ putAttachments: 'append' });

	const doubled = "it has '1.pdf', '2.pdf', '1.pdf', '2.pdf', 'New.pdf' instead of";

	it("says what the record holds, in n8n's second try too, which writes nothing more", async () => {
		const record = await recordHolding(appending, target, ['1.pdf', '2.pdf']);
		const execution = adding(appending, target, record, [await newItem()]);

		const [first, second] = [await errorOf(execution), await errorOf(execution)];

		expect([first.message, second.message]).toEqual([
			expect.stringContaining(doubled),
			expect.stringContaining(doubled),
		]);
		expect(first.context.data).toMatchObject({ code: 'AttachmentsDiffer' });
		expect(bodiesOf(appending, target.write)).toHaveLength(1);
	});
});

describe('Add Attachment to an email', () => {
	const [email, , emailTemplate] = targets;

	it.each(['sent', 'inbox', 'scheduled', 'outbox'])(
		'is refused before any upload when its status is %s',
		async (status) => {
			const record = await recordHolding(sandbox, email, OLD);
			record.status = status;

			const error = await errorOf(adding(sandbox, email, record, [await newItem()]));

			expect(error.message).toBe(
				`The email is no draft: its status is '${status}', and Close changes drafts only`,
			);
			expect(error.failure).toEqual({ cause: 'configuration-invalid' });
			expect(callsTo(sandbox)).toEqual([email.read]);
		},
	);

	it('is refused when it is sent while the file is uploaded, and the file reported', async () => {
		const record = await recordHolding(sandbox, email, OLD);
		later('POST s3');

		const [error] = await Promise.all([
			errorOf(adding(sandbox, email, record, [await newItem()])),
			meanwhile('POST s3', async () => {
				record.status = 'sent';
			}),
		]);

		expect(error.message).toContain("its status is 'sent'");
		expect(error.description).toContain('Already uploaded, usable for 24 hours: New.pdf');
		expect(bodiesOf(sandbox, email.write)).toEqual([]);
	});

	it.each([email, emailTemplate])(
		'leaves a file of $name that its HTML refers to and that is listed too',
		async (target) => {
			const file = await unlogged(sandbox, async () => await otherFile(sandbox, target, 'a.png'));
			const record = await recordHolding(sandbox, target, [], {
				attachments: [{ ...file, content_id: 'a' }],
			});

			await adding(sandbox, target, record, [await newItem()]).run();

			expect(record.attachments[0]).toMatchObject({ content_id: 'a', inline_only: false });
		},
	);

	it.each([email, emailTemplate])('leaves an image inside the HTML of $name', async (target) => {
		const file = await unlogged(sandbox, async () => await otherFile(sandbox, target, 'Logo.png'));
		const inline = { ...file, content_id: 'logo', inline_only: true };
		const record = await recordHolding(sandbox, target, [], { attachments: [inline] });

		await adding(sandbox, target, record, [await newItem()]).run();

		expect(record.attachments).toMatchObject([
			{ filename: 'Logo.png', content_id: 'logo', inline_only: true },
			{ filename: 'New.pdf', content_id: null, inline_only: false },
		]);
	});

	it.each([email, emailTemplate])(
		'is refused before any upload for a file of unknown size on $name',
		async (target) => {
			const record = await recordHolding(sandbox, target, []);
			const uploadedFiles = { url: 'https://app.close.com/go/file/a/b/', filename: 'a.pdf' };
			const more = { parameters: { fileSource: 'uploaded', uploadedFiles } };

			const error = await errorOf(adding(sandbox, target, record, [{ json: {} }], more));

			expect(error.message).toBe("'Uploaded Files' does not tell the size of 'a.pdf'");
			expect(callsTo(sandbox)).toEqual([]);
		},
	);
});
