import fc from 'fast-check';
import type {
	GenericValue,
	INodeExecutionData,
	INodeProperties,
	NodeApiError,
	NodeParameterValueType,
} from 'n8n-workflow';
import { CloseFiles } from '../../../nodes/CloseFiles/CloseFiles.node';
import { aSandbox } from '../../support/aSandbox';
import { aFile, anItem, locator, sendingNow } from '../../support/builders';
import type { ExecutionOptions } from '../../support/execution';
import { validRuns } from '../../support/operations';

jest.mock('n8n-workflow', () => jest.requireActual('../../support/skipWaits'));

type Parameters = ExecutionOptions['parameters'];

/** A field of an operation's form. */
interface Field {
	/** `<resource>: <operation>` */
	operation: string;
	property: INodeProperties;
	/** The collection it stands in, e.g. `options`. */
	collection?: string;
}

/** What the other fields hold where a field is shown only then. */
const companions: Parameters = {
	...sendingNow,
	dateScheduled: '2099-01-01',
	fileContent: 'The text',
	fileName: 'notes.txt',
	// An SMS takes no plain text.
	options: { contentType: 'text/csv' },
};

const { properties } = new CloseFiles().description;
const fields = Object.keys(validRuns).flatMap((operation) =>
	properties
		.filter((property) => isOf(property, operation))
		.flatMap((property): Field[] => [
			{ operation, property },
			...(property.type === 'collection' ? (property.options as INodeProperties[]) : []).map(
				(inner) => ({ operation, property: inner, collection: property.name }),
			),
		]),
);
const values: GenericValue[] = [
	undefined,
	null,
	true,
	false,
	0,
	-1,
	1.5,
	1e12,
	'',
	' ',
	'EPERM',
	'\u0000\r\n',
	'constructor',
	'x'.repeat(200_000),
	[],
	[null],
	['x', { y: 1 }],
	{},
	{ value: { value: 'x' } },
	// What texts are made of, in the hands of a form.
	{ toString: 'x', valueOf: 5, toISO: 1 },
	JSON.parse('{ "__proto__": { "value": "x" }, "length": -1 }') as object,
	'['.repeat(50_000),
];

/** One of each kind, for a field that another operation has already met with all of them. */
const tellingValues: GenericValue[] = [null, -1, '\u0000\r\n', { toString: 'x', valueOf: 5 }];

const titled = fields.map((field, index) => [
	`${field.operation}: ${field.property.displayName}`,
	field,
	isMetBefore(field, index) ? tellingValues : values,
]);

function isOf({ displayOptions }: INodeProperties, name: string): boolean {
	const [resource, operation] = name.split(': ');
	const { show } = displayOptions ?? {};
	return (
		show?.resource?.includes(resource) === true && show.operation?.includes(operation) === true
	);
}

function isMetBefore({ property, collection }: Field, index: number): boolean {
	return fields
		.slice(0, index)
		.some(
			(other) =>
				other.property.name === property.name &&
				other.property.displayName === property.displayName &&
				other.collection === collection,
		);
}

const sandbox = aSandbox();
let item: INodeExecutionData;
beforeAll(async () => {
	item = anItem(await aFile());
});

/** The field given by expression; where it picks a record also with the expression inside. */
function waysToGive({ property, collection }: Field): Parameters[] {
	const expression = '={{ $json.value }}';
	const given: NodeParameterValueType[] =
		property.type === 'resourceLocator'
			? [expression, locator(expression, property.modes?.at(0)?.name)]
			: [expression];
	return given.map((value) => {
		const parameter = { [property.name]: value };
		return collection === undefined ? parameter : { [collection]: parameter as never };
	});
}

/** Fields that are shown for certain values of others get these. */
function shownWith({ displayOptions }: INodeProperties): Parameters {
	const conditions = Object.entries(displayOptions?.show ?? {});
	return Object.fromEntries(
		conditions
			.filter(([name]) => name !== 'resource' && name !== 'operation')
			.map(([name, shownFor]) => [name, String(shownFor?.at(0))]),
	);
}

/** What is wrong with how the node takes the value; empty when nothing is. */
async function complaints(field: Field, value: GenericValue): Promise<string[]> {
	const found: string[] = [];
	for (const way of waysToGive(field)) {
		await resetSandbox();
		const parameters = { ...companions, ...shownWith(field.property), ...way };
		const items = [{ ...item, json: { value } }];
		const execution = await validRuns[field.operation](sandbox, items, parameters);
		const outcome = await execution.run().catch((error: unknown) => error);
		const wrong = Array.isArray(outcome) ? wrongInWhatWasSent() : wrongIn(outcome, field);
		if (wrong !== undefined) found.push(`${JSON.stringify(value)?.slice(0, 80)}: ${wrong}`);
	}
	return found;
}

/** An answer of the sandbox's comes after what the run before gave up on has arrived, not to be counted now. */
async function resetSandbox(): Promise<void> {
	await (await fetch(`${sandbox.url}/sandbox/requests`)).text();
	sandbox.reset();
}

/** What JavaScript makes of a value that nobody meant as text. */
function wrongInWhatWasSent(): string | undefined {
	const sent = JSON.stringify(sandbox.requests.map(({ body }) => body));
	// A whole word: an upload's key and signature hold any letters.
	return /\[object |\bundefined\b|\bNaN\b/.exec(sent)?.[0];
}

function wrongIn(error: unknown, { property }: Field): string | undefined {
	const { displayName, name } = property;
	const { message, description, failure, context } = error as NodeApiError;
	// A millisecond is what was asked for then.
	if (name === 'timeout' && failure?.cause === 'temporarily-unavailable') return undefined;
	if (failure?.cause !== 'configuration-invalid') return `not refused, but: ${message}`;
	if (!`${message} ${description}`.includes(`'${displayName}'`))
		return `names another field: ${message}`;
	if (!description || context.data === undefined) return 'does not say what to do';
	if (message.length > 300) return `has ${message.length} characters`;
	return sandbox.requests.length === 0 ? undefined : 'comes after a request';
}

describe('a field given by expression', () => {
	it.each(titled as Array<[string, Field, GenericValue[]]>)(
		'%s works or is refused by its label before any request, whatever it holds',
		async (_title, field, tried) => {
			const found: string[] = [];
			for (const value of tried) found.push(...(await complaints(field, value)));

			expect(found).toEqual([]);
		},
	);

	it('works or is refused with any JSON', async () => {
		await fc.assert(
			fc.asyncProperty(fc.constantFrom(...fields), fc.jsonValue(), async (field, value) => {
				expect(await complaints(field, value as GenericValue)).toEqual([]);
			}),
			{ numRuns: 100 },
		);
	});
});
