import fc from 'fast-check';
import type { IBinaryData } from 'n8n-workflow';
import { aSandbox } from '../../support/aSandbox';
import { anItem, content, emailing, md5, uploading } from '../../support/builders';
import { storeBinary } from '../../support/execution';
import { formsTo } from '../../support/observations';

const bytes = content(2_000, 'a name');

/** What is awkward in a form, a header, a URL, a path or a key. */
const awkward = fc.constantFrom(
	...['"', "'", '\\', '/', '\r\n', '\r', '\n', '\t', '\u0000', '\u001b', '\u007f', '\u0085'],
	...[';', '%', '%22', '%0D%0A', '&', '=', '?', '#', '<', '>', '*', ':', '${filename}', '`'],
	...['..', '.', ' ', '\u00a0', '\ufeff', '\u2028', '\u202e', '\u200f', '\u200d'],
	...['é', 'e\u0301', 'ß', '漢', '🎉', '👩‍💻', '\ud83d', '\ude00', '\ufffe'],
	...['EPERM', '__proto__', 'filename*=UTF-8', '--boundary', 'a.pdf', 'x'],
);
const anyName = fc.oneof(
	fc.array(awkward, { minLength: 1, maxLength: 12 }).map((parts) => parts.join('')),
	fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
	fc
		.tuple(awkward, fc.integer({ min: 100, max: 700 }), awkward)
		.map(([start, times, end]) => `${start.repeat(times)}.${end}`),
);

const sandbox = aSandbox();
let stored: IBinaryData;
beforeAll(async () => {
	stored = await storeBinary(bytes, { fileName: 'in the store.pdf' });
});

/** As a form writes it: nothing else may be changed by it. */
const inForm = (name: string) => name.replaceAll('"', '%22');

/** Close, S3 and the output were told one and the same name, and the bytes arrived under it. */
function expectOneName(name: string): void {
	const [{ filename, key, url }] = sandbox.account.uploads;
	const [{ fields, file }] = formsTo(sandbox);
	const disposition = fields.find(([field]) => field === 'Content-Disposition')?.[1] ?? '';

	expect(filename).toBe(name);
	expect(file?.filename).toBe(inForm(name));
	expect(key.endsWith(`/${name}`)).toBe(true);
	expect(Buffer.byteLength(key)).toBeLessThanOrEqual(1024);
	expect(disposition).toContain(name.replace(/["\\]/g, '\\$&'));
	expect(sandbox.s3.object(url)).toMatchObject({ md5: md5(bytes), size: bytes.length });
}

const named = (fileName: string) => anItem({ ...stored, fileName });

describe('a file name', () => {
	it('is one and the same for Close, S3 and the output, whatever it is', async () => {
		await fc.assert(
			fc.asyncProperty(anyName, async (fileName) => {
				sandbox.reset();

				const [{ json }] = await uploading(sandbox, [named(fileName)]).run();

				expectOneName(String(json.filename));
			}),
			{ numRuns: 100 },
		);
	});

	it('given as File Name is one and the same, too', async () => {
		const parameters = { options: { fileName: '={{ $json.name }}' } };
		await fc.assert(
			fc.asyncProperty(anyName, async (name) => {
				sandbox.reset();
				const item = { ...named('Offer.pdf'), json: { name } };

				const [{ json }] = await uploading(sandbox, [item], parameters).run();

				expectOneName(String(json.filename));
			}),
			{ numRuns: 30 },
		);
	});

	it('stands on the email as it was uploaded', async () => {
		await fc.assert(
			fc.asyncProperty(anyName, async (fileName) => {
				sandbox.reset();

				const [{ json }] = await emailing(sandbox, [named(fileName)]).run();

				const [{ filename }] = sandbox.account.uploads;
				expectOneName(filename);
				expect(json.attachments).toMatchObject([{ filename, size: bytes.length }]);
			}),
			{ numRuns: 30 },
		);
	});

	it.each([
		['of 255 emoji', '🎉'.repeat(255), '🎉'.repeat(225)],
		['of 700 letters', `${'x'.repeat(700)}.pdf`, `${'x'.repeat(251)}.pdf`],
		['with half an emoji', 'Offer \ud83d.pdf', 'Offer \ufffd.pdf'],
		['with line ends', 'Offer\r\nX-Amz-Acl: public.pdf', 'OfferX-Amz-Acl: public.pdf'],
		['with a zero byte', 'Offer.pdf\u0000.exe', 'Offer.pdf.exe'],
		['that begins in a path', '..\\..\\Offer.pdf', 'Offer.pdf'],
		['that reads backwards', 'Offer\u202efdp.exe', 'Offer\u202efdp.exe'],
		['with a placeholder of S3', '$${filename}.pdf', '{filename}.pdf'],
	])('%s is cleaned before Close sees it', async (_what, fileName, clean) => {
		await uploading(sandbox, [named(fileName)]).run();

		expect(sandbox.account.uploads.map(({ filename }) => filename)).toEqual([clean]);
	});

	it.each(['/', '\r\n', '..', ' '])(
		'of which nothing is left (%j) is the one in the store',
		async (fileName) => {
			const [{ json }] = await uploading(sandbox, [named(fileName)]).run();

			expectOneName('in the store.pdf');
			expect(json.filename).toBe('in the store.pdf');
		},
	);
});
