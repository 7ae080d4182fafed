import type { IBinaryData, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

/** A file of an item and the field that holds it. */
export interface BinaryField {
	/** The field's name, or its path in workflows with `binaryMode: combined`. */
	field: string;
	binary: IBinaryData;
}

/** Every file of an item. In workflows with `binaryMode: combined` they stand inside its JSON. */
export function allFields(context: IExecuteFunctions, itemIndex: number): BinaryField[] {
	const item = context.getInputData()[itemIndex];
	const { binaryMode } = context.getWorkflowSettings() as { binaryMode?: string };
	return binaryMode === 'combined' ? filesInJson(item.json, '') : filesBeside(item);
}

/** A Code node may leave null for no files. */
function filesBeside({ binary }: INodeExecutionData): BinaryField[] {
	return Object.entries(binary ?? {}).map(([field, data]) => ({ field, binary: data }));
}

function filesInJson(value: unknown, path: string): BinaryField[] {
	if (isBinaryData(value)) return [{ field: path, binary: value }];
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, inner]) => {
		if (Array.isArray(value)) return filesInJson(inner, `${path}[${key}]`);
		return filesInJson(inner, path === '' ? key : `${path}.${key}`);
	});
}

/** n8n-workflow 2.x exports the same test as `isBinaryValue`; 1.x does not. */
export function isBinaryData(value: unknown): value is IBinaryData {
	return (
		typeof value === 'object' &&
		value !== null &&
		'mimeType' in value &&
		('data' in value || 'id' in value)
	);
}
