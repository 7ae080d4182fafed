import { beginningOf, entryName } from './entryName';
import { pickListOf } from './pickList';

interface SmsTemplate {
	id: string;
	name: string;
	text: string | null;
	status?: 'active' | 'archived';
}

/** The SMS templates that are not archived; Close's list cannot leave those out itself. */
export const searchSmsTemplates = pickListOf<SmsTemplate>({
	path: '/sms_template/',
	nouns: 'SMS templates',
	entriesOf: ({ id, name, text, status }) =>
		status === 'archived' ? [] : [{ name: entryName(name, beginningOf(text)), value: id }],
});
