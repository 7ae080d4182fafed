import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { outputOf } from '../n8n/workflow';
import type { Seen } from './trial';
import { STEPS } from './workflows';

/** What has to be so in every combination. */
export interface Proof {
	name: string;
	/** What is to be seen instead; undefined when it is so. */
	missing(seen: Seen): string | undefined;
}

export const proofs: Proof[] = [
	{ name: 'store and binaryMode in effect', missing: placeOfFiles },
	{ name: 'draft with two attachments', missing: draft },
	{ name: 'attachments downloaded into the store', missing: download },
	{ name: 'file uploaded from the store', missing: upload },
	{ name: 'exact Content-Length at S3', missing: contentLength },
	{ name: 'no Authorization at S3', missing: authorization },
	{ name: 'error of one item kept', missing: itemError },
];

function placeOfFiles({ store, binaryMode, told, trip }: Seen): string | undefined {
	if (told.binaryDataMode !== store) return `n8n's store is '${told.binaryDataMode}'`;
	const [item] = outputOf(trip, STEPS.webhook);
	const files = binaryMode === 'combined' ? item?.json._files : item?.binary;
	return unlessAlike(Object.keys(files ?? {}), ['offer', 'terms']);
}

function draft({ trip, sandbox, given }: Seen): string | undefined {
	const [output] = outputOf(trip, STEPS.email);
	const email = sandbox.account.emails.find(({ id }) => id === output?.json.id);
	if (email === undefined) return reasonIn(trip);
	const attached = email.attachments.map(({ url, filename }) => ({
		name: filename,
		md5: sandbox.s3.object(url)?.md5,
	}));
	return unlessAlike({ status: email.status, attached }, { status: 'draft', attached: all(given) });
}

function download({ store, trip, downloaded, given }: Seen): string | undefined {
	if (downloaded.length === 0) return reasonIn(trip);
	const places = downloaded.map(({ id }) => id?.split(':')[0].replace('-v2', '') ?? 'default');
	const files = downloaded.map(({ fileName: name, md5 }) => ({ name, md5 }));
	return unlessAlike({ places, files }, { places: [store, store], files: all(given) });
}

function upload({ trip, sandbox, given: [offer] }: Seen): string | undefined {
	const [output] = outputOf(trip, STEPS.upload);
	if (output === undefined) return reasonIn(trip);
	const { url, checksum } = output.json;
	const arrived = sandbox.s3.object(String(url))?.md5;
	return unlessAlike({ checksum, arrived }, { checksum: offer.md5, arrived: offer.md5 });
}

/** S3 reads to this length and no further: with a wrong one it would have refused the form. */
function contentLength({ requests }: Seen): string | undefined {
	const posts = requests.filter(({ call }) => call === 'POST s3');
	const wrong = posts.filter(
		({ headers, form, status }) =>
			status !== 201 ||
			'transfer-encoding' in headers ||
			!(Number(headers['content-length']) > (form?.file?.size ?? 0)) ||
			form?.partsAfterFile !== 0,
	);
	if (wrong.length > 0)
		return JSON.stringify(wrong.map(({ status, headers }) => [status, headers]));
	return unlessAlike(posts.length, POSTS);
}

/** Two files of the draft, one of the upload, two of the items. */
const POSTS = 5;

function authorization({ requests }: Seen): string | undefined {
	const atS3 = requests.filter(({ server }) => server === 's3');
	const carrying = atS3.filter(({ headers }) => 'authorization' in headers);
	if (carrying.length > 0) return carrying.map(({ call }) => call).join(', ');
	return atS3.length > POSTS ? undefined : `only ${atS3.length} requests`;
}

function itemError({ mixed, sandbox }: Seen): string | undefined {
	const [done, failed, ...more] = outputOf(mixed, STEPS.email);
	if (failed === undefined) return reasonIn(mixed);
	const isDraft = sandbox.account.emails.some(({ id }) => id === done.json.id);
	const found = { isDraft, more: more.length, ...told(failed) };
	return unlessAlike(found, {
		isDraft: true,
		more: 0,
		says: [true, true],
		status: 400,
		uploaded: ['terms.pdf'],
		pairedItem: { item: 1 },
	});
}

function told({ json, pairedItem }: INodeExecutionData) {
	const { error, message, details } = json as { error?: unknown; message?: unknown } & {
		details?: IDataObject & { uploaded?: IDataObject[] };
	};
	const says = [error, message].map((text) => typeof text === 'string' && text !== '');
	const uploaded = details?.uploaded?.map(({ filename }) => filename);
	return { says, status: details?.status, uploaded, pairedItem };
}

const all = (given: Seen['given']) => given.map(({ name, md5 }) => ({ name, md5 }));

function unlessAlike(found: unknown, expected: unknown): string | undefined {
	const [is, shouldBe] = [JSON.stringify(found), JSON.stringify(expected)];
	return is === shouldBe ? undefined : `${is} instead of ${shouldBe}`;
}

const reasonIn = ({ status, data }: Seen['trip']): string =>
	`${status}: ${data.resultData.error?.message ?? 'no output'}`;
