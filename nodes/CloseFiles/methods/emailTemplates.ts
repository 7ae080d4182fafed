import { entryName } from './entryName';
import { pickListOf } from './pickList';

interface EmailTemplate {
	id: string;
	name: string;
	subject: string | null;
}

/** The email templates that are not archived. */
export const searchEmailTemplates = pickListOf<EmailTemplate>({
	path: '/email_template/',
	query: () => ({ is_archived: false }),
	nouns: 'email templates',
	entriesOf: ({ id, name, subject }) => [{ name: entryName(name, subject), value: id }],
});
