import type { IDataObject } from 'n8n-workflow';
import { simplifiedIfWanted } from '../../../../nodes/CloseFiles/actions/fields/simplify';
import { aContext } from '../../context';

const simplified = (record: IDataObject, parameters: IDataObject = {}) =>
	simplifiedIfWanted(aContext({ parameters }), 0, record, ['id', 'subject']);

describe('a simplified record', () => {
	it('has the keys that most workflows need and nothing more', () => {
		expect(simplified({ id: 'acti_1', subject: 'Hi', cc: [] })).toEqual({
			id: 'acti_1',
			subject: 'Hi',
		});
	});

	it('has the same keys where Close answered without them', () => {
		expect(simplified({ id: 'acti_1' })).toEqual({ id: 'acti_1', subject: null });
	});

	it.each([[''], [0], [false]])('keeps %j', (subject) => {
		expect(simplified({ subject }).subject).toBe(subject);
	});

	it('is all of Close’s answer where the user wants it', () => {
		const record = { id: 'acti_1', cc: [] };

		expect(simplified(record, { simplify: false })).toEqual(record);
	});
});
