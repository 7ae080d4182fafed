import type { NodeApiError } from 'n8n-workflow';
import { aSandbox } from '../support/aSandbox';
import { aFile, anItem, signFor, uploading } from '../support/builders';
import { openStreams } from '../support/execution';
import {
	impatience,
	rawRefusal,
	startImpatientServer,
	type Impatience,
	type ImpatientServer,
} from '../support/impatientServer';
import { errorOf, until } from '../support/observations';

jest.mock('n8n-workflow', () => jest.requireActual('../support/skipWaits'));

/** Bytes: more than sockets hold, so that the file is on its way when the answer comes. */
const FILE_SIZE = 8_000_000;
const POINTS = [0, 300_000, 3_000_000];
const MOST_TRIES = 4;

const tooLarge = rawRefusal(400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum');
const denied = rawRefusal(403, 'AccessDenied', 'Access Denied');

const sandbox = aSandbox();
let server: ImpatientServer | undefined;
afterEach(async () => await server?.close());

const refusedBy = async (answer: string, at: number, way: Impatience): Promise<NodeApiError> => {
	server = await startImpatientServer(answer, at, way);
	for (let tries = 0; tries < MOST_TRIES; tries++) signFor(sandbox, server.url, { key: 'a.pdf' });
	return await errorOf(uploading(sandbox, [anItem(await aFile('a.pdf', { size: FILE_SIZE }))]));
};

const told = "The file 'a.pdf' is too large for Close: it has 8000000 bytes";
const cut =
	"The file 'a.pdf' (8000000 bytes) did not reach Close's file storage: the connection was cut, 4 times";

const { 'closes at once': closes, 'resets at once': resets, ...others } = impatience;
const { 'resets without an answer': silent, ...readable } = others;
const everywhere = (ways: Record<string, Impatience>) =>
	Object.entries(ways).flatMap(([what, way]) => POINTS.map((at) => [what, at, way] as const));

describe('a refusal that S3 gives while the file is on its way', () => {
	it.each(everywhere(readable))('is told when S3 %s (after %d bytes)', async (_what, at, way) => {
		const error = await refusedBy(tooLarge, at, way);

		expect(error.message).toBe(told);
		expect(error.context.data).toMatchObject({ status: 400, code: 'EntityTooLarge' });
		expect(server?.attempts()).toBe(1);
	});

	it.each(Object.entries(readable))('names its code when S3 %s', async (_what, way) => {
		const error = await refusedBy(denied, 0, way);

		expect(error.message).toBe(
			"Close's file storage refused the file 'a.pdf': AccessDenied, Access Denied",
		);
		expect(error.httpCode).toBe('403');
	});

	// Whether the answer overtakes the end of the connection is chance, on every try anew.
	it.each(everywhere({ closes, resets }))(
		'is told or said to be a cut connection when S3 %s at once (after %d bytes)',
		async (_what, at, way) => {
			const error = await refusedBy(tooLarge, at, way);

			expect([told, cut]).toContain(error.message);
			if (error.message === cut) expect(server?.attempts()).toBe(MOST_TRIES);
		},
	);

	it.each(POINTS)('is a cut connection when it has no words (after %d bytes)', async (at) => {
		const error = await refusedBy(tooLarge, at, silent);

		expect(error.message).toBe(cut);
		expect(error.description).toBe(
			'Run the workflow again in a while. If it happens to this file only, the storage may refuse it: try a smaller one.',
		);
		expect(error.failure).toEqual({ cause: 'temporarily-unavailable' });
		expect(server?.attempts()).toBe(MOST_TRIES);
	});

	it('leaves no stream of the store open', async () => {
		await refusedBy(tooLarge, 300_000, resets);

		await until(() => openStreams.size === 0);
	});
});
