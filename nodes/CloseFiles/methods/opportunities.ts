import { ofChosenLead } from './chosenLead';
import { beginningOf, entryName } from './entryName';
import { leadAddress } from './leads';
import { pickListOf } from './pickList';

interface Opportunity {
	id: string;
	lead_id: string;
	lead_name: string | null;
	/** With its currency and its period, e.g. "$50 monthly". */
	value_formatted?: string | null;
	status_label: string | null;
	note: string | null;
}

/** The opportunities of the chosen lead, or of all leads where none is chosen. */
export const searchOpportunities = pickListOf<Opportunity>({
	path: '/opportunity/',
	query: ofChosenLead,
	nouns: 'opportunities',
	entriesOf: ({ id, lead_id, lead_name, value_formatted, status_label, note }) => [
		{
			name: entryName(lead_name, value_formatted, status_label, beginningOf(note)),
			value: id,
			// The lead's page shows its opportunities; "By URL" finds the ID behind the hash.
			url: `${leadAddress(lead_id)}#opportunity=${id}`,
		},
	],
});
