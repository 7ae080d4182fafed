import type { IDataObject } from 'n8n-workflow';
import type { ItemFiles } from '../files/attaching';
import type { Attachment, HeldAttachment } from '../files/attachment';
import { addFiles, type Addition } from '../records/addition';
import type { OutputItem, Run } from '../run';
import { attachFields, fileOptions, moreUploadedFilesOption } from './fields/files';
import { optionsField } from './fields/options';
import { readFilesToAttach } from './fields/readFiles';
import { readRecordId, recordIdField, type RecordKind } from './fields/recordId';
import { simplifiedIfWanted, simplifyField } from './fields/simplify';
import type { Operation } from './operation';

/** What "Add Attachment" has to know of a kind of record. */
interface Target {
	kind: RecordKind;
	/** The name of the parameter that holds the record's ID. */
	parameter: string;
	/** Where records of this kind are, e.g. `/activity/note/`. */
	path: `/${string}/`;
	query?: IDataObject;
	keysOf(attachment: Attachment): IDataObject;
	/** What is sent of a file that the record holds. */
	keep(held: HeldAttachment): IDataObject;
	/** The keys of a simplified record. */
	keys: readonly string[];
	limit?: Addition['limit'];
	/** @throws CloseFilesError for files that this kind of record does not take. */
	checkFiles?(files: ItemFiles): void;
	check?: Addition['check'];
	action: string;
	description: string;
}

/** The operation "Add Attachment", which is the same on every kind of record. */
export function addAttachmentTo(target: Target): Operation {
	const { kind, parameter, path, query, keysOf, keep, keys, limit, check, action, description } =
		target;

	const noun = kind.noun.replace(/^an? /, '');

	async function execute(run: Run, itemIndex: number): Promise<OutputItem[]> {
		const { context } = run;
		const id = readRecordId(context, itemIndex, parameter, kind);
		const files = await readFilesToAttach(run, itemIndex);
		target.checkFiles?.(files);

		const addition = { noun, path: `${path}${id}/`, query, keysOf, keep, limit, check } as const;
		const record = await addFiles(run, itemIndex, files, addition);

		return [{ json: simplifiedIfWanted(context, itemIndex, record, keys) }];
	}

	return {
		option: { name: 'Add Attachment', value: 'addAttachment', action, description },
		fields: [
			{
				...recordIdField(parameter, kind, `The ${noun} that gets the files`),
				required: true,
			},
			...attachFields,
			simplifyField,
			optionsField([...fileOptions, moreUploadedFilesOption]),
		],
		execute,
	};
}
