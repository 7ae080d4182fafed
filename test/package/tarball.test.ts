/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- tests never ship */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { tmpdir } from 'node:os';
import { basename, dirname, join, posix } from 'node:path';
import { buildIfStale, root } from './dist';

interface Packed {
	/** Bytes of the tarball. */
	size: number;
	files: Array<{ path: string }>;
}

/** What every n8n from 1.x on resolves for a community node, of what ours may import. */
const available = ['n8n-workflow', 'luxon'];

const manifest = JSON.parse(read('package.json'));
const declared: string[] = [...manifest.n8n.nodes, ...manifest.n8n.credentials];

let packed: Packed;
let paths: string[];

beforeAll(() => {
	buildIfStale();
	const shell = process.platform === 'win32';
	const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
		cwd: root,
		encoding: 'utf8',
		stdio: 'pipe',
		shell,
	});
	[packed] = JSON.parse(output);
	paths = packed.files.map((file) => file.path);
}, 180_000);

describe('tarball', () => {
	it('holds compiled code, icons, codex and schemas, and the four documents', () => {
		const expected =
			/^(dist\/(nodes|credentials)\/.+\.js|dist\/icons\/.+\.svg|dist\/nodes\/.+\.node\.json|dist\/nodes\/.+\/__schema__\/.+\.json|README\.md|LICENSE|CHANGELOG\.md|package\.json)$/;

		expect(paths.filter((path) => !expected.test(path))).toEqual([]);
		expect(paths).toEqual(
			expect.arrayContaining(['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json']),
		);
	});

	it('is at most 80 kB', () => {
		expect(packed.size).toBeLessThanOrEqual(80_000);
	});

	it('brings no other package along', () => {
		expect(manifest).not.toHaveProperty('dependencies');
		expect(manifest).not.toHaveProperty('bundleDependencies');
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	});

	it('holds every node and credential that package.json names', () => {
		expect(paths).toEqual(expect.arrayContaining(declared));
	});

	it('holds every node and credential that was compiled', () => {
		const compiled = paths.filter((path) => /\.(node|credentials)\.js$/.test(path));

		expect(compiled.sort()).toEqual([...declared].sort());
	});

	it('holds a light and a dark icon for every node and credential', () => {
		const icons = declared.flatMap((path) => iconsOf(path));

		expect(icons).toHaveLength(2 * declared.length);
		expect(paths).toEqual(expect.arrayContaining(icons));
	});

	it('holds a codex with everything that n8n reads for every node', () => {
		for (const path of manifest.n8n.nodes as string[]) {
			const codex = JSON.parse(read(path.replace(/\.js$/, '.json')));

			expect(codex).toMatchObject({
				node: expect.stringContaining(manifest.name),
				categories: expect.any(Array),
				resources: { primaryDocumentation: expect.any(Array) },
			});
		}
	});

	it('loads where n8n-workflow and luxon are all there is', () => {
		const folder = mkdtempSync(join(tmpdir(), 'close-files-load-'));
		try {
			const load = declared.map((path) => `new (require('./${path}').${classOf(path)})();`);
			for (const path of paths) cpSync(join(root, path), join(folder, path), { recursive: true });
			mkdirSync(join(folder, 'node_modules'));
			for (const name of available) {
				const target = join(root, 'node_modules', name);
				symlinkSync(target, join(folder, 'node_modules', name), 'junction');
			}

			execFileSync(process.execPath, ['-e', load.join('\n')], { cwd: folder, stdio: 'pipe' });
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	}, 30_000);
});

describe('operations', () => {
	it('each say what they do in the node picker and in the dropdown', () => {
		const silent = operations().filter(({ option }) => !option.action || !option.description);

		expect(silent.map(({ id }) => id)).toEqual([]);
	});

	it('each have an output schema, and there is no schema without its operation', () => {
		const folder = 'dist/nodes/CloseFiles/__schema__/v1.0.0';
		const schemas = paths.filter((path) => path.includes('/__schema__/'));

		expect(schemas.sort()).toEqual(
			operations()
				.map(({ id }) => `${folder}/${id}.json`)
				.sort(),
		);
	});

	it('each have an output schema that describes an object with fields', () => {
		for (const path of paths.filter((each) => each.includes('/__schema__/'))) {
			const schema = JSON.parse(read(path));

			expect([path, schema]).toEqual([path, expect.objectContaining({ type: 'object' })]);
			expect(Object.keys(schema.properties)).not.toEqual([]);
		}
	});
});

function read(path: string): string {
	return readFileSync(join(root, path), 'utf8');
}

/** n8n expects the class to have the file's name. */
function classOf(path: string): string {
	return basename(path).split('.')[0];
}

function instanceOf(path: string) {
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- built after this file is loaded
	const Class = require(join(root, path))[classOf(path)];
	return new Class();
}

/** The tarball's paths of a node's or credential's icons. */
function iconsOf(path: string): string[] {
	const instance = instanceOf(path);
	const icon: Record<string, string> = instance.description?.icon ?? instance.icon;
	return Object.values(icon).map((file) => posix.join(dirname(path), file.replace(/^file:/, '')));
}

/** Every operation the built node offers, with `<resource>/<operation>` as its id. */
function operations(): Array<{ id: string; option: INodePropertyOptions }> {
	const properties: INodeProperties[] = instanceOf(manifest.n8n.nodes[0]).description.properties;
	return properties
		.filter((property) => property.name === 'operation')
		.flatMap((property) =>
			(property.displayOptions?.show?.resource ?? []).flatMap((resource) =>
				(property.options as INodePropertyOptions[]).map((option) => ({
					id: `${resource}/${option.value}`,
					option,
				})),
			),
		);
}
