import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { recordIdIn } from '../actions/fields/recordId';
import { recordKinds } from '../actions/fields/recordKinds';

/**
 * Close's filter for the lead that the form holds; none where it is empty, or an expression that
 * the editor could not resolve.
 *
 * @throws CloseFilesError when it holds no lead's ID.
 */
export function ofChosenLead(context: ILoadOptionsFunctions): { lead_id?: string } {
	const held: unknown = context.getCurrentNodeParameter('leadId');
	const isLocator = typeof held === 'object' && held !== null && 'value' in held;
	const value = isLocator ? held.value : held;
	if (typeof value === 'string' && value.startsWith('=')) return {};
	const id = recordIdIn(value, recordKinds.lead);
	return id === undefined ? {} : { lead_id: id };
}
