import { entryName } from './entryName';
import { pickListOf } from './pickList';

interface Identity {
	name: string | null;
	email: string;
}

/** A mailbox, a calendar or the like that a user has connected. */
interface ConnectedAccount {
	id: string;
	/** E.g. "google" or "custom_email". */
	_type: string;
	email?: string | null;
	/** The addresses that it may send as. */
	identities?: Identity[];
	default_identity?: Identity | null;
	/** E.g. "email_sending". */
	enabled_features?: string[];
}

/** @see https://developer.close.com/api/resources/connected-accounts/list */
const accounts = { path: '/connected_account/', isPaged: false } as const;

export const searchEmailAccounts = pickListOf<ConnectedAccount>({
	...accounts,
	nouns: 'email accounts',
	entriesOf: (account) => (hasEmail(account) ? [accountEntry(account)] : []),
});

/** The addresses that the connected email accounts send from, as "Sender" takes them. */
export const searchSenders = pickListOf<ConnectedAccount>({
	...accounts,
	nouns: 'senders',
	entriesOf: (account) => (hasEmail(account) ? (account.identities ?? []).map(senderEntry) : []),
});

function hasEmail({ enabled_features = [] }: ConnectedAccount): boolean {
	return enabled_features.some((feature) => feature.startsWith('email'));
}

function accountEntry({ id, _type, email, identities, default_identity }: ConnectedAccount) {
	const identity = default_identity ?? identities?.[0];
	const service = _type.replace(/_/g, ' ');
	return { name: entryName(identity?.name, email ?? identity?.email, service), value: id };
}

function senderEntry({ name, email }: Identity) {
	const value = name?.trim() ? `${quotedName(name.trim())} <${email}>` : email;
	return { name: entryName(name, email), value };
}

/** A name with characters that mean something in an address has to be quoted (RFC 5322). */
function quotedName(name: string): string {
	return /[()<>[\]:;@\\,."]/.test(name) ? `"${name.replace(/["\\]/g, '\\$&')}"` : name;
}
