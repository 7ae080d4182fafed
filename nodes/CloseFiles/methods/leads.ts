import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { closeRequest } from '../transport/close';
import { connected } from './pickList';

const PAGE_SIZE = 50;

/**
 * The leads whose name holds words that begin with those of the filter, a page at a time.
 *
 * @see https://developer.close.com/api/resources/advanced-filtering
 */
export async function searchLeads(
	this: ILoadOptionsFunctions,
	filter = '',
	cursor?: string,
): Promise<INodeListSearchResult> {
	const words = filter.split(/\s+/).filter(Boolean);
	const queries = [{ type: 'object_type', object_type: 'lead' }, ...words.map(nameBeginsWith)];
	const answer = await connected(this, async (connection) => {
		const body = {
			query: { type: 'and', queries },
			_fields: { lead: ['id', 'display_name'] },
			_limit: PAGE_SIZE,
			...(cursor && { cursor }),
		};
		const purpose = 'search the leads';
		return await closeRequest(connection, { method: 'POST', path: '/data/search/', body, purpose });
	});
	const leads = (answer.data ?? []) as Array<{ id: string; display_name: string }>;
	return {
		results: leads.map(({ id, display_name }) => ({
			name: display_name,
			value: id,
			url: leadAddress(id),
		})),
		paginationToken: (answer.cursor as string | null) ?? undefined,
	};
}

/** Where Close shows a lead. */
export function leadAddress(id: string): string {
	return `https://app.close.com/lead/${id}/`;
}

function nameBeginsWith(value: string): IDataObject {
	return {
		type: 'field_condition',
		field: { type: 'regular_field', object_type: 'lead', field_name: 'display_name' },
		condition: { type: 'text', mode: 'beginning_of_words', value },
	};
}
