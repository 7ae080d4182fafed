/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodePropertyOptions } from 'n8n-workflow';
import { parseDocument } from 'yaml';
import { CloseFiles } from '../../nodes/CloseFiles/CloseFiles.node';
import packageJson from '../../package.json';
import { root } from './dist';

/** What the tests look at in a step of a job. */
interface Step {
	uses?: string;
	run?: string;
	with?: Record<string, unknown>;
}

interface Job {
	needs?: string;
	permissions?: Record<string, string>;
	steps?: Step[];
}

interface Workflow {
	permissions?: Record<string, string>;
	jobs: Record<string, Job>;
}

interface Dependabot {
	updates: Array<{ 'package-ecosystem': string; ignore?: Array<{ 'dependency-name': string }> }>;
}

interface BugReport {
	body: Array<{ id?: string; attributes: { options?: string[] } }>;
}

const READ_ONLY = { contents: 'read' };
/** What a report can be about besides an operation. */
const OTHER_SUBJECTS = ['Credential or pick-list', 'Installation'];

const paths = readdirSync(join(root, '.github'), { recursive: true, encoding: 'utf8' })
	.filter((path) => path.endsWith('.yml'))
	.map((path) => join('.github', path));
const documents = paths.map((path) => parseDocument(read(path)));
const workflows = new Map(
	readdirSync(join(root, '.github/workflows')).map((name) => [name, workflowOf(name)]),
);
const jobs = [...workflows].flatMap(([name, workflow]) =>
	Object.entries(workflow.jobs).map(([id, job]) => ({ id: `${name}: ${id}`, job })),
);
const steps = jobs.flatMap(({ id, job }) => (job.steps ?? []).map((step) => ({ id, step })));

function read(path: string): string {
	return readFileSync(join(root, path), 'utf8');
}

function workflowOf(name: string): Workflow {
	return parseDocument(read(`.github/workflows/${name}`)).toJS() as Workflow;
}

/** What follows `uses:`, with the comment behind it. */
function actionsIn(name: string): string[] {
	const text = read(`.github/workflows/${name}`);
	return [...text.matchAll(/\buses: *(.+)$/gm)].map(([, action]) => action);
}

/** Whether it is a workflow of this project, or another's action by commit, with its version. */
function isPinned(action: string): boolean {
	if (action.startsWith('./')) return existsSync(join(root, action));
	return /^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action);
}

/** Names of scripts that a step runs. */
function scriptsIn({ run = '' }: Step): string[] {
	return [...run.matchAll(/\bnpm (?:run ([\w:-]+)|(test)\b)/g)].map(
		([, name, test]) => name ?? test,
	);
}

describe('.github', () => {
	it('holds YAML that can be read, each key once', () => {
		const complaints = documents.flatMap(({ errors, warnings }, index) =>
			[...errors, ...warnings].map(({ message }) => `${paths[index]}: ${message}`),
		);

		expect(paths.length).toBeGreaterThan(6);
		expect(complaints).toEqual([]);
	});

	it('has npm packages and actions renewed, but for packages that the project has', () => {
		const { updates } = parseDocument(read('.github/dependabot.yml')).toJS() as Dependabot;
		const ignored = updates.flatMap(({ ignore = [] }) => ignore.map((it) => it['dependency-name']));

		expect(updates.map((each) => each['package-ecosystem'])).toEqual(['npm', 'github-actions']);
		expect(ignored.filter((name) => !(name in packageJson.devDependencies))).toEqual([]);
	});

	it('lists every operation of the node in the report of a bug', () => {
		const report = parseDocument(read('.github/ISSUE_TEMPLATE/bug_report.yml')).toJS() as BugReport;
		const asked = report.body.find(({ id }) => id === 'operation');

		expect(asked?.attributes.options).toEqual([...operations(), ...OTHER_SUBJECTS]);
	});
});

describe('workflows', () => {
	it('use actions of others by commit, and say which version that is', () => {
		const actions = [...workflows.keys()].flatMap(actionsIn);

		expect(actions.length).toBeGreaterThan(5);
		expect(actions.filter((action) => !isPinned(action))).toEqual([]);
	});

	it('use one commit of an action everywhere', () => {
		const actions = new Set([...workflows.keys()].flatMap(actionsIn));
		const names = [...actions].map((action) => action.split('@')[0]);

		expect(names).toEqual([...new Set(names)]);
	});

	it('may read the repository, and nothing else', () => {
		const permissions = [...workflows].map(([name, workflow]) => [name, workflow.permissions]);

		expect(permissions).toEqual([...workflows.keys()].map((name) => [name, READ_ONLY]));
	});

	it('let only the job that publishes prove who it is', () => {
		const more = jobs.filter(({ job }) => job.permissions !== undefined);

		expect(more.map(({ id, job }) => [id, job.permissions])).toEqual([
			['publish.yml: publish', { ...READ_ONLY, 'id-token': 'write' }],
		]);
	});

	it('leave no token behind in the checkout', () => {
		const checkouts = steps.filter(({ step }) => step.uses?.startsWith('actions/checkout@'));
		const leaving = checkouts.filter(({ step }) => step.with?.['persist-credentials'] !== false);

		expect(checkouts.length).toBeGreaterThan(3);
		expect(leaving.map(({ id }) => id)).toEqual([]);
	});

	it('run scripts that package.json has', () => {
		const run = steps.flatMap(({ id, step }) => scriptsIn(step).map((name) => ({ id, name })));

		expect(run.length).toBeGreaterThan(8);
		expect(run.filter(({ name }) => !(name in packageJson.scripts))).toEqual([]);
	});

	it('publish in one place, last, after all checks and with provenance', () => {
		const publishing = steps.filter(({ step }) => step.run?.includes('npm publish'));
		const { publish, checks } = workflowOf('publish.yml').jobs as Record<string, Job & Step>;

		expect(publishing.map(({ step }) => step)).toEqual([publish.steps?.at(-1)]);
		expect(publishing[0].step.run).toMatch(/ --provenance( |$)/);
		expect([publish.needs, checks.uses]).toEqual(['checks', './.github/workflows/ci.yml']);
	});
});

/** As a reporter reads them in the form: `Email: Send Draft`. */
function operations(): string[] {
	const { properties } = new CloseFiles().description;
	const resources = properties.find(({ name }) => name === 'resource')?.options ?? [];
	return (resources as INodePropertyOptions[]).flatMap(({ name, value }) =>
		properties
			.filter((field) => field.name === 'operation')
			.filter(({ displayOptions }) => displayOptions?.show?.resource?.includes(value))
			.flatMap(({ options }) => options as INodePropertyOptions[])
			.map((operation) => `${name}: ${operation.name}`),
	);
}
