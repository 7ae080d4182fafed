import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import { CloseFiles } from '../../nodes/CloseFiles/CloseFiles.node';

interface Field {
	/** Names from the outermost collection inwards: `additionalFields.cc`. */
	path: string;
	property: INodeProperties;
	/** The collections around it and itself: it is shown where each of these is. */
	nest: INodeProperties[];
}

interface Label {
	path: string;
	text: string;
}

interface Operation {
	resource: string;
	operation: string;
}

const { description, methods } = new CloseFiles();
const { properties } = description;
const fields = walk(properties);
const operations: Operation[] = fields
	.filter(({ path }) => path === 'operation')
	.flatMap(({ property }) =>
		(property.displayOptions?.show?.resource ?? []).flatMap((resource) =>
			choices(property).map(({ value }) => ({
				resource: String(resource),
				operation: String(value),
			})),
		),
	);

/**
 * Names that mean two things, and the label of each. Only n8n's own double use is here:
 * where a node takes files from and where it puts them is the same parameter in every node.
 */
const labelsOf: Record<string, string[]> = {
	binaryPropertyName: ['Input Data Field Name', 'Put Output File in Field'],
};

/** Fields and options with which an operation takes files. */
const fileFields = ['binaryPropertyName'];
const fileOptions = ['fileName', 'contentType', 'maxFileSizeMb', 'maxParallel', 'timeout'];
/** The same for files that Close already has; `file: upload` is where these come from. */
const uploadedFields = ['fileSource', 'uploadedFiles', 'options.uploadedFiles'];

describe('description', () => {
	it('does not let an expression choose the resource or the operation', () => {
		const selectors = fields.filter(({ path }) => path === 'resource' || path === 'operation');

		expect(selectors.length).toBeGreaterThan(1);
		expect(pathsOf(selectors.filter(({ property }) => !property.noDataExpression))).toEqual([]);
	});

	it('gives each operation an action to show in the node picker', () => {
		const actions = fields
			.filter(({ path }) => path === 'operation')
			.flatMap(({ property }) => choices(property));

		expect(actions.filter(({ action }) => !action)).toEqual([]);
	});

	it('lists five or more options or fields in alphabetical order', () => {
		const long = fields
			.map(({ path, property }) => ({ path, names: (property.options ?? []).map(labelOf) }))
			.filter(({ names }) => names.length >= 5);

		for (const { path, names } of long) {
			expect([path, names]).toEqual([path, [...names].sort(alphabetically)]);
		}
	});

	it('starts placeholders with an example', () => {
		const examples = fields
			.filter(({ property }) => !isCollection(property))
			.flatMap(({ path, property }) => [
				{ path, text: property.placeholder },
				...(property.modes ?? [])
					.filter((mode) => mode.type === 'string')
					.map((mode) => ({ path: `${path} (${mode.name})`, text: mode.placeholder })),
			])
			.filter(({ text }) => text !== undefined);

		expect(examples.filter(({ text }) => !/^e\.g\. ./.test(String(text)))).toEqual([]);
	});

	it('tells of each field, to a user and to a model, what belongs into it', () => {
		const n8ns = ['authentication', 'resource', 'operation'];
		const untold = fields
			.filter(({ path, property }) => !isCollection(property) && !n8ns.includes(path))
			.filter(({ property }) => !property.description && !property.hint);

		expect(pathsOf(untold)).toEqual([]);
	});

	it('never speaks of a binary property', () => {
		const texts = fields.flatMap(({ path, property }) => [
			...labels({ path, property }),
			{ path, text: property.description ?? '' },
			{ path, text: property.hint ?? '' },
		]);

		expect(texts.filter(({ text }) => /binary propert/i.test(text))).toEqual([]);
	});

	it('starts the description of a switch with Whether', () => {
		const switches = fields.filter(({ property }) => property.type === 'boolean');

		expect(
			pathsOf(switches.filter(({ property }) => !property.description?.startsWith('Whether '))),
		).toEqual([]);
	});

	it('writes labels in title case', () => {
		const lower = fields.flatMap(labels).filter(({ text }) => !isTitleCase(text));

		expect(lower).toEqual([]);
	});

	it('labels a field alike wherever it appears', () => {
		const found = new Map<string, Set<string>>();
		for (const { path, property } of fields.filter((field) => field.property.type !== 'notice')) {
			const key = `${path} (${property.type})`;
			found.set(key, (found.get(key) ?? new Set()).add(property.displayName));
		}

		const unlike = [...found].filter(([key, set]) => {
			const allowed = labelsOf[key.split(' ')[0]];
			return allowed ? [...set].some((text) => !allowed.includes(text)) : set.size > 1;
		});

		expect(unlike).toEqual([]);
	});

	it('fills each pick-list by a method of its own', () => {
		const called = fields
			.flatMap(({ property }) => property.modes ?? [])
			.filter(({ type }) => type === 'list')
			.map(({ typeOptions }) => typeOptions?.searchListMethod);

		expect(called).toContain('searchLeads');
		expect(Object.keys(methods.listSearch)).toEqual(expect.arrayContaining(called));
	});

	it('has no field that no operation shows', () => {
		const hidden = fields
			.filter(({ path }) => path !== 'resource')
			.filter((field) => !operations.some((operation) => isShown(field, operation)));

		expect(pathsOf(hidden)).toEqual([]);
	});
});

describe('operations that take files', () => {
	// Not by `binaryPropertyName`, in which "Download" puts a file.
	const takeFiles = operations.filter((operation) => shown('fileSource', operation).length > 0);
	const attach = takeFiles.filter((each) => nameOf(each) !== 'file: upload');

	it('are those that upload or attach', () => {
		const expected = operations.filter(({ operation }) =>
			/^(upload|attachToLead|createWithAttachment|addAttachment)$/.test(operation),
		);

		expect(takeFiles.map(nameOf)).toEqual(expected.map(nameOf));
	});

	it.each(takeFiles)('$resource: $operation offers every field and option', (operation) => {
		const uploaded = nameOf(operation) === 'file: upload' ? [] : uploadedFields;
		const expected = [...fileFields, ...fileOptions.map((name) => `options.${name}`), ...uploaded];

		const missing = expected.filter((path) => shown(path, operation).length === 0);

		expect(missing).toEqual([]);
	});

	it.each(attach)('$resource: $operation describes them like the others', (operation) => {
		const paths = [
			...fileFields,
			...fileOptions.map((name) => `options.${name}`),
			...uploadedFields,
		];

		for (const path of paths) {
			expect([path, shown(path, operation)]).toEqual([path, shown(path, attach[0])]);
		}
	});

	it('offer uploaded files as a source, but not to the operation that uploads', () => {
		for (const operation of takeFiles) {
			const sources = shown('fileSource', operation)
				.flatMap((property) => choices(property))
				.map(({ value }) => value);

			expect([nameOf(operation), sources.includes('uploaded')]).toEqual([
				nameOf(operation),
				nameOf(operation) !== 'file: upload',
			]);
		}
	});
});

/** Every field of a list of properties, those inside collections included. */
function walk(list: INodeProperties[], outer: INodeProperties[] = []): Field[] {
	return list.flatMap((property) => {
		const nest = [...outer, property];
		const path = nest.map(({ name }) => name).join('.');
		return [{ path, property, nest }, ...walk(inside(property), nest)];
	});
}

/** The fields of a collection; a fixed collection's groups count as collections of their own. */
function inside(property: INodeProperties): INodeProperties[] {
	if (property.type === 'collection') return property.options as INodeProperties[];
	if (property.type !== 'fixedCollection') return [];
	return (property.options as INodePropertyCollection[]).map((group) => ({
		name: group.name,
		displayName: group.displayName,
		type: 'collection',
		default: {},
		options: group.values,
	}));
}

/** What a dropdown offers. */
function choices(property: INodeProperties): INodePropertyOptions[] {
	return isList(property) ? ((property.options ?? []) as INodePropertyOptions[]) : [];
}

function isList({ type }: INodeProperties): boolean {
	return type === 'options' || type === 'multiOptions';
}

function isCollection({ type }: INodeProperties): boolean {
	return type === 'collection' || type === 'fixedCollection';
}

/** The label of a choice, a field or a group of fields. */
function labelOf(each: INodePropertyOptions | INodeProperties | INodePropertyCollection): string {
	return 'displayName' in each && each.displayName ? each.displayName : each.name;
}

/** What a field shows in title case: its own label and those of its choices and modes. */
function labels({ path, property }: Pick<Field, 'path' | 'property'>): Label[] {
	// A notice is a sentence, not a label.
	const own = property.type === 'notice' ? [] : [property.displayName];
	const modes = (property.modes ?? []).map((mode) => mode.displayName);
	return [...own, ...choices(property).map(labelOf), ...modes].map((text) => ({ path, text }));
}

function isTitleCase(text: string): boolean {
	const small = /^(an?|and|as|at|but|by|for|from|if|in|nor|of|on|or|per|the|to|via|vs)$/;
	const words = text.split(/[\s/]+/).filter((word) => /[a-z]/i.test(word));
	return words.every((word, index) => /^\W*[A-Z0-9]/.test(word) || (index > 0 && small.test(word)));
}

function alphabetically(a: string, b: string): number {
	return a.localeCompare(b, 'en', { sensitivity: 'base' });
}

function isShown({ nest }: Field, { resource, operation }: Operation): boolean {
	return nest.every(({ displayOptions: { show = {}, hide = {} } = {} }) => {
		const matches = (list: unknown[] | undefined, value: string) => list?.includes(value);
		return (
			matches(show.resource ?? show['/resource'], resource) !== false &&
			matches(show.operation ?? show['/operation'], operation) !== false &&
			!matches(hide.resource ?? hide['/resource'], resource) &&
			!matches(hide.operation ?? hide['/operation'], operation)
		);
	});
}

/** An operation's fields of that path, without the conditions that name resource and operation. */
function shown(path: string, operation: Operation): INodeProperties[] {
	return fields
		.filter((field) => field.path === path && isShown(field, operation))
		.map(({ property }) => {
			const { show, hide, ...rest } = property.displayOptions ?? {};
			return {
				...property,
				displayOptions: { ...rest, show: withoutPlace(show), hide: withoutPlace(hide) },
			};
		});
}

function withoutPlace<T extends object>(conditions: T | undefined): Partial<T> {
	const place = ['resource', 'operation', '/resource', '/operation'];
	const kept = Object.entries(conditions ?? {}).filter(([key]) => !place.includes(key));
	return Object.fromEntries(kept) as Partial<T>;
}

function nameOf({ resource, operation }: Operation): string {
	return `${resource}: ${operation}`;
}

function pathsOf(list: Field[]): string[] {
	return list.map(({ path }) => path);
}
