import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { optionsField, readRunOptions } from '../../../../nodes/CloseFiles/actions/fields/options';
import { refusalOf } from '../../caught';
import { aContext } from '../../context';

const read = (options: IDataObject) => readRunOptions(aContext({ parameters: { options } }));

describe('the options of a run', () => {
	it.each([
		['nothing', {}, { maxParallel: 5 }],
		['Max Parallel', { maxParallel: 1 }, { maxParallel: 1 }],
		['Timeout in seconds', { timeout: 90 }, { maxParallel: 5, timeoutMs: 90_000 }],
		['next to no time', { timeout: 1e-9 }, { maxParallel: 5, timeoutMs: 1 }],
		['no end of time', { timeout: 1e12 }, { maxParallel: 5, timeoutMs: 2_147_483_647 }],
		['part of a second', { timeout: 0.5 }, { maxParallel: 5, timeoutMs: 500 }],
	])('may hold %s', (_what, options, expected) => {
		expect(read(options)).toEqual(expected);
	});

	it.each([[0], [-1], [1.5], [NaN], [Infinity], ['5'], [null], [true]])(
		'cannot hold %p as Max Parallel',
		async (maxParallel) => {
			const { message, failure } = await refusalOf(() => read({ maxParallel }));

			expect(message).toBe(
				`'Max Parallel' holds '${maxParallel}', which is no whole number from 1`,
			);
			expect(failure).toEqual({ cause: 'configuration-invalid' });
		},
	);

	it.each([[0], [-1], [NaN], [Infinity], ['60'], [null], [true]])(
		'cannot hold %p as Timeout',
		async (timeout) => {
			const { message } = await refusalOf(() => read({ timeout }));

			expect(message).toBe(`'Timeout (Seconds)' holds '${timeout}', which is no number of seconds`);
		},
	);
});

describe('the field of options', () => {
	it('holds the operation’s and the run’s, in the order of their labels', () => {
		const own: INodeProperties[] = [
			{ displayName: 'Zeal', name: 'zeal', type: 'number', default: 0 },
			{ displayName: 'File Name', name: 'fileName', type: 'string', default: '' },
		];

		const names = optionsField(own).options?.map(({ name }) => name);

		expect(names).toEqual(['fileName', 'maxParallel', 'timeout', 'zeal']);
	});
});
