import type { INodeExecutionData, NodeApiError } from 'n8n-workflow';
import type { Effect } from '../../sandbox/server';
import { aSandbox } from '../../support/aSandbox';
import { aFile, anItem, emailing, locator } from '../../support/builders';
import type { ExecutionOptions } from '../../support/execution';
import { errorOf, wholeTextOf } from '../../support/observations';

/** n8n replaces a whole text that holds one of these, in any case, by a text of its own. */
const words = [
	...['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'ERRADDRINUSE', 'EADDRNOTAVAIL'],
	...['ECONNABORTED', 'EHOSTUNREACH', 'EAI_AGAIN', 'ENOENT', 'EISDIR', 'ENOTDIR', 'EACCES'],
	...['EEXIST', 'EPERM', 'getaddrinfo', 'approvepermissions'],
];

/** What n8n's own texts for these begin with, or hold, and the node's never do. */
const CANNED =
	/perhaps it is|server is offline|Operation not permitted|access permissions|or directory|given path|cannot be established|already occupied|DNS server|connection timed out/i;

interface Place {
	parameters?: ExecutionOptions['parameters'];
	fault?: { call: string; effect: Effect };
	message: string;
}

/** Where a user's or a service's word comes into what the node says. */
const places: Record<string, (word: string) => Place> = {
	'a file’s name': (word) => ({
		parameters: { options: { maxFileSizeMb: 0.00001, fileName: `${word}.pdf` } },
		message: `The file '${word}.pdf' has 0.00002 MB, more than the 0.00001 MB of 'Max File Size (MB)'`,
	}),
	'a recipient': (word) => ({
		parameters: { to: `Ann ${word}` },
		message: `'To' holds 'Ann ${word}', which is no email address`,
	}),
	'a lead': (word) => ({
		parameters: { leadId: locator(word) },
		message: `'Lead' holds '${word}', which is no ID of a lead`,
	}),
	'the name of a field': (word) => ({
		parameters: { binaryPropertyName: word },
		message: `'Input Data Field Name' asks for the file '${word}', which item 0 does not have`,
	}),
	'an uploaded file’s URL': (word) => ({
		parameters: { fileSource: 'uploaded', uploadedFiles: `{ "url": "https://${word}.example/" }` },
		message: `'Uploaded Files' holds 'https://${word}.example/', which is no file in Close`,
	}),
	'a saying of Close': (word) => ({
		fault: { call: 'POST /activity/email/', effect: { status: 400, body: { error: word } } },
		message: `Close refused to create the email: ${word}`,
	}),
	'the name of a file that S3 refuses': (word) => ({
		parameters: { options: { fileName: `${word}.pdf` } },
		fault: { call: 'POST s3', effect: { s3Error: 'EntityTooLarge' } },
		message: `The file '${word}.pdf' is too large for Close: it has 20 bytes`,
	}),
	'the name of a file that Close did not sign': (word) => ({
		parameters: { options: { fileName: `${word}.pdf` } },
		fault: { call: 'POST /files/upload/', effect: { status: 403, body: { error: word } } },
		message: `Close does not permit this user to upload the file '${word}.pdf': ${word}`,
	}),
};

const sandbox = aSandbox();
let item: INodeExecutionData;
beforeAll(async () => {
	item = anItem(await aFile());
});

const prepared = ({ parameters, fault }: Place, onError?: ExecutionOptions['onError']) => {
	if (fault !== undefined) sandbox.faults.add(fault);
	return emailing(sandbox, [item], parameters, { onError });
};

describe.each(Object.entries(places))('a word that n8n replaces, as %s,', (_where, placeOf) => {
	it.each(words)('is read as it is in the error that stops the workflow: %s', async (word) => {
		const place = placeOf(word);

		const error = await errorOf(prepared(place));

		expect(error.message).toBe(place.message);
		expect(error.description).not.toMatch(CANNED);
		expect([...error.messages, wholeTextOf(error).split('\n    at ')[0]].join()).not.toMatch(
			CANNED,
		);
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'is read as it is in the item of the error (%s)',
		async (onError) => {
			const found: string[] = [];
			for (const word of words) {
				sandbox.reset();
				const place = placeOf(word);

				const [{ json, error }] = await prepared(place, onError).run();

				const shown =
					onError === 'continueErrorOutput' ? (error as NodeApiError).message : json.error;
				if (json.error !== place.message || shown !== place.message) found.push(word);
				if (CANNED.test(JSON.stringify(json))) found.push(JSON.stringify(json));
			}

			expect(found).toEqual([]);
		},
	);
});
