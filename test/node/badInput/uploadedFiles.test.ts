import fc from 'fast-check';
import type { IDataObject, NodeApiError } from 'n8n-workflow';
import { aSandbox } from '../../support/aSandbox';
import { aFile, anItem, emailing, uploading } from '../../support/builders';

const sandbox = aSandbox();

const prefix = 'https://app.close.com/go/file/';
const key = fc.constantFrom('url', 'filename', 'content_type', 'size', 'checksum', 'expires_at');
const anyValue = fc.oneof(
	fc.jsonValue(),
	fc.string({ unit: 'binary' }),
	fc.webPath().map((path) => `${prefix}${path}`),
	fc.constantFrom(`${prefix}../../me/`, `${prefix}?x`, prefix, '2020-01-01', 1e308, -1, undefined),
);

/** How the field is given what "Upload File" returned. */
const ways: Record<string, (file: IDataObject) => [parameter: string, json: IDataObject]> = {
	'as an object': (file) => ['={{ $json.file }}', { file }],
	'as an array': (file) => ['={{ [$json.file] }}', { file }],
	'as JSON': (file) => ['={{ $json.text }}', { text: JSON.stringify(file) }],
};

describe('what Upload File returned, with one thing of it changed,', () => {
	it.each(Object.entries(ways))(
		'is attached or refused in the user’s words, and then nothing is created (%s)',
		async (_how, givenAs) => {
			await fc.assert(
				fc.asyncProperty(key, anyValue, async (changed, value) => {
					sandbox.reset();
					const [{ json: file }] = await uploading(sandbox, [anItem(await aFile())]).run();
					const [uploadedFiles, json] = givenAs({ ...file, [changed]: value as never });

					const outcome: unknown = await emailing(sandbox, [{ json }], {
						fileSource: 'uploaded',
						uploadedFiles,
					})
						.run()
						.catch((error: unknown) => error);

					const { emails } = sandbox.account;
					if (Array.isArray(outcome)) {
						expect(emails.map(({ attachments }) => attachments.length)).toEqual([1]);
					} else {
						const { message, context } = outcome as NodeApiError;
						expect(message).toMatch(/Uploaded Files|uploaded file|Attachments/);
						expect(context.data).toBeDefined();
						expect(emails).toEqual([]);
					}
				}),
				{ numRuns: 40 },
			);
		},
	);
});
