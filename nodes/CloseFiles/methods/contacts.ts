import { ofChosenLead } from './chosenLead';
import { entryName } from './entryName';
import { leadAddress } from './leads';
import { pickListOf } from './pickList';

interface Contact {
	id: string;
	lead_id: string;
	display_name?: string;
	name: string | null;
	emails?: Array<{ email: string }>;
	phones?: Array<{ phone: string }>;
}

/** The contacts of the chosen lead, or of all leads while none is chosen. */
export const searchContacts = pickListOf<Contact>({
	path: '/contact/',
	query: ofChosenLead,
	nouns: 'contacts',
	entriesOf: ({ id, lead_id, display_name, name, emails, phones }) => [
		{
			name: entryName(display_name || name, emails?.[0]?.email ?? phones?.[0]?.phone),
			value: id,
			// The lead's page shows its contacts; "By URL" finds the ID behind the hash.
			url: `${leadAddress(lead_id)}#contact=${id}`,
		},
	],
});
