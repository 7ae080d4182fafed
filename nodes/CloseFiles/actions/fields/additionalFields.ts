import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { collectionIn } from './values';

/** The "Additional Fields" collection of an operation. */
export function additionalFieldsField(own: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: own,
	};
}

/** What was added of them, by the name of the field. */
export function readAdditionalFields(context: IExecuteFunctions, itemIndex: number): IDataObject {
	const value: unknown = context.getNodeParameter('additionalFields', itemIndex, {});
	return collectionIn(value, 'Additional Fields');
}
