import { startSandbox } from '../sandbox/server';
import { eachWith, form, send } from './client';
import {
	encoded,
	filesLeft,
	policyFor,
	postHalf,
	s3Of,
	signedByHand,
	signedBySdk,
} from './s3Client';
import { answerTo, keyOf, s3Cases } from './s3Cases';

const sandbox = eachWith(async () => await startSandbox());

const url = () => `${sandbox().s3Url}/${sandbox().s3.bucket}`;
const postForm = async (body: FormData) => await send(url(), { method: 'POST', body });
const signed = (key: string) =>
	signedByHand(s3Of(sandbox()), { key }, policyFor(s3Of(sandbox()), { key }));

describe('S3’s POST Object', () => {
	it.each(s3Cases.map((each, index) => ({ ...each, key: keyOf(each, index) })))(
		'$title',
		async ({ key, ...each }) => {
			expect(await answerTo(each, s3Of(sandbox()), key)).toMatchObject(each.answer);
		},
	);

	it.each([
		[59_000, 201],
		[61_000, 403],
	])('judges a policy of a minute after %s ms', async (ms, status) => {
		const fields = await signedBySdk(s3Of(sandbox()), 'hello.txt');
		sandbox().clock.advance(ms);

		expect((await postForm(form(fields))).status).toBe(status);
	});

	it('leaves no file of an upload that breaks off', async () => {
		const { body, type } = await encoded(form(signed('hello.txt'), 'x'.repeat(200_000)));
		const begun = () => (sandbox().requests[0]?.form?.file?.size ?? 0) > 0;

		await postHalf(url(), body, type, begun);
		await postForm(form(signed('next')));

		expect(sandbox().s3.object('hello.txt')).toBeUndefined();
		await filesLeft(sandbox().s3.object('next')?.path ?? '', 1);
	});
});
