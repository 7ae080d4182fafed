import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { refusal } from '../../errors';
import { readRecordId, recordIdField, type RecordKind } from './recordId';

const lead: RecordKind = {
	label: 'Lead',
	noun: 'a lead',
	prefix: 'lead_',
	hasAddress: true,
	searchListMethod: 'searchLeads',
};

export const leadField: INodeProperties = {
	...recordIdField('leadId', lead),
	required: true,
	description: 'The lead in Close that the record belongs to',
};

/** @throws CloseFilesError when it is empty or no lead's ID. */
export function readLead(context: IExecuteFunctions, itemIndex: number): string {
	const id = readRecordId(context, itemIndex, 'leadId', lead);
	if (id !== undefined) return id;
	throw refusal(
		"'Lead' is empty",
		'Choose the lead from the list, or give its ID or its address in Close.',
	);
}
