import { searchEmailAccounts, searchSenders } from './connectedAccounts';
import { searchContacts } from './contacts';
import { searchEmailTemplates } from './emailTemplates';
import { searchLeads } from './leads';
import { searchOpportunities } from './opportunities';
import { searchPhoneNumbers } from './phoneNumbers';
import { searchSmsTemplates } from './smsTemplates';
import { searchUsers } from './users';

/** The pick-lists, by the names that `searchListMethod` of a field gives. */
export const listSearch = {
	searchContacts,
	searchEmailAccounts,
	searchEmailTemplates,
	searchLeads,
	searchOpportunities,
	searchPhoneNumbers,
	searchSenders,
	searchSmsTemplates,
	searchUsers,
};
