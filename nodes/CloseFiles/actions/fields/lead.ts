import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { readRecordId, recordIdField } from './recordId';
import { recordKinds } from './recordKinds';

export const leadField: INodeProperties = {
	...recordIdField('leadId', recordKinds.lead, 'The lead in Close that the record belongs to'),
	required: true,
};

/** @throws CloseFilesError when it is empty or no lead's ID. */
export function readLead(context: IExecuteFunctions, itemIndex: number): string {
	return readRecordId(context, itemIndex, 'leadId', recordKinds.lead);
}
