import type { IDataObject, INodeExecutionData, NodeApiError } from 'n8n-workflow';
import type { LoggedRequest, Sandbox } from '../sandbox/server';
import type { Execution } from './execution';

/** The calls that the sandbox has received, in the order of their arrival. */
export const callsTo = ({ requests }: Sandbox): string[] => requests.map(({ call }) => call);

/** What was received with a call, by its order of arrival. */
export function bodiesOf({ requests }: Sandbox, call: string): IDataObject[] {
	return requests.filter((entry) => entry.call === call).map(({ body }) => body as IDataObject);
}

/** The forms that S3 has received. */
export const formsTo = ({ requests }: Sandbox): Array<NonNullable<LoggedRequest['form']>> =>
	requests.flatMap(({ form }) => (form === undefined ? [] : [form]));

/** The error that ends a run. */
export async function errorOf({ run }: Execution): Promise<NodeApiError> {
	return await run().then(
		() => Promise.reject(new Error('the run ended without an error')),
		(error: NodeApiError) => error,
	);
}

/** Everything of an error that n8n shows or stores, as text. */
export const wholeTextOf = (error: NodeApiError): string =>
	[error.message, error.description, error.stack, JSON.stringify(error)].join('\n');

export const jsonOf = (items: INodeExecutionData[]): IDataObject[] => items.map(({ json }) => json);

/** Looks again and again until something is so; fails after three seconds. */
export async function until(condition: () => boolean): Promise<void> {
	const deadline = performance.now() + 3_000;
	while (!condition()) {
		if (performance.now() > deadline) throw new Error('did not come true within three seconds');
		await new Promise((resolve) => AbortSignal.timeout(5).addEventListener('abort', resolve));
	}
}
