import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { heldBy } from '../files/attachment';
import { nonEmptyText } from '../files/binaryFields';
import { download } from '../files/downloading';
import type { OutputItem, Run } from '../run';
import { closeRequest } from '../transport/close';
import { optionsField } from './fields/options';
import { readRecordId, recordIdField, type RecordKind } from './fields/recordId';
import { simplifiedIfWanted, simplifyField } from './fields/simplify';
import { textIn } from './fields/values';
import type { Operation } from './operation';

/** What "Download Attachments" has to know of a kind of record. */
interface Source {
	kind: RecordKind;
	/** The name of the parameter that holds the record's ID. */
	parameter: string;
	/** Where records of this kind are, e.g. `/activity/note/`. */
	path: `/${string}/`;
	/** The keys of a simplified record. */
	keys: readonly string[];
	action: string;
	description: string;
}

const prefixField: INodeProperties = {
	displayName: 'Put Output Files in Fields',
	name: 'attachmentsPrefix',
	type: 'string',
	default: 'attachment_',
	placeholder: 'e.g. attachment_',
	hint: 'The first file goes into the field attachment_0, the second into attachment_1, and so on',
};

/** The operation "Download Attachments", which is the same on every kind of record. */
export function downloadAttachmentsOf(source: Source): Operation {
	const { kind, parameter, path, keys, action, description } = source;

	async function execute(run: Run, itemIndex: number): Promise<OutputItem[]> {
		const { context, connection } = run;
		const id = readRecordId(context, itemIndex, parameter, kind);
		const prefix = readPrefix(run, itemIndex);

		const record = await closeRequest(connection, {
			method: 'GET',
			path: `${path}${id}/`,
			purpose: `read the ${kind.label.toLowerCase()}`,
		});
		const binary = await downloadAll(run, prefix, record);

		return [{ json: simplifiedIfWanted(context, itemIndex, record, keys), binary }];
	}

	return {
		option: { name: 'Download Attachments', value: 'downloadAttachments', action, description },
		fields: [
			{
				...recordIdField(parameter, kind, `The ${kind.label.toLowerCase()} whose files are wanted`),
				required: true,
			},
			prefixField,
			simplifyField,
			optionsField([]),
		],
		execute,
	};
}

function readPrefix({ context }: Run, itemIndex: number): string {
	const value: unknown = context.getNodeParameter('attachmentsPrefix', itemIndex, '');
	return textIn(value, prefixField.displayName).trim() || String(prefixField.default);
}

/** One field for each file, in the order in which Close lists them. */
async function downloadAll(
	run: Run,
	prefix: string,
	record: IDataObject,
): Promise<NonNullable<OutputItem['binary']>> {
	const files = await Promise.all(
		heldBy(record).map(async ({ url, filename, content_type: contentType }, index) => {
			const file = {
				url,
				filename: nonEmptyText(filename),
				contentType: nonEmptyText(contentType),
			};
			return [`${prefix}${index}`, await download(run, file)] as const;
		}),
	);
	return Object.fromEntries(files);
}
