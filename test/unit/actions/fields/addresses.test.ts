import fc from 'fast-check';
import {
	addressesIn,
	addressIn,
	bareAddress,
} from '../../../../nodes/CloseFiles/actions/fields/addresses';
import { refusalOf } from '../../caught';

const RUNS = { numRuns: 200 };

/** Characters that may stand in a bare address, and some that stand in names only. */
const letter = fc.constantFrom('a', 'Z', '7', '.', '+', '-', "'", 'ü', 'EPERM', 'ENOENT');
const bare = fc
	.tuple(
		fc.string({ unit: letter, minLength: 1, maxLength: 20 }),
		fc.constantFrom('x.example', 'localhost'),
	)
	.map(([user, host]) => `${user}@${host}`);
const quotedName = fc
	.string({
		unit: fc.constantFrom('A', 'é', ' ', ',', ';', '<', '>', '@', '\\"', '\\\\', '🎉'),
		maxLength: 20,
	})
	.map((name) => `"${name}"`);
const address = fc.oneof(
	bare,
	fc
		.tuple(fc.constantFrom('Ann Lee', 'Ann', ''), bare)
		.map(([name, at]) => `${name} <${at}>`.trim()),
	fc.tuple(quotedName, bare).map(([name, at]) => `${name} <${at}>`),
);

describe('a field of addresses', () => {
	it.each([
		['nothing', '', []],
		['nothing at all', undefined, []],
		['null', null, []],
		['commas and blanks', ' , ,', []],
		['one address', 'ann@example.com', ['ann@example.com']],
		['several', 'a@b.c,d@e.f , g@h.i', ['a@b.c', 'd@e.f', 'g@h.i']],
		['line ends between', 'a@b.c,\nd@e.f\n', ['a@b.c', 'd@e.f']],
		['a name', 'Ann Lee <ann@example.com>', ['Ann Lee <ann@example.com>']],
		['a comma in quotes', '"Lee, Ann" <a@b.c>, d@e.f', ['"Lee, Ann" <a@b.c>', 'd@e.f']],
		['brackets in quotes', '"<Ann> (x@y.z)" <a@b.c>', ['"<Ann> (x@y.z)" <a@b.c>']],
		['a quote in quotes', '"Ann \\", Lee" <a@b.c>,d@e.f', ['"Ann \\", Lee" <a@b.c>', 'd@e.f']],
		['an address of this machine', 'root@localhost', ['root@localhost']],
		['an array', ['a@b.c', ' Ann <d@e.f> '], ['a@b.c', 'Ann <d@e.f>']],
		['an array with gaps', ['a@b.c', '', null, undefined], ['a@b.c']],
		['an array whose names hold commas', ['Lee, Ann <a@b.c>'], ['Lee, Ann <a@b.c>']],
		['an empty array', [], []],
	])('may hold %s', (_what, value, addresses) => {
		expect(addressesIn(value, 'To')).toEqual(addresses);
	});

	it.each([
		['ann'],
		['ann@'],
		['@example.com'],
		['ann@@example.com'],
		['ann@example..com'],
		['ann@.example.com'],
		['ann@example.com.'],
		['ann lee@example.com'],
		['ann@exam ple.com'],
		['Ann <ann>'],
		['Ann <ann@example.com'],
		['Ann ann@example.com>'],
		['<>'],
		['Ann <a@b.c> <d@e.f>'],
		['Ann <a@b.c> Lee'],
		['a@b.c; d@e.f'],
		['"Lee, Ann <a@b.c>'],
		['"a b"@example.com'],
		['mailto:a@b.c'],
		['Ann\r\nBcc: eve@evil.com <a@b.c>'],
		['Ann\u0000 <a@b.c>'],
		['[object Object]'],
	])('cannot hold %j', async (value) => {
		const { message, failure } = await refusalOf(() => addressesIn(['ok@b.c', value], 'CC'));

		expect(message).toBe(`'CC' holds '${value}', which is no email address`);
		expect(failure).toEqual({ cause: 'configuration-invalid' });
	});

	it('names the one that is no address, and of a long one its beginning', async () => {
		const { message } = await refusalOf(() => addressesIn(`a@b.c, ${'x'.repeat(500)}`, 'To'));

		expect(message).toBe(`'To' holds '${'x'.repeat(80)}…', which is no email address`);
	});

	it.each([
		[992, true],
		[993, false],
	])(
		'takes an address with %d letters before "@b.c" within Close’s 1000 characters: %p',
		async (n, fits) => {
			const long = `${'x'.repeat(n)}@long.ex`;
			const outcome = fits ? addressesIn(long, 'To') : [];

			expect(outcome).toEqual(fits ? [long] : []);
			if (!fits) await refusalOf(() => addressesIn(long, 'To'));
		},
	);

	it('may hold as many as Close takes, and no more', async () => {
		const many = Array<string>(501).fill('a@b.c');

		const { message } = await refusalOf(() => addressesIn(many, 'BCC'));

		expect(addressesIn(many.slice(1), 'BCC')).toHaveLength(500);
		expect(message).toBe("'BCC' holds 501 addresses, more than the 500 that Close takes");
	});

	it('holds after splitting what was joined by commas', () => {
		fc.assert(
			fc.property(fc.array(address), fc.constantFrom(',', ', ', ' ,\n'), (addresses, comma) => {
				expect(addressesIn(addresses.join(comma), 'To')).toEqual(addresses);
				expect(addressesIn(addresses, 'To')).toEqual(addresses);
			}),
			RUNS,
		);
	});

	it('is split without delay, however its quotes stand', () => {
		const hostile = '"\\'.repeat(2_000);
		const begun = Date.now();

		expect(() => addressesIn(hostile, 'To')).toThrow('no email address');
		expect(Date.now() - begun).toBeLessThan(2_000);
	});
});

describe('a field of one address', () => {
	it.each([[''], ['  '], [undefined], [null]])('is empty with %j', (value) => {
		expect(addressIn(value, 'Sender')).toBeUndefined();
	});

	it.each([
		['ann@example.com', 'ann@example.com'],
		[' Ann Lee <ann@example.com> ', 'Ann Lee <ann@example.com>'],
		['"Lee, Ann" <ann@example.com>', '"Lee, Ann" <ann@example.com>'],
	])('may hold %j', (value, held) => {
		expect(addressIn(value, 'Sender')).toBe(held);
	});

	it.each([['ann'], ['a@b.c, d@e.f'], [5], [{}], [['a@b.c']]])('cannot hold %j', async (value) => {
		const { message } = await refusalOf(() => addressIn(value, 'Sender'));

		expect(message).toMatch(/^'Sender' holds ('.+'|an object|a list), which is no email address$/);
	});
});

describe('a bare address', () => {
	it.each([
		['ann@example.com', 'ann@example.com'],
		['ANN@Example.com ', 'ann@example.com'],
		['Ann Lee <Ann@example.com>', 'ann@example.com'],
		['"<x@y.z>" < ann@example.com > ', 'ann@example.com'],
	])('of %j is %s', (whole, expected) => {
		expect(bareAddress(whole)).toBe(expected);
	});
});
