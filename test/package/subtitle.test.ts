import { CloseFiles } from '../../nodes/CloseFiles/CloseFiles.node';
import { createContext } from '../support/context';
import { validRuns } from '../support/operations';

const nodeType = new CloseFiles();
const credential = { baseUrl: '', apiKey: '' };

/** What the canvas shows below the node's name: the editor evaluates it like this, with no data. */
function subtitleOf(resource: string, operation: string): unknown {
	const parameters = { resource, operation };
	const { workflow, node } = createContext(nodeType, { parameters, items: [], credential });
	const { subtitle } = nodeType.description;
	return workflow.expression.getSimpleParameterValue(node, subtitle, 'internal', {});
}

describe('the subtitle', () => {
	it('says the operation and the resource in words', () => {
		const subtitles = Object.keys(validRuns).map((name) => {
			const [resource, operation] = name.split(': ');
			return subtitleOf(resource, operation);
		});

		expect(subtitles).toEqual([
			'add attachment: email',
			'create with attachment: email',
			'download attachments: email',
			'send draft: email',
			'add attachment: email template',
			'create with attachment: email template',
			'attach to lead: file',
			'download: file',
			'get many: file',
			'upload: file',
			'add attachment: note',
			'create with attachment: note',
			'download attachments: note',
			'add attachment: opportunity',
			'create with attachment: SMS',
			'add attachment: SMS template',
			'create with attachment: SMS template',
			'create with attachment: WhatsApp message',
		]);
	});
});
