import FormData from 'form-data';
import { startSandbox, type Sandbox } from '../sandbox/server';
import { anItem, content, md5, uploading } from '../support/builders';
import { binaryModes, storeBinary, useBinaryMode, type BinaryMode } from '../support/execution';
import { boundaryOf, partsOf, rawHeads } from '../support/multipart';
import { startRecorder, type RawRequest, type Recorder } from '../support/recorder';

interface Input {
	filename?: string;
	contentType?: string;
	size?: number;
	mode?: BinaryMode;
	signing?: 'v2' | 'v4';
}

let recorder: Recorder;
const sandboxes: Partial<Record<'v2' | 'v4', Sandbox>> = {};

beforeAll(async () => {
	recorder = await startRecorder();
	for (const signing of ['v2', 'v4'] as const) sandboxes[signing] = await startSandbox({ signing });
});
beforeEach(() => {
	recorder.requests.length = 0;
	for (const sandbox of Object.values(sandboxes)) sandbox.reset();
});
afterAll(async () => {
	await recorder.close();
	for (const sandbox of Object.values(sandboxes)) await sandbox.close();
});

describe('the form that goes to S3', () => {
	it.each([
		['ASCII', 'Offer 2026-11.pdf'],
		['umlauts', 'Angebot für Müller & Söhne.pdf'],
		['umlauts in two code points', 'Angebot fu\u0308r.pdf'],
		['quotes', `Offer "final" 'v2'.pdf`],
		['an emoji', 'Offer 🚀👩‍💻.pdf'],
		['Hebrew and Arabic', 'הצעה-عرض.pdf'],
		['Chinese', '报价单.pdf'],
		['percent signs and semicolons', '100%; 50%22.pdf'],
		['no extension', 'README'],
	])('has the parts that form-data writes for a name with %s', async (_what, filename) => {
		const { ours, theirs } = await bothForms({ filename });

		expect(await partsOf(ours)).toEqual(await partsOf(theirs));
		expect((await partsOf(ours)).at(-1)).toMatchObject({
			name: 'file',
			filename: filename.replaceAll('"', '%22'),
		});
	});

	it.each(['application/pdf', 'text/plain; charset=utf-8', 'image/svg+xml', 'application/x-y.z+z'])(
		'has the content type %s in both places',
		async (contentType) => {
			const { ours, theirs, fields } = await bothForms({ contentType });

			expect(fields['Content-Type']).toBe(contentType);
			expect(rawHeads(ours).at(-1)).toContain(`\r\nContent-Type: ${contentType}`);
			expect(await partsOf(ours)).toEqual(await partsOf(theirs));
		},
	);

	describe.each(binaryModes)('from the %s store', (mode) => {
		// Around Node's own chunks and those that the node reads from the store.
		it.each([1, 65_535, 65_536, 65_537, 262_143, 262_144, 262_145, 5_000_000])(
			'carries %d bytes unchanged, with their exact length',
			async (size) => {
				const { ours, theirs } = await bothForms({ mode, size });

				expect(Number(ours.headers['content-length'])).toBe(ours.body.length);
				expect(ours.body.length - overheadOf(ours)).toBe(size);
				expect((await partsOf(ours)).at(-1)).toMatchObject({ size, md5: md5(content(size)) });
				expect(await partsOf(ours)).toEqual(await partsOf(theirs));
			},
		);
	});

	it.each([
		[
			'v2' as const,
			[
				'AWSAccessKeyId',
				'Content-Disposition',
				'Content-Type',
				'key',
				'policy',
				'signature',
				'success_action_status',
			],
		],
		[
			'v4' as const,
			[
				'Content-Disposition',
				'Content-Type',
				'key',
				'success_action_status',
				'x-amz-algorithm',
				'x-amz-credential',
				'x-amz-date',
				'x-amz-security-token',
				'policy',
				'x-amz-signature',
			],
		],
	])(
		'has each field of Sig%s as Close returned it, in its order, before the file',
		async (signing, names) => {
			const { ours, fields } = await bothForms({ signing });

			const parts = await partsOf(ours);
			expect(parts.map(({ name }) => name)).toEqual([...names, 'file']);
			expect(parts.slice(0, -1).map(({ name, value }) => [name, value])).toEqual(
				Object.entries(fields),
			);
		},
	);

	it.each(['v2', 'v4'] as const)('is what S3 accepts, signed by Sig%s', async (signing) => {
		const sandbox = sandboxes[signing] as Sandbox;
		const data = await storeBinary(content(70_000), { fileName: 'Für "Møller" 🚀.pdf' });

		const [{ json }] = await uploading(sandbox, [anItem(data)]).run();

		expect(sandbox.s3.object(String(json.url))).toMatchObject({ md5: md5(content(70_000)) });
	});

	it('is one request with a length, neither chunked nor with a credential', async () => {
		const { ours } = await bothForms({});

		expect(recorder.requests).toHaveLength(2);
		expect(ours.head).toMatch(/^POST \/ HTTP\/1\.1\r\n/);
		expect(Object.keys(ours.headers)).toContain('content-length');
		for (const name of ['transfer-encoding', 'authorization', 'cookie', 'expect']) {
			expect(ours.headers).not.toHaveProperty(name);
		}
		expect(ours.head + ours.body.toString('latin1')).not.toContain(sandboxes.v2?.apiKey);
	});

	// What may differ between the two encoders, so that a new difference is seen and judged:
	// 1. the boundary, which each makes up;
	// 2. nothing else: both write `"`, CR and LF of a name as %22, %0D and %0A and the rest as UTF-8.
	it('differs from what form-data writes in nothing but the boundary', async () => {
		const { ours, theirs } = await bothForms({ filename: 'Für "Møller" 🚀.pdf' });

		expect(withoutBoundary(ours)).toEqual(withoutBoundary(theirs));
		expect(rawHeads(ours).at(-1)).toContain('filename="Für %22Møller%22 🚀.pdf"');
	});
});

/** What the node and form-data post for the same file and the same signed fields. */
async function bothForms({
	filename = 'Offer.pdf',
	contentType = 'application/pdf',
	size = 100,
	mode = 'filesystem',
	signing = 'v2',
}: Input): Promise<{ ours: RawRequest; theirs: RawRequest; fields: Record<string, string> }> {
	const sandbox = sandboxes[signing] as Sandbox;
	await useBinaryMode(mode);
	const { fields, answer } = await signedTo(recorder.url, sandbox, filename, contentType);
	sandbox.faults.add({ call: 'POST /files/upload/', effect: { status: 200, body: answer } });
	const data = await storeBinary(content(size), { fileName: filename, mimeType: contentType });
	await uploading(sandbox, [anItem(data)]).run();

	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) form.append(name, value);
	form.append('file', content(size), { filename, contentType });
	await new Promise<void>((resolve, reject) => {
		form.submit(recorder.url, (error, response) => {
			if (error) reject(error);
			else response.on('end', resolve).resume();
		});
	});

	const [ours, theirs] = recorder.requests;
	return { ours, theirs, fields };
}

/** What Close answers for a file, with the fields of the sandbox and another place to post to. */
async function signedTo(url: string, sandbox: Sandbox, filename: string, contentType: string) {
	const response = await fetch(`${sandbox.baseUrl}/files/upload/`, {
		method: 'POST',
		headers: {
			authorization: `Basic ${btoa(`${sandbox.apiKey}:`)}`,
			'content-type': 'application/json',
		},
		body: JSON.stringify({ filename, content_type: contentType }),
	});
	const { upload, download } = (await response.json()) as {
		upload: { fields: Record<string, string> };
		download: { url: string };
	};
	return { fields: upload.fields, answer: { download, upload: { ...upload, url } } };
}

/** Bytes of the form beside the file's. */
function overheadOf({ headers, body }: RawRequest): number {
	const boundary = boundaryOf({ headers } as RawRequest);
	const fileStarts = body.indexOf('\r\n\r\n', body.indexOf('name="file"')) + 4;
	const tail = Buffer.byteLength(`\r\n--${boundary}--\r\n`);
	return fileStarts + tail;
}

function withoutBoundary(request: RawRequest): string {
	return request.body.toString().replaceAll(boundaryOf(request), 'BOUNDARY');
}
