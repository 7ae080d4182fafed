/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests never ship */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ts from 'typescript';

/** Present in every n8n from 1.x on, as p-limit is not, and allowed in a verified package. */
const packages = ['n8n-workflow', 'luxon', 'crypto', 'node:crypto'];

/**
 * Each part of the package and the parts it may import from: what a file needs lies downstream of
 * it, and nothing comes back. A part is a folder or a file of nodes/CloseFiles, or credentials.
 * `errors` may be used everywhere because it knows nothing of the rest.
 */
const downstream: Record<string, string[]> = {
	'CloseFiles.node': ['actions', 'methods', 'transport', 'run', 'errors'],
	actions: ['actions', 'files', 'records', 'transport', 'run', 'errors'],
	files: ['files', 'transport', 'run', 'errors'],
	records: ['records', 'files', 'transport', 'run', 'errors'],
	methods: ['methods', 'actions', 'transport', 'errors'],
	run: ['transport', 'errors'],
	transport: ['transport', 'errors'],
	errors: [],
	credentials: ['credentials'],
};

/** The packages of the parts that use fewer than all. */
const packagesOf: Record<string, string[]> = {
	run: ['n8n-workflow', 'luxon'],
	errors: ['n8n-workflow', 'luxon'],
};

const root = resolve(__dirname, '../..');
const modules = ['nodes', 'credentials'].flatMap((folder) =>
	readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter((path) => path.endsWith('.ts'))
		.map((path) => join(folder, path).split(sep).join('/')),
);

function partOf(path: string): string {
	const [part] = path.replace(/^nodes\/CloseFiles\//, '').split('/');
	return part.replace(/\.ts$/, '');
}

/** What a file names in `import`, `export … from`, `import()`, `require()` and types. */
function importsOf(path: string): string[] {
	const found: string[] = [];
	const visit = (node: ts.Node, parent: ts.Node): void => {
		const names =
			ts.isImportDeclaration(parent) ||
			ts.isExportDeclaration(parent) ||
			ts.isExternalModuleReference(parent) ||
			(ts.isLiteralTypeNode(parent) && ts.isImportTypeNode(parent.parent)) ||
			(ts.isCallExpression(parent) && /^(import|require)$/.test(parent.expression.getText()));
		if (names && ts.isStringLiteralLike(node)) found.push(node.text);
		ts.forEachChild(node, (child) => visit(child, node));
	};
	const source = readFileSync(join(root, path), 'utf8');
	const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
	visit(file, file);
	return found;
}

function partsImportedBy(path: string): string[] {
	return importsOf(path)
		.filter((specifier) => specifier.startsWith('.'))
		.map((specifier) => relative(root, resolve(root, dirname(path), specifier)))
		.map((target) => partOf(target.split(sep).join('/')));
}

function packagesImportedBy(path: string): string[] {
	return importsOf(path).filter((specifier) => !specifier.startsWith('.'));
}

describe('imports', () => {
	it.each(modules)('%s imports only what lies downstream of it', (path) => {
		expect(Object.keys(downstream)).toContain(partOf(path));
		expect(downstream[partOf(path)]).toEqual(expect.arrayContaining(partsImportedBy(path)));
	});

	it.each(modules)('%s imports only packages that every n8n has', (path) => {
		const allowed = packagesOf[partOf(path)] ?? packages;

		expect(allowed).toEqual(expect.arrayContaining(packagesImportedBy(path)));
	});
});
