import type { INodeProperties } from 'n8n-workflow';

/** The number of the Close account; in every mode its value is the number itself. */
export const localPhoneField: INodeProperties = {
	displayName: 'Local Phone',
	name: 'localPhone',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description:
		'A phone number of your Close account, like +14155550190, enabled for MMS where it sends. Needed to send and to schedule.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchPhoneNumbers', searchable: true },
		},
		{
			displayName: 'Number',
			name: 'number',
			type: 'string',
			placeholder: 'e.g. +14155550190',
		},
	],
};
