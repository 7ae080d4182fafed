import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { choiceIn } from './values';

/** What a record says, and how it is written. */

const BODY_TYPES = ['html', 'text'] as const;

export const bodyTypeField: INodeProperties = {
	displayName: 'Body Type',
	name: 'bodyType',
	type: 'options',
	default: 'html',
	options: [
		{ name: 'HTML', value: 'html', description: 'With tags that format it' },
		{ name: 'Text', value: 'text', description: 'Plain text without tags' },
	],
	description: 'How the body is written',
};

export function readBodyType(
	context: IExecuteFunctions,
	itemIndex: number,
): (typeof BODY_TYPES)[number] {
	const value: unknown = context.getNodeParameter('bodyType', itemIndex, 'html');
	return choiceIn(value, 'Body Type', BODY_TYPES);
}

export function subjectField(description: string): INodeProperties {
	return {
		displayName: 'Subject',
		name: 'subject',
		type: 'string',
		default: '',
		placeholder: 'e.g. Your offer',
		description,
	};
}

export function bodyField(placeholder: string, description: string): INodeProperties {
	return {
		displayName: 'Body',
		name: 'body',
		type: 'string',
		typeOptions: { rows: 5 },
		default: '',
		placeholder,
		description,
	};
}

export function textField(description: string): INodeProperties {
	return {
		displayName: 'Text',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		placeholder: 'e.g. Here is the plan of the site.',
		description,
	};
}
