import { run } from '../n8n/childProcess';
import { projectFolder } from '../n8n/package';

it('shows a form submission that arrives in Close unchanged', async () => {
	const args = ['run', '--silent', 'demo', '--', '--once'];
	const output = await run('Running the demo', 'npm', args, { cwd: projectFolder });

	expect(output).toMatch(/offer\.pdf/);
	expect(output).toMatch(/^ {4}Equal$/m);
});
