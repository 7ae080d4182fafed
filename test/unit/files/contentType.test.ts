import { chooseContentType, isContentType } from '../../../nodes/CloseFiles/files/contentType';

describe('a content type', () => {
	it.each([
		['application/pdf'],
		['text/plain; charset=utf-8'],
		['text/plain;charset="utf-8"'],
		['application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
		['image/svg+xml'],
		['X-custom/y_z.1'],
	])('may be %s', (text) => {
		expect(isContentType(text)).toBe(true);
	});

	it.each([
		[''],
		['pdf'],
		['application/'],
		['/pdf'],
		['application/pdf/x'],
		['application/pdf\r\nX-Header: 1'],
		['application/pdf\n'],
		[' application/pdf'],
		['text/plain; charset=ü'],
		['text/plain;\u0000'],
		[`text/${'x'.repeat(251)}`],
	])('cannot be %j', (text) => {
		expect(isContentType(text)).toBe(false);
	});

	it.each([
		['the item’s', ['text/plain', 'image/png'], 'text/plain'],
		['the store’s, where the item has none', [undefined, 'image/png'], 'image/png'],
		['the store’s, where the item’s is none', ['none', 'image/png'], 'image/png'],
		['the extension’s, where neither is known', [undefined, ''], 'application/pdf'],
	])('is %s', (_what, known, chosen) => {
		expect(chooseContentType('a.PDF', ...known)).toBe(chosen);
	});

	it.each([['a.xyz'], ['none'], ['.pdf'], ['a.constructor']])(
		'is the general one for %s when nothing is known',
		(filename) => {
			expect(chooseContentType(filename)).toBe('application/octet-stream');
		},
	);
});
