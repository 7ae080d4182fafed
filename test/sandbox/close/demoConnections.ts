import { recordId, type ConnectedAccount, type PhoneNumber, type User } from './records';

/** Two mailboxes, and one account that no email comes from. */
export function connectedAccounts([owner, colleague]: User[]): ConnectedAccount[] {
	const main = ({ first_name, last_name, email }: User) => ({
		name: `${first_name} ${last_name}`,
		email,
	});
	const account = (user: User, _type: string) => ({
		id: recordId('emailacct', _type === 'zoom' ? `${user.email} zoom` : user.email),
		_type,
		user_id: user.id,
		email: user.email,
	});
	const mail = {
		enabled_features: ['email_sending', 'email_receiving', 'calendar_syncing'],
		send_status: 'ok',
	};
	const team = { name: 'Sales Team', email: 'sales@sandbox.example' };
	return [
		{
			...account(owner, 'custom_email'),
			...mail,
			identities: [main(owner), team],
			default_identity: main(owner),
		},
		{
			...account(owner, 'zoom'),
			identities: [],
			default_identity: null,
			enabled_features: ['meetings'],
			send_status: null,
		},
		{
			...account(colleague, 'google'),
			...mail,
			identities: [main(colleague)],
			default_identity: main(colleague),
		},
	];
}

/** One for MMS, one for text only, one for neither; reserved for fiction, all three. */
export function phoneNumbers([owner, colleague]: User[]): PhoneNumber[] {
	const number = (
		phone: string,
		label: string,
		rest: Pick<PhoneNumber, 'type' | 'sms_enabled' | 'mms_enabled' | 'participants'>,
	) => ({ id: recordId('phon', phone), number: phone, label, ...rest });
	return [
		number('+14155550190', 'San Francisco', {
			type: 'internal',
			sms_enabled: true,
			mms_enabled: true,
			participants: [owner.id, colleague.id],
		}),
		number('+447700900190', 'London', {
			type: 'internal',
			sms_enabled: true,
			mms_enabled: false,
			participants: [owner.id],
		}),
		number('+14155550199', 'Answering service', {
			type: 'external',
			sms_enabled: false,
			mms_enabled: false,
			participants: [colleague.id],
		}),
	];
}
