import type { INodeProperties } from 'n8n-workflow';
import { recordIdField } from './recordId';
import { recordKinds } from './recordKinds';

/** @param relation of the record to the contact, e.g. "the email is with". */
export function contactField(relation: string): INodeProperties {
	return recordIdField('contactId', recordKinds.contact, `The lead's contact that ${relation}`);
}

/** @param noun of the record, e.g. "email". */
export function userField(noun: string): INodeProperties {
	return recordIdField('userId', recordKinds.user, `The user of Close that the ${noun} belongs to`);
}
