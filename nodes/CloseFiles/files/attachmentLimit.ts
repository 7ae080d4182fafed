import { refusal } from '../errors';
import type { ItemFiles } from './attaching';

/** How many attachments Close takes at most, and on what. */
export interface AttachmentLimit {
	most: number;
	/** With its article, e.g. "an SMS", whose limit holds for the templates of SMS too. */
	taker: string;
}

/**
 * @param noun of the record that is to be created, e.g. "SMS template".
 * @throws CloseFilesError for more files than it takes.
 */
export function refuseTooMany(
	noun: string,
	{ sources, uploaded }: ItemFiles,
	limit: AttachmentLimit,
): void {
	refuseOverflow(noun, { held: 0, added: sources.length + uploaded.length }, limit);
}

/**
 * @param held how many attachments the record has already.
 * @param added how many it is to get beside them.
 * @throws CloseFilesError where these are more than it takes.
 */
export function refuseOverflow(
	noun: string,
	{ held, added }: { held: number; added: number },
	{ most, taker }: AttachmentLimit,
): void {
	if (added === 0 || held + added <= most) return;
	const tooMany = `more than the ${most} that ${taker} takes`;
	if (held === 0) {
		throw refusal(
			`The ${noun} would have ${added} attachments, ${tooMany}`,
			`Attach ${most} files at most, and the others to another ${noun}.`,
		);
	}
	const remove = `remove attachments from the ${noun} in Close first`;
	throw refusal(
		`The ${noun} holds ${held} attachments, and ${added} ${added === 1 ? 'is' : 'are'} to be added: ${tooMany}`,
		held < most ? `Add ${most - held} at most, or ${remove}.` : `To make room, ${remove}.`,
	);
}
