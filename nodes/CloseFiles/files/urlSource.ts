import type { IBinaryData } from 'n8n-workflow';
import { quoted, refusal } from '../errors';
import { sharing, type Run } from '../run';
import { Mishap } from '../transport/mishap';
import { policies, tryRepeatedly } from '../transport/retries';
import { explainFetch, fetchIntoStore } from './fetching';
import { checkSize } from './fileSize';
import { fromBinary, type FileOverrides, type FileSource } from './fileSource';

/**
 * The file at a URL that anybody may read. It is fetched once for all items of the run and put into
 * n8n's binary store, so that every attempt at its upload can open it anew.
 *
 * @throws CloseFilesError when the URL gives no file, or one over the limit.
 */
export async function fileFromUrl(
	run: Run,
	itemIndex: number,
	text: string,
	overrides: FileOverrides,
): Promise<FileSource> {
	const url = urlIn(text);
	const { maxSize } = overrides;
	const key = ['fetch', maxSize, url].join('\n');
	const binary = await sharing(run, key, async () => await fetch(run, url, maxSize));
	return await fromBinary(run.context, itemIndex, { field: 'file', binary }, overrides);
}

async function fetch(run: Run, url: string, maxSize: number | undefined): Promise<IBinaryData> {
	const fetched = await tryRepeatedly(run.connection, policies.fetch, async () => {
		return await fetchIntoStore(run, {
			url,
			followRedirects: true,
			checkSize: (filename, size) => checkSize(filename, size, maxSize),
		});
	});
	if (!(fetched instanceof Mishap)) return fetched;
	throw explainFetch(
		fetched,
		`'File URL' gave no file from ${withoutSecrets(url)}`,
		'Open the URL in a private window of your browser: the file has to be there without a login. Else fetch it with an HTTP Request node and use its file.',
	);
}

function urlIn(text: string): string {
	if (text.trim() === '') {
		throw refusal(
			"'File URL' is empty",
			'Give the address of the file, e.g. https://example.com/offer.pdf',
		);
	}
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (url?.protocol === 'https:' || url?.protocol === 'http:') return url.href;
	throw refusal(
		`'File URL' holds ${quoted(text)}, which is no address of a file on the web`,
		"Give one that begins with https://. For a file of the item, set 'File Source' to 'Files of the Input Item'.",
	);
}

/** Signed addresses carry their secret in the query. */
function withoutSecrets(url: string): string {
	const { origin, pathname } = new URL(url);
	return `${origin}${pathname}`.slice(0, 200);
}
