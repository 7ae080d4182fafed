import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { refusal } from '../errors';
import { holdsExactly, identityOf, type Attachment } from '../files/attachment';
import type { Creation } from '../records/creation';
import { readAdditionalFields } from './fields/additionalFields';
import { textIn, withoutEmpty } from './fields/values';

/** What templates of emails and of SMS have in common. */

export const nameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. Offer',
	description: 'What the template is called in Close',
};

export const sharedField: INodeProperties = {
	displayName: 'Shared',
	name: 'isShared',
	type: 'boolean',
	default: true,
	description: 'Whether everybody in your Close organization can use the template',
};

/** @throws CloseFilesError when the name is empty. */
export function readTemplate(context: IExecuteFunctions, itemIndex: number): IDataObject {
	const { isShared } = readAdditionalFields(context, itemIndex);
	const name = textIn(context.getNodeParameter('name', itemIndex, ''), 'Name').trim();
	if (name === '') throw refusal("'Name' is empty", 'Give the template a name.');
	return withoutEmpty({ name, is_shared: typeof isShared === 'boolean' ? isShared : undefined });
}

/**
 * How a template is recognised in the list of its kind, which is narrowed by no date and by no lead.
 */
export function amongTemplates(
	{ name }: IDataObject,
	attachments: Attachment[],
): Pick<Creation, 'place' | 'isMeant' | 'createdAt' | 'likeness'> {
	return {
		place: 'the templates',
		isMeant: (record) => record.name === name && holdsExactly(record, attachments),
		createdAt: (record) => String(record.date_created),
		likeness: ['template', name, ...attachments.map(identityOf)].join('\n'),
	};
}
