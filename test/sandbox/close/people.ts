import type { Account } from './account';
import { pageOf } from './lists';
import type { PhoneNumber, User } from './records';
import type { Call, CloseContext } from './routes';

function userAnswer(user: User, account: Account): Record<string, unknown> {
	return { ...user, image: null, organizations: [account.organizationId] };
}

/** `GET /user/` */
export function listUsers(call: Call, { account }: CloseContext) {
	const users = account.users.map((user) => userAnswer(user, account));
	return pageOf(users, call);
}

/** `GET /me/`: who the key belongs to. */
export function readMe(_call: Call, { account }: CloseContext): Record<string, unknown> {
	const { owner, organizationId } = account;
	const emailAccounts = account.emailAccounts.filter(({ user_id }) => user_id === owner.id);
	return {
		...owner,
		image: null,
		last_used_timezone: null,
		email_accounts: emailAccounts.map(({ _type, id, identities, user_id }) => ({
			_type,
			id,
			identities,
			user_id,
			organization_id: organizationId,
		})),
		memberships: [{ user_id: owner.id, organization_id: organizationId }],
		organizations: [{ id: organizationId, name: 'Sandbox', lead_statuses: [], pipelines: [] }],
		phone_numbers: numbersOf(owner.id, account),
	};
}

/**
 * `GET /connected_account/`: mailboxes, calendars and the like, all at once.
 *
 * @see https://developer.close.com/api/resources/connected-accounts/list
 */
export function listConnectedAccounts({ query }: Call, { account }: CloseContext) {
	const userId = query.get('user_id');
	const found = account.connectedAccounts.filter(({ user_id }) => [user_id, null].includes(userId));
	const data = found.map((each) => ({ ...each, organization_id: account.organizationId }));
	return { data, has_more: false };
}

/** `GET /phone_number/` */
export function listPhoneNumbers(call: Call, { account }: CloseContext) {
	return pageOf(numbersOf(call.query.get('participant_user_id'), account), call);
}

function numbersOf(userId: string | null, { phoneNumbers, organizationId }: Account): object[] {
	const isOf = ({ participants }: PhoneNumber) => userId === null || participants.includes(userId);
	return phoneNumbers.filter(isOf).map((number) => ({
		...number,
		organization_id: organizationId,
	}));
}
