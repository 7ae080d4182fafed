import { identityOf, withoutSize, type Attachment } from '../../files/attachment';
import { attachFiles } from '../../files/attaching';
import { createOnce, type CloseRecord, type Creation } from '../../records/creation';
import type { OutputItem, Run } from '../../run';
import { attachFields, fileOptions, moreUploadedFilesOption } from '../fields/files';
import { leadField, readLead } from '../fields/lead';
import { optionsField } from '../fields/options';
import { readFilesToAttach } from '../fields/readFiles';
import { simplifiedIfWanted, simplifyField } from '../fields/simplify';
import type { Operation } from '../operation';
import { LEAD_FILE_KEYS } from './leadFiles';

async function execute(run: Run, itemIndex: number): Promise<OutputItem[]> {
	const { context } = run;
	const leadId = readLead(context, itemIndex);
	const files = await readFilesToAttach(run, itemIndex);

	const records = await attachFiles(run, itemIndex, files, async (attachments) => {
		const created: CloseRecord[] = [];
		for (const attachment of attachments) {
			created.push(await createOnce(run, itemIndex, creationOf(leadId, attachment)));
		}
		return created;
	});

	return records.map((record) => ({
		json: simplifiedIfWanted(context, itemIndex, record, LEAD_FILE_KEYS),
	}));
}

function creationOf(leadId: string, attachment: Attachment): Creation {
	const path = `/lead/${leadId}/files/` as const;
	const identity = identityOf(attachment);
	return {
		noun: 'file of the lead',
		part: identity,
		path,
		body: withoutSize(attachment),
		list: { path },
		isMeant: ({ name, download_url: url }) =>
			name === attachment.filename && String(url).includes(identity),
		createdAt: (record) => String(record.date_created),
		likeness: `lead file\n${leadId}\n${identity}`,
	};
}

/** @see https://developer.close.com/api/resources/leads/files-create */
export const attachToLead: Operation = {
	option: {
		name: 'Attach to Lead',
		value: 'attachToLead',
		action: 'Attach file to lead',
		description: 'Add files to a lead itself, outside of its emails and notes',
	},
	fields: [
		leadField,
		...attachFields,
		simplifyField,
		optionsField([...fileOptions, moreUploadedFilesOption]),
	],
	execute,
};
