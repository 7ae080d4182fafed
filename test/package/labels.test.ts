/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests never ship */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import ts from 'typescript';
import { CloseApi } from '../../credentials/CloseApi.credentials';
import { CloseFiles } from '../../nodes/CloseFiles/CloseFiles.node';

/** A text of the node's sources that the user may read. */
interface Text {
	file: string;
	line: number;
	text: string;
	/** Used by itself: handed to a function, as in `addressesIn(value, 'To')`, or kept in a table. */
	isWhole: boolean;
}

const root = join(__dirname, '../..');
const sources = readdirSync(join(root, 'nodes'), { recursive: true, encoding: 'utf8' })
	.filter((path) => path.endsWith('.ts'))
	.map((path) => join(root, 'nodes', path));

/** The label of a field, or the name of an option or operation: words that begin in capitals. */
const LABEL = /^[A-Z][A-Za-z-]*( (as|in|of|to|by|With|[A-Z(][A-Za-z-]*\)?))*$/;

/** What looks like a label of ours and is none. */
const OTHERS = [
	// A tab, a node and a setting of n8n.
	...['Binary', 'Convert to File', 'Binary Mode'],
	// What Close calls the list that our fields for files make.
	'Attachments',
	// Elements of S3's answers, and the end of a date in a header.
	...['Code', 'Message', 'GMT'],
];

const { description } = new CloseFiles();
const shown = new Set([
	...labelsOf([...description.properties, ...new CloseApi().properties]),
	...OTHERS,
]);

/** Labels of fields, and names of what a dropdown offers, of collections too. */
function labelsOf(
	properties: Array<INodeProperties | INodePropertyOptions | INodePropertyCollection>,
): string[] {
	return properties.flatMap((property) => [
		'displayName' in property ? property.displayName : property.name,
		...labelsOf(('options' in property && property.options) || []),
		...('values' in property ? labelsOf(property.values) : []),
	]);
}

function textsIn(file: string): Text[] {
	const source = ts.createSourceFile(
		file,
		readFileSync(file, 'utf8'),
		ts.ScriptTarget.Latest,
		true,
	);
	const texts: Text[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isImportDeclaration(node)) return;
		if (ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node)) {
			const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
			const isWhole =
				ts.isStringLiteral(node) && (ts.isCallExpression(node.parent) || isInTable(node));
			texts.push({ file: file.slice(root.length + 1), line, text: node.text, isWhole });
		}
		node.forEachChild(visit);
	};
	visit(source);
	return texts;
}

/** Whether it stands in one of the tables from Close's names to labels. */
function isInTable({ parent }: ts.Node): boolean {
	if (!ts.isPropertyAssignment(parent) || !ts.isVariableDeclaration(parent.parent.parent))
		return false;
	return parent.parent.parent.name.getText().includes('LABEL');
}

const texts = sources.flatMap(textsIn);

/** Labels that are used by themselves, and what stands in single quotes in a sentence. */
const labelsIn = ({ text, isWhole }: Text): string[] => [
	...(isWhole && LABEL.test(text) ? [text] : []),
	...[...text.matchAll(/(?<![\w(])'([A-Z][\w() -]*)'/g)].map(([, inner]) => inner),
];

describe('a label in what the user reads', () => {
	it('is that of a field, an option or an operation, to the letter', () => {
		const strange = texts.flatMap((text) =>
			labelsIn(text)
				.filter((label) => !shown.has(label))
				.map((label) => `${text.file}:${text.line} '${label}'`),
		);

		expect(strange).toEqual([]);
	});

	it('is found in the sources where it is known to be', () => {
		const found = new Set(texts.flatMap(labelsIn));

		for (const label of [
			'Max File Size (MB)',
			'Send In (Seconds)',
			'Follow-Up Date',
			'Send Now',
			'API Key',
		]) {
			expect(found).toContain(label);
		}
	});
});
