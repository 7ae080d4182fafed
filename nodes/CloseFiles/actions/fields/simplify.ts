import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/**
 * A record as the user wants it: Close's answer, or the keys that most workflows need of it. A key
 * that Close did not answer is null, so that expressions find it.
 */
export function simplifiedIfWanted(
	context: IExecuteFunctions,
	itemIndex: number,
	record: IDataObject,
	keys: readonly string[],
): IDataObject {
	if (context.getNodeParameter('simplify', itemIndex, true) !== true) return record;
	return Object.fromEntries(keys.map((key) => [key, record[key] ?? null]));
}
