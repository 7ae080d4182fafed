import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { quoted, refusal } from '../../errors';
import { locatedIn } from './values';

/** A kind of record in Close whose ID the user gives. */
export interface RecordKind {
	/** As its field is labelled, e.g. "Lead". */
	label: string;
	/** With its article, e.g. "a lead". */
	noun: string;
	/** What its IDs begin with, e.g. "lead_". */
	prefix: string;
	/** Whether its address in Close's app holds the ID, so that it can be pasted. */
	hasAddress?: boolean;
	/** Method of `listSearch` that fills its pick-list. */
	searchListMethod?: string;
}

/**
 * The field for the ID of a record: picked from a list, given as ID, or as an address in Close.
 *
 * @param role of the record, e.g. "The draft that is sent".
 */
export function recordIdField(name: string, kind: RecordKind, role: string): INodeProperties {
	const { label, prefix, hasAddress, searchListMethod } = kind;
	const places = hasAddress ? 'its address in Close and in what' : 'what';
	const offered = [searchListMethod && 'list', 'id', hasAddress && 'url'];
	const property: INodeProperties = {
		displayName: label,
		name,
		type: 'resourceLocator',
		default: { mode: searchListMethod ? 'list' : 'id', value: '' },
		description: `${role}. Its ID, like ${prefix}1x2Y…, is in ${places} earlier nodes give.`,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod, searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: `e.g. ${prefix}1x2Y…`,
			},
			{
				displayName: 'By URL',
				name: 'url',
				type: 'string',
				placeholder: `e.g. https://app.close.com/…/${prefix}1x2Y…`,
				extractValue: { type: 'regex', regex: idPattern(prefix) },
			},
		],
	};
	return { ...property, modes: property.modes?.filter((mode) => offered.includes(mode.name)) };
}

/**
 * Finds an ID that stands alone, or in the path, the query or the hash of an address: an activity
 * is shared as the lead's address with `#activity=acti_…`.
 */
function idPattern(prefix: string): string {
	return `(?:^|[/=])(${prefix}[A-Za-z0-9]+)(?:$|[/?#&])`;
}

/**
 * Takes the ID out of what a record ID field holds; undefined when it is empty.
 *
 * @param value what n8n gives: the locator, or a bare string from an expression.
 * @throws CloseFilesError when it holds no ID of that kind.
 */
export function recordIdIn(
	value: unknown,
	{ label, noun, prefix }: Pick<RecordKind, 'label' | 'noun' | 'prefix'>,
): string | undefined {
	const held = locatedIn(value);
	const isText = typeof held !== 'object' || held === null;
	const text = isText ? String(held ?? '').trim() : '';
	if (isText && text === '') return undefined;
	const id = new RegExp(idPattern(prefix)).exec(text)?.[1];
	if (id !== undefined) return id;
	throw refusal(
		`'${label}' holds ${quoted(isText ? text : held)}, which is no ID of ${noun}`,
		`Such IDs begin with '${prefix}'. In Close they stand in the address of the page.`,
	);
}

/**
 * The ID in a field of its own.
 *
 * @throws CloseFilesError when it is empty or no such ID.
 */
export function readRecordId(
	context: IExecuteFunctions,
	itemIndex: number,
	name: string,
	kind: RecordKind,
): string {
	const id = recordIdIn(context.getNodeParameter(name, itemIndex, ''), kind);
	if (id !== undefined) return id;
	const it = kind.noun.replace(/^an? /, 'the ');
	const fromList = kind.searchListMethod ? `Choose ${it} from the list, or give` : 'Give';
	throw refusal(
		`'${kind.label}' is empty`,
		`${fromList} its ID${kind.hasAddress ? ' or its address in Close' : ''}.`,
	);
}
