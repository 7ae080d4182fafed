import { quoted, refusal } from '../../errors';
import { locatedIn, textIn } from './values';

const PHONE_NUMBER = 'phone number';

/** E.164, in which Close writes its own numbers: at most 15 digits with the country code. */
const E164 = /^\+[1-9]\d{6,14}$/;

/** What people write between the digits; no-break blanks and dashes of all lengths too. */
const SEPARATORS = /[\s().\-\u2010-\u2015]/g;

/**
 * The phone number in a field, or undefined when it is empty. Only what separates its digits is
 * taken out, and the zero of `+44 (0)20 …`, which is not dialed from abroad.
 *
 * @param value a text, or the locator that holds it.
 * @throws CloseFilesError for one without its country code: which country is meant is not known.
 */
export function phoneIn(value: unknown, label: string): string | undefined {
	const text = textIn(locatedIn(value), label, PHONE_NUMBER).trim();
	if (text === '') return undefined;
	const number = text.replace('(0)', '').replace(SEPARATORS, '');
	if (E164.test(number)) return number;
	throw refusal(
		`'${label}' holds ${quoted(text)}, which is no ${PHONE_NUMBER} with its country code`,
		'Write it like +14155550101. Blanks, dashes, dots and brackets between the digits do no harm.',
	);
}

/**
 * The same of WhatsApp, where numbers have their country code and often no plus sign, as in what
 * WhatsApp itself tells: `14155550101`.
 */
export function whatsAppPhoneIn(value: unknown, label: string): string | undefined {
	const text = textIn(locatedIn(value), label, PHONE_NUMBER).trim();
	return phoneIn(/^[1-9]\d+$/.test(text) ? `+${text}` : text, label);
}
