import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { recordHolding, targets, type Target } from '../support/additions';
import { aSandbox } from '../support/aSandbox';
import { aFile, aLead, anItem, uploading } from '../support/builders';
import { execution } from '../support/execution';
import { readPage } from '../support/markdown';
import { fileOf, startWebServer, type WebServer } from '../support/webServer';

/** Each block of the page in its order: its heading, the files that its output names, its status. */
const recipes: Array<[heading: string, files: string[], status?: string]> = [
	['Every file of a form or an email', ['Plan.pdf', 'Permit.pdf'], 'draft'],
	['One upload for many leads', ['Offer.pdf']],
	['One upload for many leads', ['Prices.pdf'], 'draft'],
	['Text or CSV as a file', ['Call 2026-11-24.txt']],
	['A file from an address', ['Contract.pdf']],
	['A picture in the text of an email', ['Offer.pdf', 'Logo.png'], 'draft'],
	['A reply in its thread', ['Offer.pdf'], 'draft'],
	['Send it tomorrow morning', ['Offer.pdf'], 'scheduled'],
	['A draft that somebody approves', ['Terms.pdf'], 'outbox'],
	['The files of an email that came in', ['Terms.pdf'], 'draft'],
	['Another file for a note that exists', ['Terms.pdf', 'Offer.pdf']],
	['Go on when a file cannot be sent', ['Saved.pdf']],
];

const blocks = readPage('docs/recipes.md').blocks.filter(({ language }) => language === 'json');

const sandbox = aSandbox();
let web: WebServer;
beforeAll(async () => {
	web = await startWebServer();
	web.paths['/c.pdf'] = fileOf(Buffer.from('signed'), { 'Content-Type': 'application/pdf' });
});
afterAll(async () => await web.close());

const targetOf = (resource: string): Target =>
	targets.find((target) => target.resource === resource) as Target;

/** What "Upload File" gives for a file of that name. */
async function uploaded(name: string): Promise<IDataObject> {
	const [output] = await uploading(sandbox, [anItem(await aFile(name))]).run();
	return output.json;
}

/** An item with every file and every field that a recipe speaks of. */
async function itemForAll(): Promise<INodeExecutionData> {
	const draft = await recordHolding(sandbox, targetOf('email'), ['Terms.pdf'], {
		to: ['gina@bluth.example'],
	});
	const note = await recordHolding(sandbox, targetOf('note'), ['Terms.pdf']);
	const files = {
		data: await aFile('Offer.pdf'),
		offer: await aFile('Offer.pdf'),
		logo: await aFile('Logo.png', { mimeType: 'image/png' }),
		Documents_0: await aFile('Plan.pdf'),
		Documents_1: await aFile('Permit.pdf'),
	};
	return anItem(files, {
		leadId: aLead(sandbox).id,
		email: 'gina@bluth.example',
		subject: 'Desks',
		sender: 'nora@sandbox.example',
		transcript: 'Hello?',
		contractUrl: `${web.url}/c.pdf`,
		emailId: draft.id,
		draftId: draft.id,
		noteId: note.id,
		uploadPriceList: await uploaded('Prices.pdf'),
		details: { uploaded: [await uploaded('Saved.pdf')] },
	});
}

/** The settings with what another node gave put on the item: a test has one node. */
function settingsIn(code: string): IDataObject {
	const alone = code.replace("$('Upload Price List').first().json", '$json.uploadPriceList');
	// The page was written then; `$now` is later.
	const onThatDay = alone.replace('$now.toISODate()', "'2026-11-24'");
	return JSON.parse(onThatDay) as IDataObject;
}

/** The names of the files that an output item tells of. */
function filesIn({ json, binary }: INodeExecutionData): unknown[] {
	if (binary !== undefined) return Object.values(binary).map(({ fileName }) => fileName);
	const { attachments, filename, name } = json;
	if (!Array.isArray(attachments)) return [filename ?? name];
	return (attachments as IDataObject[]).map((attachment) => attachment.filename);
}

describe('docs/recipes.md', () => {
	it('has the recipes that are tried here, and no other', () => {
		expect(blocks.map(({ heading }) => heading)).toEqual(recipes.map(([heading]) => heading));
	});

	it.each(recipes.map(([heading, files, status], index) => ({ index, heading, files, status })))(
		'recipe $index, "$heading", gives the files $files',
		async ({ index, files, status }) => {
			const item = await itemForAll();
			const parameters = settingsIn(blocks[index].code) as never;

			const output = await execution({ credential: sandbox, items: [item], parameters }).run();

			expect(output.flatMap(filesIn)).toEqual(files);
			expect(output[0].json.status).toBe(status);
		},
	);

	it('shows the picture of an email inside its text alone', async () => {
		const { code } = blocks.find(({ heading }) => heading.startsWith('A picture'))!;

		const [{ json }] = await execution({
			credential: sandbox,
			items: [await itemForAll()],
			parameters: settingsIn(code) as never,
		}).run();

		expect(json.attachments).toMatchObject([
			{ filename: 'Offer.pdf', inline_only: false },
			{ filename: 'Logo.png', inline_only: true, content_id: 'logo' },
		]);
	});
});
