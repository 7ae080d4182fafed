import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { OutputItem, Run } from '../run';

/** Everything about one operation: what the user chooses, fills in and gets. */
export interface Operation {
	/** Its entry in the Operation dropdown. `value` is the contract with saved workflows. */
	option: INodePropertyOptions & { value: string; action: string; description: string };
	/** Its fields, in the order of the form; which operation they belong to is added by the index. */
	fields: INodeProperties[];
	/**
	 * Does one item and answers its output items.
	 *
	 * Reads and checks every parameter before the first request that changes anything.
	 *
	 * @throws CloseFilesError with what the user should know.
	 */
	execute(run: Run, itemIndex: number): Promise<OutputItem[]>;
}
