import fc from 'fast-check';
import { CloseFilesError } from '../../../nodes/CloseFiles/errors';
import type { Attachment } from '../../../nodes/CloseFiles/files/attachment';
import { attachmentsIn } from '../../../nodes/CloseFiles/files/uploadedFiles';
import { refusalOf, settled } from '../caught';

const PREFIX = 'https://app.close.com/go/file/';
const url = `${PREFIX}temporary/user_1/tok3n/Offer%20A.pdf/`;

const aFile = (fields: object = {}) => ({
	url,
	filename: 'Offer.pdf',
	content_type: 'application/pdf',
	size: 48_213,
	checksum: 'd41d8cd98f00b204e9800998ecf8427e',
	expires_at: new Date(Date.now() + 60_000).toISOString(),
	...fields,
});

const anAttachment = (fields: object = {}) => ({
	url,
	filename: 'Offer.pdf',
	contentType: 'application/pdf',
	size: 48_213,
	...fields,
});

/** What a field may hold, from nonsense to nearly what it should. */
const anyValue = fc.oneof(
	fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }),
	fc.jsonValue(),
	fc.json(),
	fc
		.dictionary(
			fc.constantFrom('filename', 'content_type', 'size', 'expires_at'),
			fc.oneof(fc.anything(), fc.string({ unit: 'binary' })),
		)
		.map((fields) => ({ ...fields, url })),
	fc.string({ unit: 'binary' }).map((end) => ({ url: `${PREFIX}${end}` })),
);

function expectAttachment(attachment: Attachment): void {
	expect(attachment).toEqual({
		url: expect.stringMatching(/^https:\/\/app\.close\.com\/go\/file\//),
		// eslint-disable-next-line no-control-regex -- none may be left
		filename: expect.stringMatching(/^[^\u0000-\u001f/\\]+$/),
		contentType: expect.stringMatching(/^[^\s/]+\/[^\s/]+/),
		size: attachment.size,
	});
}

describe('uploaded files', () => {
	it.each([
		['one object', aFile(), 1],
		['an array', [aFile(), aFile()], 2],
		['an object as JSON text', JSON.stringify(aFile()), 1],
		['an array as JSON text', ` ${JSON.stringify([aFile(), aFile()])}\n`, 2],
	])('may be %s', (_what, value, count) => {
		expect(attachmentsIn(value, {})).toEqual(Array(count).fill(anAttachment()));
	});

	it.each([
		['undefined', undefined],
		['null', null],
		['an empty text', ''],
		['blanks', '  '],
		['text that is no JSON', 'data'],
		['a number', 5],
		['an object without url', { filename: 'a.pdf' }],
		['an empty array', []],
		['an array in an array', [[aFile()]]],
		['an array with a hole', [aFile(), null]],
		['a url that is no text', aFile({ url: 5 })],
		['an empty url', aFile({ url: '' })],
	])('cannot be %s', async (_what, value) => {
		const { message, failure } = await refusalOf(() => attachmentsIn(value, {}));

		expect(message).toContain("'Uploaded Files'");
		expect(failure).toEqual({ cause: 'configuration-invalid' });
	});

	it.each([
		['https://evil.com/a.pdf'],
		['http://app.close.com/go/file/a/'],
		['https://app.close.com.evil.com/go/file/a/'],
		['https://app.close.com/go/mms/a/'],
		['https://APP.close.com/go/file/a/'],
		[`https://evil.com/?${PREFIX}`],
		[` ${url}`],
	])('cannot lie at %s', async (elsewhere) => {
		const { message, advice } = await refusalOf(() => attachmentsIn(aFile({ url: elsewhere }), {}));

		expect(message).toContain(`'${elsewhere}', which is no file in Close`);
		expect(advice).toContain(PREFIX);
	});

	it.each([
		['the option', { filename: 'B.txt' }, { filename: 'X.pdf' }, 'X.pdf'],
		['the file', { filename: 'B.txt' }, {}, 'B.txt'],
		['the URL where the file has none', { filename: undefined }, {}, 'Offer A.pdf'],
		['the URL where the file’s is no text', { filename: {} }, {}, 'Offer A.pdf'],
		['the URL where the file’s is empty', { filename: '' }, {}, 'Offer A.pdf'],
		['the file, without its path', { filename: '../../B.txt' }, {}, 'B.txt'],
		['the URL, broken escapes and all', { filename: 1, url: `${PREFIX}t/%E0.pdf/` }, {}, '%E0.pdf'],
		['the URL, without controls', { filename: '', url: `${PREFIX}t/a%0D%0Ab.pdf/` }, {}, 'ab.pdf'],
		['nothing else', { filename: '/', url: `${PREFIX}t/%0A/` }, {}, 'file'],
	])('have their name from %s', (_what, fields, overrides, filename) => {
		expect(attachmentsIn(aFile(fields), overrides)[0].filename).toBe(filename);
	});

	it.each([
		['the option', { content_type: 'text/plain' }, { contentType: 'image/png' }, 'image/png'],
		['the file', { content_type: 'text/plain' }, {}, 'text/plain'],
		['nothing', { content_type: undefined }, {}, 'application/octet-stream'],
		['nothing, where it is no type', { content_type: 'a\r\nb' }, {}, 'application/octet-stream'],
		['nothing, where it is no text', { content_type: {} }, {}, 'application/octet-stream'],
	])('have their type from %s', (_what, fields, overrides, contentType) => {
		expect(attachmentsIn(aFile(fields), overrides)[0].contentType).toBe(contentType);
	});

	it.each([[undefined], ['48213'], [-1], [1.5], [Infinity], [null]])(
		'have no size where it says %p',
		(size) => {
			expect(attachmentsIn(aFile({ size }), {})[0].size).toBeUndefined();
		},
	);

	it('are refused when their 24 hours are over', async () => {
		const expired = aFile({ expires_at: '2020-01-01T00:00:00.000Z' });

		const { message } = await refusalOf(() => attachmentsIn([aFile(), expired], {}));

		expect(message).toBe("The uploaded file 'Offer.pdf' expired at 2020-01-01T00:00:00.000Z");
	});

	it.each([[undefined], ['soon'], [5], [null]])(
		'are taken where %j stands for their expiry',
		(expiresAt) => {
			expect(attachmentsIn(aFile({ expires_at: expiresAt }), {})).toEqual([anAttachment()]);
		},
	);

	it('bring nothing along that records do not take', () => {
		const more = aFile({ thumbnail_url: 'x', media_id: 'y', checksum: 'z' });

		expect(Object.keys(attachmentsIn(more, {})[0]).sort()).toEqual(
			Object.keys(anAttachment()).sort(),
		);
	});

	it('are attachments or refused, whatever they are', async () => {
		await fc.assert(
			fc.asyncProperty(fc.oneof(anyValue, fc.array(anyValue)), async (anything) => {
				const outcome = await settled(() => attachmentsIn(anything, {}));

				if (outcome instanceof CloseFilesError) return;
				(outcome as Attachment[]).forEach(expectAttachment);
			}),
			{ numRuns: 200 },
		);
	});
});
