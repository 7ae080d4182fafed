import type { IDataObject } from 'n8n-workflow';
import { CloseFilesError } from '../errors';
import { attachFiles, type ItemFiles } from '../files/attaching';
import { attachmentOf, identityOf, type Attachment } from '../files/attachment';
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
	/** What reading it takes so that it shows its attachments. */
	query?: IDataObject;
	/** The keys that an attachment of this kind of record takes. */
	keysOf(attachment: Attachment): IDataObject;
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
		await read(run, addition);
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
	const { noun, path, query, keysOf } = addition;
	const tries = new Tries(connection, policies.repeatable);
	const purpose = `add files to the ${noun}`;
	for (let last: Mishap | undefined; ;) {
		const record = await read(run, addition);
		const held = heldBy(record);
		const missing = attachments.filter((attachment) => !isAmong(held, attachment));
		if (missing.length === 0) return record;
		if (last !== undefined) throw explainClose(last, purpose);

		const body = { attachments: [...held, ...missing].map(keysOf) };
		const answer = await inSlot(connection, async () => {
			return await attempt(connection, { method: 'PUT', path, query, body, purpose });
		});
		if (!(answer instanceof Mishap)) {
			return await checked(run, addition, answer as CloseRecord, [...held, ...missing]);
		}
		if (await tries.again(answer)) continue;
		if (!answer.isLost) throw explainClose(answer, purpose);
		last = answer;
	}
}

async function read({ connection }: Run, addition: Addition): Promise<CloseRecord> {
	const { noun, path, query, check } = addition;
	const request = { method: 'GET', path, query, purpose: `read the ${noun}` } as const;
	const record = (await closeRequest(connection, request)) as CloseRecord;
	check?.(record);
	return record;
}

function heldBy({ attachments }: CloseRecord): Attachment[] {
	return ((attachments ?? []) as IDataObject[]).map(attachmentOf);
}

function isAmong(held: Attachment[], attachment: Attachment): boolean {
	return held.some((each) => identityOf(each) === identityOf(attachment));
}

/** Whether Close replaces the list or appends to it is undocumented, so its answer is counted. */
async function checked(
	run: Run,
	addition: Addition,
	answer: CloseRecord,
	wanted: Attachment[],
): Promise<CloseRecord> {
	const { noun } = addition;
	const record = Array.isArray(answer.attachments) ? answer : await read(run, addition);
	const held = heldBy(record);
	const times = (file: Attachment) =>
		held.filter((each) => identityOf(each) === identityOf(file)).length;
	if (held.length === wanted.length && wanted.every((file) => times(file) === 1)) return record;
	throw new CloseFilesError(
		`The ${noun} does not hold each file exactly once: it has ${namesOf(held)} instead of ${namesOf(wanted)}`,
		'Open it in Close and put its files right there.',
		{ code: 'AttachmentsDiffer', created: [{ id: record.id }] },
	);
}

const namesOf = (attachments: Attachment[]): string =>
	attachments.map(({ filename }) => `'${filename}'`).join(', ') || 'none';
