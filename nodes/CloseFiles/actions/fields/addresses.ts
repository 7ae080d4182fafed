import { quoted, refusal } from '../../errors';
import { textIn } from './values';

/** Close's published bounds for `to`, `cc` and `bcc`. */
export const MOST_ADDRESSES = 500;
const LONGEST_ADDRESS = 1000;

/** Not RFC 5321 in full, but what mail servers take: one @, no blanks, a host with or without dots. */
const BARE_ADDRESS = /^[^\s@<>(),;:"[\]\\]+@[^\s@<>(),;:"[\]\\.]+(\.[^\s@<>(),;:"[\]\\.]+)*$/;

const ADDRESS = 'email address';

/** A line break in a name could end the header and begin another. */
// eslint-disable-next-line no-control-regex -- they are what is refused
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f]/;

/**
 * The addresses of a field like "To": separated by commas, `Name <a@b.c>` allowed; a comma inside
 * quotes is not a separator. An array by expression works too.
 *
 * @throws CloseFilesError naming the one that is no address.
 */
export function addressesIn(value: unknown, label: string): string[] {
	const entries: unknown[] = Array.isArray(value)
		? value
		: splitAddresses(textIn(value, label, ADDRESS));
	const addresses = entries.map((entry) => textIn(entry, label, ADDRESS).trim()).filter(Boolean);
	for (const address of addresses) checkAddress(address, label);
	if (addresses.length > MOST_ADDRESSES) {
		throw refusal(
			`'${label}' holds ${addresses.length} addresses, more than the ${MOST_ADDRESSES} that Close takes`,
			'Create several emails.',
		);
	}
	return addresses;
}

/** The single address of a field like "Sender", or undefined when it is empty. */
export function addressIn(value: unknown, label: string): string | undefined {
	const address = textIn(value, label, ADDRESS).trim();
	if (address === '') return undefined;
	checkAddress(address, label);
	return address;
}

/** `a@b.c` of `Name <a@b.c>`, in lower case: what tells two recipients apart. */
export function bareAddress(address: string): string {
	return (/<([^<>]*)>\s*$/.exec(address)?.[1] ?? address).trim().toLowerCase();
}

function checkAddress(address: string, label: string): void {
	const bare = (/^[^<>"]*<([^<>]*)>$/.exec(withoutQuoted(address))?.[1] ?? address).trim();
	const isAddress = BARE_ADDRESS.test(bare) && !CONTROL_CHARACTER.test(address);
	if (isAddress && address.length <= LONGEST_ADDRESS) return;
	throw refusal(
		`'${label}' holds ${quoted(address)}, which is no ${ADDRESS}`,
		'Write addresses like ann@example.com or Ann Lee <ann@example.com>, separated by commas.',
	);
}

/** Splits at commas that stand outside of quotes. */
function splitAddresses(text: string): string[] {
	return text.match(/(?:"(?:\\.|[^"\\])*"|[^,])+/g) ?? [];
}

/** A quoted name may hold anything, angle brackets too. */
function withoutQuoted(address: string): string {
	return address.replace(/"(?:\\.|[^"\\])*"/g, '');
}
