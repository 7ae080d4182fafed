import type { INodeExecutionData } from 'n8n-workflow';
import type { Effect, Fault, Sandbox } from '../sandbox/server';
import { adding, recordHolding, targetOf } from '../support/additions';
import {
	aFile,
	anItem,
	content,
	emailing,
	locator,
	sendingNow,
	uploading,
} from '../support/builders';
import {
	storeBinary,
	useBinaryMode,
	type Execution,
	type ExecutionOptions,
} from '../support/execution';
import { aFileLiedAbout } from '../support/lyingStore';

/** A text of docs/errors.md: when it comes, and a run that is told it. */
export interface Told {
	when: string;
	run(sandbox: Sandbox): Promise<Execution>;
}

interface Group {
	heading: string;
	texts: Told[];
}

type Parameters = ExecutionOptions['parameters'];

const SIGN = 'POST /files/upload/';
const S3 = 'POST s3';
const CREATE = 'POST /activity/email/';
const CHANGE = 'PUT /activity/email/{id}/';
const READ_BACK = 'GET /activity/email/{id}/';

const anOffer = async () => {
	await useBinaryMode('filesystem');
	return await aFile('Offer.pdf', { size: 48_213 });
};

/** An email with these fields and one file. */
const email = (when: string, parameters: Parameters): Told => ({
	when,
	run: async (sandbox) => emailing(sandbox, [anItem(await anOffer())], parameters),
});

/** An upload of what the item holds. */
const upload = (
	when: string,
	item: () => Promise<INodeExecutionData>,
	parameters: Parameters = {},
): Told => ({
	when,
	run: async (sandbox) => uploading(sandbox, [await item()], parameters),
});

/** An email that is sent, with something going wrong again and again. */
const faulty = (when: string, call: string, effect: Effect, more: Partial<Fault> = {}): Told => ({
	when,
	run: async (sandbox) => {
		sandbox.faults.add({ call, effect, times: Infinity, ...more });
		const timeout = 'timeout' in effect ? { options: { timeout: 0.1 } } : {};
		return emailing(sandbox, [anItem(await anOffer())], { ...sendingNow, ...timeout });
	},
});

const input: Told[] = [
	email('No lead is chosen, or the expression for it yields nothing.', { leadId: locator('') }),
	email('The lead is given by its name in place of its ID.', { leadId: locator('Bluth Company') }),
	email('A recipient is no address. Semicolons do not separate addresses.', {
		to: 'ann@example.com; bob@example.com',
	}),
	email('An email is to be sent, and nobody is named to send it.', { status: 'outbox' }),
	email('An email is to be sent to nobody.', { ...sendingNow, to: '' }),
	email('A schedule lies in the past when the node runs.', {
		...sendingNow,
		status: 'scheduled',
		dateScheduled: '2020-01-01T09:00:00Z',
	}),
	email('Text stands where a date is asked for.', {
		additionalFields: { activityAt: 'yesterday' },
	}),
	email('Sending is to wait longer than Close can.', {
		...sendingNow,
		additionalFields: { sendIn: 90 },
	}),
	email('An expression gives a whole object to a field for text.', {
		subject: '={{ { name: "Offer" } }}',
	}),
	{
		when: 'The base URL of the credential would send the API key unencrypted.',
		run: async (sandbox) => {
			const credential = { ...sandbox, baseUrl: 'http://close.example/api/v1' };
			return uploading(sandbox, [anItem(await anOffer())], {}, { credential });
		},
	},
];

const files: Told[] = [
	upload('The field that is named holds no file, but others do.', async () =>
		anItem({ Documents_0: await anOffer() }),
	),
	upload('The item comes without any file, e.g. because a node before dropped it.', async () =>
		anItem(),
	),
	upload('A Code node copied the file without its ID: nothing of it is left.', async () =>
		anItem({ ...(await anOffer()), id: undefined }),
	),
	upload('A Code node wrote the content with a prefix, or as plain text.', async () =>
		anItem({ data: 'data:application/pdf;base64,JVBERi0=', mimeType: 'application/pdf' }),
	),
	upload('The file has no bytes.', async () => {
		await useBinaryMode('filesystem');
		return anItem(await storeBinary(Buffer.alloc(0), { fileName: 'Offer.pdf' }));
	}),
	upload(
		'The file is larger than the option allows.',
		async () => {
			await useBinaryMode('filesystem');
			return anItem(await aFile('Offer.pdf', { size: 2_500_000 }));
		},
		{ options: { maxFileSizeMb: 2 } },
	),
	upload('n8n has deleted the file since, e.g. with the execution that made it.', async () =>
		anItem({ ...(await anOffer()), id: 'filesystem-v2:workflows/w/executions/1/binary_data/gone' }),
	),
	upload('The file in the store is shorter than n8n noted, e.g. after a full disk.', async () =>
		anItem(await aFileLiedAbout(content(48_213), { metadata: { fileSize: 50_000 } })),
	),
	upload(
		'One name is to be given to several files.',
		async () => anItem({ a: await anOffer(), b: await aFile('Terms.pdf') }),
		{ binaryPropertyName: '*', options: { fileName: 'Offer.pdf' } },
	),
	{
		when: 'An SMS template has no room for all the files that are to be added.',
		run: async (sandbox) => {
			const item = anItem({ a: await anOffer(), b: await aFile('Terms.pdf') });
			const smsTemplate = targetOf('smsTemplate');
			const names = Array.from({ length: 9 }, (_, n) => `${n + 1}.pdf`);
			const template = await recordHolding(sandbox, smsTemplate, names);
			return adding(sandbox, smsTemplate, template, [item], {
				parameters: { binaryPropertyName: '*' },
			});
		},
	},
	email('A file was uploaded more than a day ago and never attached.', {
		fileSource: 'uploaded',
		uploadedFiles:
			'{ "url": "https://app.close.com/go/file/temporary/user_1/1/Offer.pdf/", "filename": "Offer.pdf", "size": 1, "expires_at": "2026-01-02T09:00:00.000Z" }',
	}),
	email('The address of a file is not one in Close.', {
		fileSource: 'uploaded',
		uploadedFiles: '{ "url": "https://drive.example/Offer.pdf" }',
	}),
	email('An uploaded file is given by its address alone.', {
		fileSource: 'uploaded',
		uploadedFiles: '{ "url": "https://app.close.com/go/file/temporary/user_1/1/Offer.pdf/" }',
	}),
];

const closeRefuses: Told[] = [
	faulty('Close checks what the node cannot know. Its words are passed on.', CREATE, {
		status: 400,
		body: { 'field-errors': { sender: 'is not connected.' } },
	}),
	faulty('The API key was revoked or mistyped.', SIGN, { status: 401, body: { error: 'No.' } }),
	faulty('The plan of the organization does not include it.', SIGN, {
		status: 402,
		body: { error: 'Upgrade your plan.' },
	}),
	faulty('The user of the API key may not do it.', CREATE, {
		status: 403,
		body: { error: 'You may not edit this lead.' },
	}),
	faulty('The lead was deleted, or belongs to another organization.', CREATE, {
		status: 404,
		body: { error: 'Lead not found.' },
	}),
	faulty('Close asks for a longer wait than a minute; the node gives up at once.', SIGN, {
		status: 429,
		headers: { RateLimit: 'limit=100, remaining=0, reset=120' },
	}),
	faulty('Close is out of order, and was so for five tries.', SIGN, { status: 503 }),
	faulty('Close saved the draft without its file. It is not sent.', CREATE, {
		status: 200,
		body: { id: 'acti_1', status: 'draft', attachments: [] },
	}),
	faulty('The draft was handed over, and the mailbox refused it.', CHANGE, {
		status: 200,
		body: { id: 'acti_1', status: 'error' },
	}),
	faulty('The change of status was answered, and changed nothing.', CHANGE, {
		status: 200,
		body: { id: 'acti_1', status: 'draft' },
	}),
];

const s3Refuses: Told[] = [
	faulty('The file is larger than Close lets S3 take.', S3, { s3Error: 'EntityTooLarge' }),
	faulty('S3 does not accept what Close signed.', S3, { s3Error: 'SignatureDoesNotMatch' }),
	faulty('S3 is busy, and was so for four tries.', S3, { s3Error: 'SlowDown' }),
	{
		when: 'One of several files is refused. The others can be attached for a day.',
		run: async (sandbox) => {
			const item = anItem({ a: await anOffer(), b: await aFile('Terms.pdf') });
			sandbox.faults.add({ call: S3, skip: 1, effect: { s3Error: 'EntityTooLarge' } });
			const parameters = { binaryPropertyName: 'a, b', options: { maxParallel: 1 } };
			return emailing(sandbox, [item], parameters);
		},
	},
];

const connection: Told[] = [
	{
		when: 'n8n cannot reach Close at all: no network, no DNS, or a firewall.',
		run: async (sandbox) => {
			const credential = { ...sandbox, baseUrl: 'http://127.0.0.1:9/api/v1' };
			return uploading(sandbox, [anItem(await anOffer())], {}, { credential });
		},
	},
	faulty('Close lets every try run into the timeout.', SIGN, { timeout: true }),
	faulty('The connection to Close breaks on every try.', SIGN, { reset: 'before' }),
	faulty('What answers is not Close, e.g. the login page of a proxy.', SIGN, { body: 'html' }),
	faulty('The connection to S3 breaks on every try.', S3, { reset: 'before' }),
	faulty('The file does not get to S3 in time.', S3, { timeout: true }),
];

const doubt: Told[] = [
	faulty(
		'The answer to creating the draft was lost, and the draft is not found. The node never posts it again.',
		CREATE,
		{ reset: 'before' },
	),
	{
		when: 'The answer to sending was lost, and so was every look at the email.',
		run: async (sandbox) => {
			sandbox.faults.add({ call: CHANGE, effect: { reset: 'after' } });
			sandbox.faults.add({ call: READ_BACK, effect: { reset: 'before' }, times: Infinity });
			return emailing(sandbox, [anItem(await anOffer())], sendingNow);
		},
	},
	faulty(
		'Every answer to sending was lost, and the email is a draft still. It may go out yet.',
		CHANGE,
		{ reset: 'before' },
	),
	{
		when: 'Another item stops the workflow. What the others created stays, and is listed.',
		run: async (sandbox) => {
			const items = [anItem(await anOffer()), anItem(await aFile('Terms.pdf'))];
			sandbox.faults.add({
				call: CREATE,
				skip: 1,
				effect: { status: 400, body: { error: 'No.' } },
			});
			return emailing(sandbox, items, { options: { maxParallel: 1 } });
		},
	},
];

export const groups: Group[] = [
	{ heading: 'Input', texts: input },
	{ heading: 'Files', texts: files },
	{ heading: 'Close refuses', texts: closeRefuses },
	{ heading: 'The file storage refuses', texts: s3Refuses },
	{ heading: 'Connection', texts: connection },
	{ heading: 'Doubt, and what is done already', texts: doubt },
];
