import { startSandbox } from '../sandbox/server';
import { basic, close, eachWith, send, sign } from './client';
import { attachmentFor, fileRecordKinds } from './fileRecords';

const sandbox = eachWith(async () => await startSandbox({ listLagMs: 5000 }));

const DAY_MS = 24 * 3_600_000;

describe.each(fileRecordKinds)('$name', (kind) => {
	const { path, keys, keptAt, records, query = '' } = kind;
	const file = async (filename?: string) => await attachmentFor(kind, sandbox(), filename);
	const create = async (...attachments: object[]) =>
		await close(sandbox(), `POST ${path}`, { ...kind.body(sandbox()), attachments });
	const change = async (id: string, body: object) =>
		await close(sandbox(), `PUT ${path}${id}/`, body);
	const read = async (id: string) =>
		(await close(sandbox(), `GET ${path}${id}/${query}`)).json as Attached;
	const list = async () => (await close(sandbox(), `GET ${path}${query}`)).json.data as Attached[];
	const download = async (url: string) => {
		const headers = { authorization: basic(sandbox().apiKey) };
		const at = url.replace('https://app.close.com', sandbox().url);
		return await send(at, { headers });
	};

	it('keeps a file under an address of its own, with the size of the stored file', async () => {
		const sent = await file();

		const { status, json } = await create(sent);

		const { token } = sandbox().account.upload(String(sent.url)) ?? {};
		const [{ url, ...rest }] = (await read(json.id)).attachments;
		const kept = keptAt
			.replace('ORGANIZATION', sandbox().account.organizationId)
			.replace('ID', json.id)
			.replace('TOKEN', String(token));
		expect(status).toBe(kind.createdStatus ?? 200);
		expect(url).toMatch(new RegExp(`^${kept}$`));
		expect(rest).toMatchObject({ filename: 'offer.pdf', size: 5 });
		expect(json.attachments).toEqual([{ url, ...rest }]);
	});

	it('leads to the bytes of its file', async () => {
		const { json } = await create(await file());
		sandbox().clock.advance(DAY_MS + 1);

		const redirect = await download(json.attachments[0].url);
		const content = await send(redirect.headers.get('location') ?? '');

		expect([redirect.status, content.text]).toEqual([302, 'hello']);
	});

	it.each([
		['without url', { url: undefined }, { url: 'This field is required.' }],
		['without filename', { filename: undefined }, { filename: 'This field is required.' }],
		['with an empty filename', { filename: '' }, { filename: expect.any(String) }],
		['with an unknown key', { checksum: 'x' }, { checksum: 'Extra inputs are not permitted' }],
		[
			'elsewhere on the web',
			{ url: 'https://example.com/go/file/x' },
			{ url: 'The URL must begin with https://app.close.com/go/file/.' },
		],
	])('takes no attachment %s', async (_what, sent, error) => {
		const reply = await create({ ...(await file()), ...sent });

		expect([reply.status, reply.json]).toEqual([
			400,
			{ errors: [], 'field-errors': { attachments: { 0: error } } },
		]);
	});

	it(`takes an attachment with ${keys.join(', ') || 'url and filename'} and no less`, async () => {
		const missing = await Promise.all(
			keys.map(async (key) => await create({ ...(await file()), [key]: undefined })),
		);

		const errors = missing.map(({ json }) => json['field-errors'].attachments[0]);
		expect(errors).toEqual(keys.map((key) => ({ [key]: 'This field is required.' })));
		expect((await create(await file())).json.attachments).toHaveLength(1);
	});

	it('compares the size where it takes one, and refuses it elsewhere', async () => {
		const reply = await create({ ...(await file()), size: 4 });

		const message = keys.includes('size')
			? 'The size differs from the file.'
			: 'Extra inputs are not permitted';
		expect(reply.json['field-errors']).toEqual({ attachments: { 0: { size: message } } });
	});

	it('takes no file that is not uploaded, and none that is older than 24 hours', async () => {
		const { download: signed } = await sign(sandbox());
		const old = await file();
		const early = await create({ ...old, url: signed.url });
		sandbox().clock.advance(DAY_MS + 1);
		const late = await create(old);

		expect(early.json['field-errors'].attachments[0].url).toBe('The file has not been uploaded.');
		expect(late.json['field-errors'].attachments[0].url).toBe('The file has expired.');
	});

	it('names the attachment that is refused, and writes nothing', async () => {
		const before = records(sandbox()).length;

		const reply = await create(await file(), { ...(await file()), filename: undefined });

		expect(Object.keys(reply.json['field-errors'].attachments)).toEqual(['1']);
		expect(records(sandbox())).toHaveLength(before);
	});

	it('takes back its own address and another file, and gives its files to no other', async () => {
		const first = (await create(await file())).json as Attached;
		const own = sentAgain(first, kind);

		const changed = await change(first.id, { attachments: [...own, await file('terms.pdf')] });
		const other = await create(...own);

		expect(names(changed.json)).toEqual(['offer.pdf', 'terms.pdf']);
		expect(changed.json.attachments[0].url).toBe(first.attachments[0].url);
		expect(other.json['field-errors'].attachments[0].url).toMatch(/must begin|does not exist/);
	});

	it('keeps the address of a file that comes back under another name', async () => {
		const { json } = await create(await file());
		const [own] = sentAgain(json, kind);

		const changed = await change(json.id, { attachments: [{ ...own, filename: 'new.pdf' }] });

		expect(names(changed.json)).toEqual(['new.pdf']);
		expect(changed.json.attachments[0].url).toBe(json.attachments[0].url);
	});

	it('keeps its files when a change does not name them, and tells when it was changed', async () => {
		const { json } = await create(await file());
		sandbox().clock.advance(1000);

		await change(json.id, {});

		const changed = await read(json.id);
		expect(names(changed)).toEqual(['offer.pdf']);
		expect(changed.date_updated > json.date_updated).toBe(true);
	});

	it('loses by a change what another client has added since it was read', async () => {
		const { json } = await create(await file());
		const own = sentAgain(await read(json.id), kind);
		await change(json.id, { attachments: [...own, await file('other.pdf')] });

		await change(json.id, { attachments: [...own, await file('mine.pdf')] });

		expect(names(await read(json.id))).toEqual(['offer.pdf', 'mine.pdf']);
	});

	it('holds what a test adds in the name of another client', async () => {
		const { json } = await create();
		const record = records(sandbox()).find(({ id }) => id === json.id);
		const added = {
			url: 'https://app.close.com/go/file/persisted/a/b/c/x.txt/',
			filename: 'x.txt',
		};
		record?.attachments.push({ ...added, size: 3, content_type: 'text/plain' });

		const held = await read(json.id);
		const attachments = sentAgain(held, kind, { size: 3, content_type: 'application/pdf' });
		const changed = await change(json.id, { attachments });

		expect(names(held)).toEqual(['x.txt']);
		expect(names(changed.json)).toEqual(['x.txt']);
	});

	it('adds to its files in an account that appends', async () => {
		const appending = await startSandbox({ putAttachments: 'append' });
		const first = { ...kind.body(appending), attachments: [await attachmentFor(kind, appending)] };
		const { json } = await close(appending, `POST ${path}`, first);

		const second = { attachments: [await attachmentFor(kind, appending, 'terms.pdf')] };
		const changed = await close(appending, `PUT ${path}${json.id}/`, second);
		await appending.close();

		expect(names(changed.json)).toEqual(['offer.pdf', 'terms.pdf']);
	});

	it('is found at once by its id, and in the list after the lag', async () => {
		const { json } = await create(await file());
		const alone = await read(json.id);
		const early = await list();
		sandbox().clock.advance(5000);
		const [latest] = await list();

		expect(names(alone)).toEqual(['offer.pdf']);
		expect(early.map(({ id }) => id)).not.toContain(json.id);
		expect([latest.id, names(latest)]).toEqual([json.id, ['offer.pdf']]);
	});

	it.each([
		['when it is created', 'POST', ''],
		['when it is changed', 'PUT', 'id'],
	])('takes no unknown field %s', async (_what, method, hasId) => {
		const { json } = await create();
		const body = { ...(hasId ? {} : kind.body(sandbox())), files: [] };

		const reply = await close(sandbox(), `${method} ${path}${hasId && `${json.id}/`}`, body);

		expect(reply.json['field-errors']).toEqual({ files: 'Extra inputs are not permitted' });
	});

	it.each(['GET', 'PUT'])('is not found by %s under an id that does not exist', async (method) => {
		const reply = await close(
			sandbox(),
			`${method} ${path}none/`,
			method === 'PUT' ? {} : undefined,
		);

		expect(reply.status).toBe(404);
	});

	it('is not found without the slash at the end', async () => {
		const statuses = [
			(await close(sandbox(), `GET ${path.slice(0, -1)}`)).status,
			(await close(sandbox(), `POST ${path.slice(0, -1)}`, kind.body(sandbox()))).status,
		];

		expect(statuses).toEqual([404, 404]);
	});
});

interface Attached {
	id: string;
	date_updated: string;
	attachments: Array<{ url: string; filename: string }>;
}

const names = ({ attachments }: Attached) => attachments.map(({ filename }) => filename);

/** The attachments of an answer with the keys that a client may send. */
function sentAgain(
	{ attachments }: Attached,
	{ keys }: { keys: ReadonlyArray<'size' | 'content_type'> },
	values: Record<string, unknown> = { size: 5, content_type: 'application/pdf' },
): object[] {
	const rest = Object.fromEntries(keys.map((key) => [key, values[key]]));
	return attachments.map(({ url, filename }) => ({ url, filename, ...rest }));
}
