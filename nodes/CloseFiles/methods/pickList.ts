import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { refusal, toNodeError } from '../errors';
import { closeRequest } from '../transport/close';
import { openConnection, type Connection } from '../transport/connection';

/** Records in one answer; Close's default. */
const PAGE_SIZE = 100;

/** Entries that fill a pick-list until the user scrolls on. */
const ENOUGH_ENTRIES = 50;

/** Answers read for one look at a list, so that a rare word in a long one does not take minutes. */
const MOST_ANSWERS = 20;

/** A method of `listSearch`, as n8n calls it. */
export type PickList = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

/** A list of Close that has no search by words. */
interface CloseList<R> {
	path: `/${string}/`;
	/** Close's own filters. */
	query?(context: ILoadOptionsFunctions): IDataObject;
	/** What is listed, in the plural, e.g. "users". */
	nouns: string;
	/** False where Close answers everything at once and takes no paging. */
	isPaged?: false;
	/** The entries that a record becomes; none for one that cannot be picked. */
	entriesOf(record: R): INodeListSearchItems[];
}

/** The pick-list of what Close lists, searched by words of the names that it shows. */
export function pickListOf<R>(list: CloseList<R>): PickList {
	return async function (filter = '', paginationToken = '0') {
		const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
		return await connected(this, async (connection) => {
			const filters = list.query?.(this);
			const results: INodeListSearchItems[] = [];
			let skip = Number(paginationToken);
			for (let answers = 0; answers < MOST_ANSWERS; answers++) {
				const query = { ...filters, ...pagingOf(list, skip) };
				const { records, isLast } = await readRecords(connection, list, query);
				results.push(...entriesOf(records, list).filter(({ name }) => hasWords(name, words)));
				if (isLast) return { results };
				skip += PAGE_SIZE;
				if (results.length >= ENOUGH_ENTRIES) break;
			}
			if (results.length === 0) throw notFoundYet(list.nouns);
			return { results, paginationToken: String(skip) };
		});
	};
}

/** What is done with Close for a pick-list, its errors as n8n shows them. */
export async function connected<T>(
	context: ILoadOptionsFunctions,
	work: (connection: Connection) => Promise<T>,
): Promise<T> {
	try {
		return await work(await openConnection(context));
	} catch (error) {
		throw toNodeError(context.getNode(), error, 0);
	}
}

function pagingOf<R>({ isPaged }: CloseList<R>, skip: number): IDataObject {
	return isPaged === false ? {} : { _limit: PAGE_SIZE, _skip: skip };
}

async function readRecords<R>(
	connection: Connection,
	{ path, nouns }: CloseList<R>,
	query: IDataObject,
): Promise<{ records: R[]; isLast: boolean }> {
	const purpose = `list the ${nouns}`;
	const answer = await closeRequest(connection, { method: 'GET', path, query, purpose });
	return { records: (answer.data ?? []) as R[], isLast: answer.has_more !== true };
}

/** An entry without a name is shown by its value. */
function entriesOf<R>(records: R[], list: CloseList<R>): INodeListSearchItems[] {
	return records
		.flatMap((record) => list.entriesOf(record))
		.map((entry) => ({ ...entry, name: entry.name || String(entry.value) }));
}

function hasWords(name: string, words: string[]): boolean {
	return words.every((word) => name.toLowerCase().includes(word));
}

/** n8n shows an empty page as the end of the list, which it is not. */
function notFoundYet(nouns: string) {
	const read = (MOST_ANSWERS * PAGE_SIZE).toLocaleString('en');
	return refusal(
		`None of the first ${read} ${nouns} matches`,
		'Choose the lead first where there is one, search for other words, or give the ID.',
	);
}
