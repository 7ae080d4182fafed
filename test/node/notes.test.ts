import { aSandbox } from '../support/aSandbox';
import { aFile, aLead, anItem, itemsWithFiles, locator, noting } from '../support/builders';
import { bodiesOf, callsTo, errorOf } from '../support/observations';

jest.mock('n8n-workflow', () => jest.requireActual('../support/skipWaits'));

const sandbox = aSandbox();

const CREATE = 'POST /activity/note/';

describe('Create Note With Attachment', () => {
	it('writes the note with its files in the order of their fields', async () => {
		const files = { b: await aFile('B.pdf'), a: await aFile('A.pdf') };

		const [{ json }] = await noting(sandbox, [anItem(files)], { binaryPropertyName: 'b, a' }).run();

		const { uploads } = sandbox.account;
		const urlOf = (name: string) => uploads.find(({ filename }) => filename === name)?.url;
		expect(bodiesOf(sandbox, CREATE)).toEqual([
			{
				lead_id: aLead(sandbox).id,
				note_html: '<body><p>Signed.</p></body>',
				attachments: [
					{ url: urlOf('B.pdf'), filename: 'B.pdf', content_type: 'application/pdf' },
					{ url: urlOf('A.pdf'), filename: 'A.pdf', content_type: 'application/pdf' },
				],
			},
		]);
		expect(json.attachments).toEqual([
			expect.objectContaining({ filename: 'B.pdf', size: 20 }),
			expect.objectContaining({ filename: 'A.pdf', size: 20 }),
		]);
	});

	it.each([
		[
			'HTML in a body of its own',
			{ body: '<body><b>Hi</b></body>' },
			'note_html',
			'<body><b>Hi</b></body>',
		],
		['text as it is', { bodyType: 'text', body: '1 < 2' }, 'note', '1 < 2'],
		['nothing, where there is none', { body: '' }, 'note_html', undefined],
	])('sends %s', async (_what, parameters, key, expected) => {
		await noting(sandbox, await itemsWithFiles(1), parameters).run();

		expect(bodiesOf(sandbox, CREATE)[0][key]).toEqual(expected);
	});

	it('sends the additional fields in Close’s words', async () => {
		const [contact] = aLead(sandbox).contacts;
		const additionalFields = {
			title: 'Contract',
			pinned: true,
			contactId: locator(contact.id),
			userId: locator(sandbox.account.owner.id),
			dateCreated: '2026-01-02T03:04:05Z',
			activityAt: '2026-01-01 12:00:00',
		};

		await noting(sandbox, await itemsWithFiles(1), { additionalFields } as never).run();

		expect(bodiesOf(sandbox, CREATE)[0]).toMatchObject({
			title: 'Contract',
			pinned: true,
			contact_id: contact.id,
			user_id: sandbox.account.owner.id,
			date_created: '2026-01-02T03:04:05.000Z',
			activity_at: '2026-01-01T17:00:00.000Z',
		});
	});

	it.each([
		['a lead', { leadId: locator('') }, "'Lead' is empty"],
		[
			'a file',
			{ binaryPropertyName: 'offer' },
			"'Input Data Field Name' asks for the file 'offer'",
		],
		['a body type', { bodyType: 'markdown' }, "'Body Type' holds 'markdown'"],
		['a date', { additionalFields: { activityAt: 'soon' } }, "'Activity At' holds 'soon'"],
	])('without %s is refused before any request', async (_what, parameters, message) => {
		const error = await errorOf(noting(sandbox, await itemsWithFiles(1), parameters as never));

		expect(error.message).toContain(message);
		expect(sandbox.requests).toEqual([]);
	});

	it('is written once although its answer is lost and the lists lag', async () => {
		sandbox.faults.add({ call: CREATE, effect: { reset: 'after' } });

		const [{ json }] = await noting(sandbox, await itemsWithFiles(1)).run();

		expect(sandbox.account.notes.map(({ id }) => id)).toEqual([json.id]);
		expect(callsTo(sandbox)).toContain('GET /activity/note/');
	});

	it('with a date of the past is found around that date', async () => {
		sandbox.faults.add({ call: CREATE, effect: { reset: 'after' } });
		const additionalFields = { dateCreated: '2020-02-03T04:05:06Z' };

		const [{ json }] = await noting(sandbox, await itemsWithFiles(1), { additionalFields }).run();

		expect(sandbox.account.notes.map(({ id }) => id)).toEqual([json.id]);
	});

	it('that never arrived is said to be in doubt, and not written by n8n’s next try', async () => {
		sandbox.faults.add({ call: CREATE, effect: { reset: 'before' } });
		const run = noting(sandbox, await itemsWithFiles(1));

		const errors = [await errorOf(run), await errorOf(run)];

		expect(errors.map(({ message }) => message)).toEqual(
			Array(2).fill(expect.stringContaining('The note may have been created')),
		);
		expect(bodiesOf(sandbox, CREATE)).toHaveLength(1);
	});
});
