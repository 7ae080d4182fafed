import { recordId, type Contact, type EmailAccount, type Lead, type User } from './records';

/** The account that every sandbox starts with. Ids are the same in each run, so workflows keep. */
export function demoAccount() {
	const users: User[] = [user('Nora', 'Lindqvist'), user('Tomás', 'Ferreira')];
	const [owner] = users;
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
	const emailAccounts: EmailAccount[] = [
		{
			id: recordId('emailacct', owner.email),
			_type: 'custom_email',
			user_id: owner.id,
			email: owner.email,
			identities: [
				{ name: 'Nora Lindqvist', email: owner.email },
				{ name: 'Sales Team', email: 'sales@sandbox.example' },
			],
		},
	];
	const emailTemplates = [
		{
			id: recordId('tmpl', 'offer'),
			name: 'Offer',
			subject: 'Your offer',
			body: 'Please find our offer attached.',
		},
	];
	return { users, leads, emailAccounts, emailTemplates };
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
