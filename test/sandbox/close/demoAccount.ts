import { connectedAccounts, phoneNumbers } from './demoConnections';
import { demoRecords } from './demoRecords';
import { recordId, type Contact, type Lead, type User } from './records';

/** The account that every sandbox starts with. Ids are the same in each run, so workflows keep. */
export function demoAccount(organizationId: string) {
	const users: User[] = [user('Nora', 'Lindqvist'), user('Tomás', 'Ferreira')];
	const leads: Lead[] = [
		lead('Bluth Company', 'Potential', [
			['Gina Moreau', 'Head of Purchasing', 'gina@bluth.example', '+14155550101'],
			['Samuel Okafor', 'Site Manager', 'samuel@bluth.example', '+14155550102'],
		]),
		lead('Harbour & Sons Ltd', 'Qualified', [
			['Ruth Harbour', 'Managing Director', 'ruth@harbour.example', '+14155550103'],
		]),
		lead('Møller Design Studio', 'Customer', [
			['Astrid Møller', 'Owner', 'astrid@moller.example', '+14155550104'],
			['Jonas Vik', 'Project Lead', 'jonas@moller.example', '+14155550105'],
		]),
		lead('Quillfeather Press', 'Potential', []),
	];
	return {
		users,
		leads,
		connectedAccounts: connectedAccounts(users),
		phoneNumbers: phoneNumbers(users),
		...demoRecords(users, leads, organizationId),
	};
}

function user(first: string, last: string): User {
	const email = `${first.toLowerCase().replace('á', 'a')}@sandbox.example`;
	return { id: recordId('user', email), email, first_name: first, last_name: last };
}

function lead(name: string, status: string, people: string[][]): Lead {
	const id = recordId('lead', name);
	const contacts = people.map(([person, title, email, phone]): Contact => ({
		id: recordId('cont', email),
		lead_id: id,
		name: person,
		title,
		emails: [{ email, type: 'office' }],
		phones: [{ phone, type: 'office' }],
	}));
	return { id, name, status_label: status, contacts };
}
