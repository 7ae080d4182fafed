import { hintAtSize, refuseUnsized } from '../../../../nodes/CloseFiles/actions/email/emailFiles';
import type { Message } from '../../../../nodes/CloseFiles/actions/message';
import type { Attachment } from '../../../../nodes/CloseFiles/files/attachment';
import type { FileSource } from '../../../../nodes/CloseFiles/files/fileSource';
import { refusalOf } from '../../caught';
import { aRun } from '../../context';

const anAttachment = (fields: Partial<Attachment> = {}): Attachment => ({
	url: 'https://app.close.com/go/file/temporary/user_1/tok3n/Offer.pdf/',
	filename: 'Offer.pdf',
	contentType: 'application/pdf',
	size: 5,
	...fields,
});

const aSource: FileSource = {
	filename: 'Offer.pdf',
	contentType: 'application/pdf',
	size: 5,
	identity: () => 'x',
	open: async () => [],
};

describe('the files of an email', () => {
	it('may be files to upload and uploaded ones', () => {
		const files = { sources: [aSource], uploaded: [anAttachment()] };

		expect(() => refuseUnsized(files)).not.toThrow();
	});

	it('cannot be of unknown size', async () => {
		const uploaded = [anAttachment(), anAttachment({ filename: 'B.pdf', size: undefined })];

		const { message } = await refusalOf(() => refuseUnsized({ sources: [], uploaded }));

		expect(message).toBe("'Uploaded Files' does not tell the size of 'B.pdf'");
	});
});

describe('the hint above the output', () => {
	const anEmail = (status: string, change?: Message['change']): Message => ({
		body: { lead_id: 'lead_1', status },
		change,
	});

	function hintsOf(email: Message, ...sizes: Array<number | undefined>): string[] {
		const run = aRun();
		hintAtSize(run, email, { id: 'acti_1', attachments: sizes.map((size) => ({ size })) });
		return [...run.memory.hints];
	}

	const sending = anEmail('draft', { status: 'outbox' });

	it.each([
		['an email that is sent', sending, 25_000_000],
		['a draft', anEmail('draft'), 26_000_000],
		['a log of a sent email', anEmail('sent'), 26_000_000],
		['a log of a received email', anEmail('inbox'), 26_000_000],
	])('has nothing to say of %s', (_what, email, size) => {
		expect(hintsOf(email, size)).toEqual([]);
	});

	it('says that a mailbox may not take what is sent with more than 25 MB in all', () => {
		expect(hintsOf(sending, 13_000_000, undefined, 12_600_000)).toEqual([
			expect.stringContaining('have 26 MB'),
		]);
	});

	it('stands there once for many items', () => {
		const run = aRun();
		const email = { id: 'acti_1', attachments: [{ size: 26_000_000 }] };

		for (let n = 0; n < 3; n += 1) hintAtSize(run, sending, email);

		expect(run.memory.hints.size).toBe(1);
	});
});
