import { entryName } from './entryName';
import { pickListOf } from './pickList';

interface PhoneNumber {
	/** In international notation, e.g. "+14155550190". */
	number: string;
	label: string | null;
	/** Only messages of Close's own numbers, "internal", go through Close. */
	type: string;
	mms_enabled: boolean;
}

/** The numbers that messages with files can come from; the value is the number itself. */
export const searchPhoneNumbers = pickListOf<PhoneNumber>({
	path: '/phone_number/',
	nouns: 'phone numbers',
	entriesOf: ({ number, label, type, mms_enabled }) =>
		type === 'internal' && mms_enabled ? [{ name: entryName(label, number), value: number }] : [],
});
