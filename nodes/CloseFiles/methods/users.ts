import { entryName } from './entryName';
import { pickListOf } from './pickList';

interface User {
	id: string;
	email: string;
	first_name: string | null;
	last_name: string | null;
}

export const searchUsers = pickListOf<User>({
	path: '/user/',
	nouns: 'users',
	entriesOf: ({ id, email, first_name, last_name }) => [
		{ name: entryName([first_name, last_name].filter(Boolean).join(' '), email), value: id },
	],
});
