import { CloseFilesError } from '../../nodes/CloseFiles/errors';

/** What the work is refused with. Anything but a `CloseFilesError` would be a defect of the node. */
export async function refusalOf(work: () => unknown): Promise<CloseFilesError> {
	const outcome = await settled(work);
	if (outcome instanceof CloseFilesError) return outcome;
	throw new TypeError(`no refusal in the user's words, but: ${String(outcome)}`);
}

/** What came of the work, be it a value or what was thrown. */
export async function settled(work: () => unknown): Promise<unknown> {
	try {
		return await work();
	} catch (error) {
		return error;
	}
}
