import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { quoted, refusal } from '../errors';
import { allFields, isBinaryData, type BinaryField } from './filesOfItem';

const ADVICE =
	"Look at the input of this node: files stand on its 'Binary' tab, each under the name of its field.";

/**
 * The files that a field like "Input Data Field Name" names, in its order, each once.
 *
 * It holds one name, several comma-separated names, patterns that end in `*`, or, by expression, a
 * binary object or an array of any of these.
 *
 * @throws CloseFilesError when a name or pattern finds nothing; it says which files there are.
 */
export function findBinaryFields(
	context: IExecuteFunctions,
	itemIndex: number,
	value: unknown,
	label: string,
): BinaryField[] {
	const wanted = (Array.isArray(value) ? value : [value ?? '']).flatMap((entry: unknown) =>
		typeof entry === 'string' ? namesIn(entry) : [entry],
	);
	if (wanted.length === 0)
		throw refusal(`'${label}' is empty`, `Name the field that holds the file. ${ADVICE}`);

	const found = new Map<unknown, BinaryField>();
	for (const entry of wanted) {
		for (const { field, binary } of resolve(context, itemIndex, entry, label)) {
			// Several files by expression may have one name, and none has an ID in memory.
			const key = typeof entry === 'string' ? field : (binary.id ?? entry);
			found.set(key, { field, binary: readable(field, binary, label) });
		}
	}
	return [...found.values()];
}

/** What n8n writes in place of the content of a stored file: without its ID it is nothing. */
const STORES = ['filesystem', 'filesystem-v2', 'database', 's3', 'azure'];

/** Binary data may be written by hand, e.g. in a Code node: what is no text counts as missing. */
function readable(field: string, binary: unknown, label: string): IBinaryData {
	const { id, data, mimeType, fileName, fileExtension } = Object(binary);
	if (nonEmptyText(id) === undefined && (typeof data !== 'string' || STORES.includes(data))) {
		throw refusal(`'${label}' asks for ${quoted(field)}, which holds no file`, ADVICE);
	}
	return {
		id: nonEmptyText(id),
		data: nonEmptyText(data) ?? '',
		mimeType: nonEmptyText(mimeType) ?? '',
		fileName: nonEmptyText(fileName),
		fileExtension: nonEmptyText(fileExtension),
	};
}

/** The value if it is a text that says something. */
export function nonEmptyText(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}

function namesIn(text: string): string[] {
	return text
		.split(',')
		.map((name) => name.trim())
		.filter((name) => name !== '');
}

function resolve(
	context: IExecuteFunctions,
	itemIndex: number,
	entry: unknown,
	label: string,
): BinaryField[] {
	if (isBinaryData(entry))
		return [
			{ field: nonEmptyText(entry.id) ?? nonEmptyText(entry.fileName) ?? 'file', binary: entry },
		];
	if (typeof entry !== 'string') {
		throw refusal(
			`'${label}' holds neither the name of a field nor a file`,
			`Give a field's name, several separated by commas, or an expression that yields a file. ${ADVICE}`,
		);
	}
	return entry.endsWith('*')
		? matching(context, itemIndex, entry, label)
		: [named(context, itemIndex, entry, label)];
}

/** `*` stands for every file of the item, `file_*` for those whose field begins so. */
function matching(
	context: IExecuteFunctions,
	itemIndex: number,
	pattern: string,
	label: string,
): BinaryField[] {
	const start = pattern.slice(0, -1);
	const all = allFields(context, itemIndex);
	const matches = all.filter(({ field }) => field.startsWith(start));
	if (matches.length === 0)
		throw notFound(`a file for the pattern ${quoted(pattern)}`, all, itemIndex, label);
	return matches;
}

function named(
	context: IExecuteFunctions,
	itemIndex: number,
	field: string,
	label: string,
): BinaryField {
	try {
		return { field, binary: context.helpers.assertBinaryData(itemIndex, field) };
	} catch {
		throw notFound(`the file ${quoted(field)}`, allFields(context, itemIndex), itemIndex, label);
	}
}

function notFound(what: string, all: BinaryField[], itemIndex: number, label: string) {
	const names = all.map(({ field }) => `'${field}'`).join(', ');
	return refusal(
		`'${label}' asks for ${what}, which item ${itemIndex} does not have`,
		names === ''
			? `The item has no files at all. ${ADVICE}`
			: `Use one of the item's files: ${names}.`,
	);
}
