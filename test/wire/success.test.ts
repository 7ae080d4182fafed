import { aSandbox } from '../support/aSandbox';
import { aFile, anItem, signFor, uploading } from '../support/builders';
import { errorOf } from '../support/observations';
import { startRecorder } from '../support/recorder';

const sandbox = aSandbox();

/** An upload that was asked to be answered with one status and is answered with another. */
const uploadAnswered = async (status: number, asked: Record<string, string>) => {
	const recorder = await startRecorder({ status });
	signFor(sandbox, recorder.url, asked);
	const execution = uploading(sandbox, [anItem(await aFile())]);
	return { execution, close: async () => await recorder.close() };
};

describe('the answer of S3', () => {
	it.each([
		[201, { success_action_status: '201' }],
		[200, { success_action_status: '200' }],
		[204, { success_action_status: '204' }],
		[201, { Success_Action_Status: '201' }],
		[204, {}],
		[200, { success_action_status: '201' }],
		[200, {}],
	])('%d is a success for the fields %j', async (status, asked) => {
		const { execution, close } = await uploadAnswered(status, asked);

		const outputs = await execution.run();
		await close();

		expect(outputs[0].json).toMatchObject({ filename: 'Offer.pdf', size: 20 });
	});

	it.each([
		[204, { success_action_status: '201' }],
		[201, {}],
		[202, { success_action_status: '201' }],
		[303, { success_action_status: '201' }],
		[301, {}],
	])('%d is a refusal for the fields %j', async (status, asked) => {
		const { execution, close } = await uploadAnswered(status, asked);

		const error = await errorOf(execution);
		await close();

		expect(error.message).toContain("Close's file storage refused the file 'Offer.pdf'");
		expect(error.httpCode).toBe(String(status));
	});
});
