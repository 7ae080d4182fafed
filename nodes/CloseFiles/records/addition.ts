import type { IDataObject } from 'n8n-workflow';
import { CloseFilesError } from '../errors';
import { attachFiles, type ItemFiles } from '../files/attaching';
import { heldBy, identityOf, type Attachment, type HeldAttachment } from '../files/attachment';
import { refuseOverflow, type AttachmentLimit } from '../files/attachmentLimit';
import { identitiesOf } from '../files/uploads';
import { inTurn, once, type Run } from '../run';
import { attempt, closeRequest } from '../transport/close';
import { explainClose } from '../transport/explain';
import { Mishap } from '../transport/mishap';
import { inSlot, policies, Tries } from '../transport/retries';
import type { CloseRecord } from './creation';

/** A record in Close that files are added to. */
export interface Addition {
	/** What it is called in errors, e.g. "note". */
	noun: string;
	path: `/${string}/`;
	/** What reading it takes so that it shows its attachments; the answer to writing need not then. */
	query?: IDataObject;
	/** The keys that an attachment of this kind of record takes. */
	keysOf(attachment: Attachment): IDataObject;
	/** What is sent of one that the record holds, so that it stays as it is. */
	keep(held: HeldAttachment): IDataObject;
	/** Unset where Close publishes none. */
	limit?: AttachmentLimit;
	/** @throws CloseFilesError when the record takes no files as it is. */
	check?(record: CloseRecord): void;
}

/**
 * Adds the files of an item to a record that exists, and keeps those it has.
 *
 * Close takes the list of attachments as a whole, so it is read, extended and written. It is read
 * twice: before the upload, to refuse what takes no files, and right before it is written, because
 * an upload takes its time and others may have added files meanwhile. Nothing but the attachments
 * is written, so what others change in the rest of the record stays.
 *
 * @throws CloseFilesError when a file cannot be uploaded, when Close refuses, and when the record
 * does not hold each old and each new file exactly once afterwards.
 */
export async function addFiles(
	run: Run,
	itemIndex: number,
	files: ItemFiles,
	addition: Addition,
): Promise<CloseRecord> {
	return await once(run, itemIndex, 'record', async () => {
		const wanted = [
			...identitiesOf(run, itemIndex, files.sources),
			...files.uploaded.map(identityOf),
		];
		refuseWithoutRoom(addition, [], wanted);
		refuseWithoutRoom(addition, heldBy(await read(run, addition)).map(identityOf), wanted);
		return await attachFiles(run, itemIndex, files, async (attachments) => {
			return await inTurn(run, `add to ${addition.path}`, async () => {
				return await write(run, addition, attachments);
			});
		});
	});
}

/**
 * Writes until the record holds the files. Reading comes first each time: when the answer to the
 * writing before was lost, the record shows whether it came through.
 */
async function write(
	run: Run,
	addition: Addition,
	attachments: Attachment[],
): Promise<CloseRecord> {
	const { connection } = run;
	const { noun, path, keysOf, keep } = addition;
	const tries = new Tries(connection, policies.repeatable);
	const purpose = `add files to the ${noun}`;
	for (let last: Mishap | undefined; ;) {
		const record = await read(run, addition);
		const held = heldBy(record);
		const missing = distinct(attachments).filter((attachment) => !isAmong(held, attachment));
		if (missing.length === 0) return checked(addition, record, distinct(held));
		if (last !== undefined) throw explainClose(last, purpose);
		refuseWithoutRoom(addition, held.map(identityOf), missing.map(identityOf));

		const body = { attachments: [...held.map(keep), ...missing.map(keysOf)] };
		const answer = await inSlot(connection, tries, async () => {
			return await attempt(connection, { method: 'PUT', path, body, purpose });
		});
		if (!(answer instanceof Mishap)) {
			const written = await asHeld(run, addition, answer as CloseRecord);
			return checked(addition, written, [...held, ...missing]);
		}
		if (await tries.again(answer)) continue;
		if (!answer.isLost) throw explainClose(answer, purpose);
		last = answer;
	}
}

/** Both by their identities; what is held already takes no more room. */
function refuseWithoutRoom({ noun, limit }: Addition, held: string[], wanted: string[]): void {
	const added = new Set(wanted.filter((identity) => !held.includes(identity))).size;
	if (limit !== undefined) refuseOverflow(noun, { held: held.length, added }, limit);
}

async function read({ connection }: Run, addition: Addition): Promise<CloseRecord> {
	const { noun, path, query, check } = addition;
	const request = { method: 'GET', path, query, purpose: `read the ${noun}` } as const;
	const record = (await closeRequest(connection, request)) as CloseRecord;
	check?.(record);
	return record;
}

/** An attachment, be it held or to be added. */
type Named = Attachment | HeldAttachment;

function isAmong(held: Named[], attachment: Named): boolean {
	return held.some((each) => identityOf(each) === identityOf(attachment));
}

/** Each file once: what two items or two fields share was uploaded once. */
function distinct<T extends Named>(attachments: T[]): T[] {
	return [...new Map(attachments.map((file) => [identityOf(file), file])).values()];
}

/** The record as it is after the write, its attachments shown. */
async function asHeld(run: Run, addition: Addition, answer: CloseRecord): Promise<CloseRecord> {
	const tells = addition.query === undefined && Array.isArray(answer.attachments);
	return tells ? answer : await read(run, addition);
}

/**
 * Whether Close replaces the list or appends to it is undocumented, so what it holds is counted.
 * A file more is another client's; none may be missing, and none be there twice.
 */
function checked({ noun }: Addition, record: CloseRecord, wanted: Named[]): CloseRecord {
	const held = heldBy(record);
	const isEachOnce = distinct(held).length === held.length;
	if (isEachOnce && wanted.every((file) => isAmong(held, file))) return record;
	throw new CloseFilesError(
		`The ${noun} does not hold each file exactly once: it has ${namesOf(held)} instead of ${namesOf(wanted)}`,
		'Open it in Close and put its files right there.',
		{ code: 'AttachmentsDiffer', created: [{ id: record.id }] },
	);
}

const namesOf = (attachments: Named[]): string =>
	attachments.map(({ filename }) => `'${String(filename)}'`).join(', ') || 'none';
