import type { INodeExecutionData } from 'n8n-workflow';
import type { Sandbox } from '../sandbox/server';
import { execution, type Execution, type ExecutionOptions } from './execution';

/** A run of "Create Email Template With Attachment", or of the same for SMS. */
export function templating(
	sandbox: Sandbox,
	resource: 'emailTemplate' | 'smsTemplate',
	items: INodeExecutionData[],
	parameters: ExecutionOptions['parameters'] = {},
): Execution {
	return execution({
		credential: sandbox,
		items,
		parameters: { resource, operation: 'createWithAttachment', name: 'Offer', ...parameters },
	});
}
