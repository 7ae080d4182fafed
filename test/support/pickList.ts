import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	NodeParameterValueType,
} from 'n8n-workflow';
import { CloseFiles } from '../../nodes/CloseFiles/CloseFiles.node';
import { createPickListContext } from './context';

const node = new CloseFiles();

/** A method of `listSearch`, e.g. "searchUsers". */
export type PickListName = keyof CloseFiles['methods']['listSearch'];

export interface Look {
	/** What the user types above the list. */
	filter?: string;
	paginationToken?: string;
	/** What else the form holds. */
	parameters?: Record<string, NodeParameterValueType>;
	/** Where the list stands in the form. */
	field?: string;
}

/** What the editor gets when the user opens a pick-list, types, or scrolls on. */
export async function look(
	name: PickListName,
	credential: { baseUrl: string; apiKey: string },
	{ filter, paginationToken, parameters = {}, field = 'leadId' }: Look = {},
): Promise<INodeListSearchResult> {
	const context = createPickListContext(node, { credential, parameters }, field);
	const method = node.methods.listSearch[name];
	return await method.call(context as unknown as ILoadOptionsFunctions, filter, paginationToken);
}

/** The names that the list shows. */
export async function namesIn(...looks: Parameters<typeof look>): Promise<string[]> {
	return (await look(...looks)).results.map(({ name }) => name);
}

/** The error that the list shows instead of entries. */
export async function errorOf(
	...looks: Parameters<typeof look>
): Promise<Error & { description?: string }> {
	return await look(...looks).then(
		() => Promise.reject(new Error('the search succeeded')),
		(error: Error & { description?: string }) => error,
	);
}
