import { NodeApiError, type IExecuteFunctions } from 'n8n-workflow';

/**
 * Has the context's authenticated calls throw what they throw in n8n 1.x (n8n-core 1.122.48): the
 * status and the body of an answer that is no success, but not its headers.
 */
export function throwAsIn1x({ helpers }: IExecuteFunctions): void {
	const call = helpers.httpRequestWithAuthentication;
	helpers.httpRequestWithAuthentication = async function (...request) {
		return await call.apply(this, request).catch((error: unknown) => {
			if (!(error instanceof NodeApiError)) throw error;
			const { message, httpCode, context } = error;
			throw Object.assign(new Error(message), { httpCode, context: { data: context.data } });
		});
	};
}
