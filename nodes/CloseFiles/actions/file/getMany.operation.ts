import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { quoted, refusal } from '../../errors';
import type { OutputItem, Run } from '../../run';
import { closeRequest } from '../../transport/close';
import { readLead } from '../fields/lead';
import { optionsField } from '../fields/options';
import { recordIdField } from '../fields/recordId';
import { recordKinds } from '../fields/recordKinds';
import { simplifiedIfWanted, simplifyField } from '../fields/simplify';
import { collectionIn, numberIn, textIn } from '../fields/values';
import type { Operation } from '../operation';
import { LEAD_FILE_KEYS } from './leadFiles';

/** Close's default; its documentation names no higher one for this list. */
const PAGE_SIZE = 100;

const fields: INodeProperties[] = [
	{
		...recordIdField('leadId', recordKinds.lead, 'The lead whose files are wanted'),
		required: true,
	},
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		default: 50,
		typeOptions: { minValue: 1 },
		displayOptions: { show: { returnAll: [false] } },
		description: 'Max number of results to return',
	},
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: [
			{
				displayName: 'Content Type',
				name: 'contentType',
				type: 'string',
				default: '',
				placeholder: 'e.g. application/pdf',
				description: 'Only files of this type. Its beginning will do: image/ finds every image.',
			},
			{
				displayName: 'Name',
				name: 'name',
				type: 'string',
				default: '',
				placeholder: 'e.g. offer',
				description: 'Only files whose name contains this text, in capitals or not',
			},
		],
	},
	simplifyField,
	optionsField([]),
];

async function execute(run: Run, itemIndex: number): Promise<OutputItem[]> {
	const { context } = run;
	const leadId = readLead(context, itemIndex);
	const limit = readLimit(context, itemIndex);
	const isWanted = readFilters(context, itemIndex);

	const files = await listFiles(run, leadId, isWanted, limit);

	return files.map((file) => ({
		json: simplifiedIfWanted(context, itemIndex, file, LEAD_FILE_KEYS),
	}));
}

/** Page by page until there are enough, because Close's list has no filters of its own. */
async function listFiles(
	{ connection }: Run,
	leadId: string,
	isWanted: (file: IDataObject) => boolean,
	limit: number,
): Promise<IDataObject[]> {
	const files: IDataObject[] = [];
	for (let skip = 0; ; skip += PAGE_SIZE) {
		const page = await closeRequest(connection, {
			method: 'GET',
			path: `/lead/${leadId}/files/`,
			query: { _limit: PAGE_SIZE, _skip: skip },
			purpose: 'list the files of the lead',
		});
		files.push(...((page.data ?? []) as IDataObject[]).filter(isWanted));
		if (files.length >= limit || page.has_more !== true) return files.slice(0, limit);
	}
}

function readLimit(context: IExecuteFunctions, itemIndex: number): number {
	if (context.getNodeParameter('returnAll', itemIndex, false) === true) return Infinity;
	const value = context.getNodeParameter('limit', itemIndex, 50);
	const limit = numberIn(value);
	if (Number.isInteger(limit) && limit >= 1) return limit;
	throw refusal(
		`'Limit' holds ${quoted(value)}, which is no whole number from 1`,
		"Set it to 50, or switch 'Return All' on.",
	);
}

function readFilters(
	context: IExecuteFunctions,
	itemIndex: number,
): (file: IDataObject) => boolean {
	const filters = collectionIn(context.getNodeParameter('filters', itemIndex, {}), 'Filters');
	const name = textIn(filters.name, 'Name').trim().toLowerCase();
	const contentType = textIn(filters.contentType, 'Content Type').trim().toLowerCase();
	return (file) =>
		String(file.name).toLowerCase().includes(name) &&
		String(file.content_type).toLowerCase().startsWith(contentType);
}

/** @see https://developer.close.com/api/resources/leads/files-list */
export const getMany: Operation = {
	option: {
		name: 'Get Many',
		value: 'getMany',
		action: 'Get many files of lead',
		description:
			'List the files of a lead with their URLs, those in its emails, notes and messages included',
	},
	fields,
	execute,
};
