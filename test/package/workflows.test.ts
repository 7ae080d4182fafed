/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { parse } from 'yaml';
import { CloseFiles } from '../../nodes/CloseFiles/CloseFiles.node';
import packageJson from '../../package.json';
import { root } from '../support/markdown';

interface Step {
	uses?: string;
	run?: string;
	with?: Record<string, unknown>;
}

interface Job {
	uses?: string;
	needs?: string;
	permissions?: Record<string, string>;
	steps?: Step[];
}

interface Workflow {
	permissions: Record<string, string>;
	jobs: Record<string, Job>;
}

const textOf = (path: string) => readFileSync(join(root, '.github', path), 'utf8');
const workflows = readdirSync(join(root, '.github/workflows')).map((name) => ({
	name,
	text: textOf(`workflows/${name}`),
	workflow: parse(textOf(`workflows/${name}`)) as Workflow,
}));
const steps = ({ workflow }: { workflow: Workflow }) =>
	Object.values(workflow.jobs).flatMap((job) => job.steps ?? []);

describe.each(workflows)('the workflow $name', (each) => {
	it('uses actions by the commit of a release, which nobody can move', () => {
		const used = each.text.match(/(?<=uses: )(?!\.\/).*/g) ?? [];

		for (const action of used) expect(action).toMatch(/^[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
	});

	it('may read only, but for the job that publishes, after all checks', () => {
		expect(each.workflow.permissions).toEqual({ contents: 'read' });
		const more = Object.entries(each.workflow.jobs).filter(([, job]) => job.permissions);
		const allowed = each.name === 'publish.yml' ? ['publish'] : [];
		expect(more.map(([name]) => name)).toEqual(allowed);
		for (const [, { needs, permissions }] of more) {
			expect(permissions).toEqual({ contents: 'read', 'id-token': 'write' });
			expect(each.workflow.jobs[needs!].uses).toBe('./.github/workflows/ci.yml');
		}
	});

	it('leaves no token behind for later steps', () => {
		const checkouts = steps(each).filter(({ uses }) => uses?.startsWith('actions/checkout@'));

		for (const checkout of checkouts)
			expect(checkout.with).toMatchObject({ 'persist-credentials': false });
	});

	it('runs scripts that package.json has', () => {
		const commands = steps(each).flatMap(({ run }) => run?.match(/npm run [\w:-]+/g) ?? []);

		for (const command of commands) {
			expect(Object.keys(packageJson.scripts)).toContain(command.slice('npm run '.length));
		}
	});
});

it('publishing states where the package was built', () => {
	expect(textOf('workflows/publish.yml')).toMatch(/npm publish .*--provenance/);
});

it('a report of a bug names an operation of the node', () => {
	const { body } = parse(textOf('ISSUE_TEMPLATE/bug_report.yml')) as {
		body: Array<{ id?: string; attributes: { options: string[] } }>;
	};
	const { properties } = new CloseFiles().description;
	const [resource] = properties.filter(({ name }) => name === 'resource');
	const operations = (resource.options as INodePropertyOptions[]).flatMap(({ name, value }) =>
		properties
			.filter((property) => isOperationOf(property, value))
			.flatMap(({ options }) => options as INodePropertyOptions[])
			.map((operation) => `${name}: ${operation.name}`),
	);

	const offered = body.find(({ id }) => id === 'operation')?.attributes.options;

	expect(offered).toEqual([...operations, 'Credential or pick-list', 'Installation']);
});

function isOperationOf({ name, displayOptions }: INodeProperties, resource: unknown): boolean {
	return (
		name === 'operation' && displayOptions?.show?.resource?.includes(resource as string) === true
	);
}

it.each(['ISSUE_TEMPLATE/feature_request.yml', 'ISSUE_TEMPLATE/config.yml', 'dependabot.yml'])(
	'%s can be read',
	(path) => {
		expect(parse(textOf(path))).toEqual(expect.objectContaining({}));
	},
);
