import fc from 'fast-check';
import { cleanFileName, extensionOf } from '../../../nodes/CloseFiles/files/fileName';

const RUNS = { numRuns: 200 };

const codePoints = (name: string) => Array.from(name).length;

/** Control characters of ASCII and of Latin-1. */
const controls = Array.from({ length: 65 }, (_, n) => String.fromCharCode(n < 32 ? n : n + 95));

const plainUnit = fc.constantFrom(
	'a',
	'Z',
	'9',
	' ',
	'-',
	'"',
	"'",
	';',
	'%',
	'é',
	'漢',
	'🎉',
	'\u202e',
);

/** Names that bring everything that names bring. */
const anyName = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.string({
		unit: fc.oneof(plainUnit, fc.constantFrom('.', '/', '\\', ...controls)),
		maxLength: 600,
		size: 'max',
	}),
	fc
		.tuple(fc.string({ unit: plainUnit, minLength: 200, maxLength: 400, size: 'max' }), fc.string())
		.map(([long, end]) => `${long}.${end}`),
	fc.constantFrom('EPERM', 'ENOENT.pdf', '..', '.', '', 'C:\\a\\b.pdf', '../../etc/passwd'),
);

describe('a file name', () => {
	it.each([
		['Offer.pdf'],
		['Ünïcödé – 漢字 🎉.pdf'],
		['quote " and \' and ; and %22.pdf'],
		['EPERM ENOENT EEXIST.txt'],
		['a\u202efdp.exe'],
		['.profile'],
		['no extension'],
		['two  blanks.pdf'],
		[`${'🎉'.repeat(224)}.pdf`],
	])('stays as it is when nothing is wrong: %s', (name) => {
		expect(cleanFileName(name)).toBe(name);
	});

	it.each([
		['line ends', 'a\r\nX-Header: b.pdf', 'aX-Header: b.pdf'],
		['a zero byte', 'a.pdf\u0000.exe', 'a.pdf.exe'],
		['Latin-1 controls', 'a\u0085\u009fb\u007f', 'ab'],
		['a path', '/etc/hosts', 'hosts'],
		['a path upwards', '../../a.pdf', 'a.pdf'],
		['a Windows path', 'C:\\Users\\Ann\\a.pdf', 'a.pdf'],
		['a path of both kinds', 'a\\b/c\\d.pdf', 'd.pdf'],
		['blanks around it', '  a.pdf ', 'a.pdf'],
		['a path that ends in a slash', 'folder/', ''],
		['two dots', '..', ''],
		['one dot', '.', ''],
		['two dots at the end of a path', 'a/..', ''],
		['the dollar of S3’s placeholder', '${filename} $${filename}', '{filename} {filename}'],
		['nothing but controls', '\t\r\n', ''],
	])('loses %s', (_what, name, clean) => {
		expect(cleanFileName(name)).toBe(clean);
	});

	it.each([
		['its extension', `${'a'.repeat(300)}.pdf`, `${'a'.repeat(251)}.pdf`],
		['letters with accents', `${'é'.repeat(300)}.pdf`, `${'é'.repeat(251)}.pdf`],
		['no extension that is none', `a.${'b'.repeat(300)}`, `a.${'b'.repeat(253)}`],
		['no blank at the cut', `${'a'.repeat(254)} ${'b'.repeat(99)}`, 'a'.repeat(254)],
	])('is cut to 255 characters and keeps %s', (_what, name, cut) => {
		expect(cleanFileName(name)).toBe(cut);
	});

	it.each([
		['whole emoji', `${'🎉'.repeat(300)}.docx`, `${'🎉'.repeat(223)}.docx`],
		['whole letters', `${'漢'.repeat(301)}`, '漢'.repeat(255)],
		['an extension of emoji', `${'a🎉'.repeat(200)}.🎉`, `${'a🎉'.repeat(126)}a.🎉`],
		['no blank at the cut', `${'🎉'.repeat(224)}    ${'🎉'.repeat(9)}`, '🎉'.repeat(224)],
	])('is cut to 900 bytes and keeps %s', (_what, name, cut) => {
		expect(cleanFileName(name)).toBe(cut);
	});

	it.each([
		['first', 'a\ud83d.pdf', 'a\ufffd.pdf'],
		['second', '\ude00a.pdf', '\ufffda.pdf'],
		['wrong', '\ude00\ud83d', '\ufffd\ufffd'],
	])('has the sign for an unreadable character where only the %s half is', (_what, name, clean) => {
		expect(cleanFileName(name)).toBe(clean);
	});

	it('never has a control character or a path', () => {
		fc.assert(
			fc.property(anyName, (name) => {
				const clean = cleanFileName(name);

				expect([...controls, '/', '\\'].filter((refused) => clean.includes(refused))).toEqual([]);
				expect(['.', '..']).not.toContain(clean);
			}),
			RUNS,
		);
	});

	it('never has more than 255 characters or 900 bytes', () => {
		fc.assert(
			fc.property(anyName, (name) => {
				const clean = cleanFileName(name);

				expect(codePoints(clean)).toBeLessThanOrEqual(255);
				expect(Buffer.byteLength(clean)).toBeLessThanOrEqual(900);
			}),
			RUNS,
		);
	});

	it('is not changed a second time', () => {
		fc.assert(
			fc.property(anyName, (name) => {
				const clean = cleanFileName(name);

				expect(cleanFileName(clean)).toBe(clean);
			}),
			RUNS,
		);
	});

	it('keeps its extension, however long it is', () => {
		const extension = fc.string({
			unit: fc.constantFrom('a', 'Z', '7'),
			minLength: 1,
			maxLength: 8,
		});
		const stem = fc.string({ unit: plainUnit, minLength: 1, maxLength: 600, size: 'max' });
		fc.assert(
			fc.property(stem, extension, (start, end) => {
				fc.pre(start.trim() !== '');

				expect(extensionOf(cleanFileName(`${start}.${end}`))).toBe(end);
			}),
			RUNS,
		);
	});

	it('is not changed when nothing is wrong with it', () => {
		const fine = fc.string({ unit: plainUnit, maxLength: 255 });
		fc.assert(
			fc.property(fine, (name) => {
				fc.pre(name.trim() === name);

				expect(cleanFileName(name)).toBe(name);
			}),
			RUNS,
		);
	});
});

describe('an extension', () => {
	it.each([
		['Offer.PDF', 'PDF'],
		['archive.tar.gz', 'gz'],
		['.profile', ''],
		['none', ''],
		['ends in a dot.', ''],
	])('of %s is %j', (name, extension) => {
		expect(extensionOf(name)).toBe(extension);
	});
});
