import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { toNodeError } from '../errors';
import { closeRequest } from '../transport/close';
import { openConnection } from '../transport/connection';

const PAGE_SIZE = 50;

/** The leads whose name holds words that begin with those of the filter, a page at a time. */
export async function searchLeads(
	this: ILoadOptionsFunctions,
	filter?: string,
	cursor?: string,
): Promise<INodeListSearchResult> {
	const queries: IDataObject[] = [{ type: 'object_type', object_type: 'lead' }];
	for (const value of (filter ?? '').split(/\s+/).filter(Boolean)) {
		queries.push({
			type: 'field_condition',
			field: { type: 'regular_field', object_type: 'lead', field_name: 'display_name' },
			condition: { type: 'text', mode: 'beginning_of_words', value },
		});
	}
	const answer = await search(this, {
		query: { type: 'and', queries },
		_fields: { lead: ['id', 'display_name'] },
		_limit: PAGE_SIZE,
		...(cursor && { cursor }),
	});
	const leads = (answer.data ?? []) as Array<{ id: string; display_name: string }>;
	return {
		results: leads.map(({ id, display_name }) => ({
			name: display_name,
			value: id,
			url: `https://app.close.com/lead/${id}/`,
		})),
		paginationToken: (answer.cursor as string | null) ?? undefined,
	};
}

/** @see https://developer.close.com/api/resources/advanced-filtering */
async function search(context: ILoadOptionsFunctions, body: IDataObject): Promise<IDataObject> {
	try {
		const connection = await openConnection(context);
		return await closeRequest(connection, {
			method: 'POST',
			path: '/data/search/',
			body,
			purpose: 'search the leads',
		});
	} catch (error) {
		throw toNodeError(context.getNode(), error, 0);
	}
}
