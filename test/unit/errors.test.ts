import { NodeApiError, NodeOperationError, type JsonObject } from 'n8n-workflow';
import {
	CloseFilesError,
	errorItem,
	quoted,
	refusal,
	toNodeError,
	toThrownError,
	type ErrorDetails,
} from '../../nodes/CloseFiles/errors';
import { aNode } from './context';

const node = aNode();

const anError = (details: ErrorDetails = {}, message = "'To' is empty", advice = 'Fill it in.') =>
	new CloseFilesError(message, advice, details);

const anAttachment = { filename: 'a.pdf', url: 'https://app.close.com/go/file/x/' };

describe('an error as n8n shows it', () => {
	/** n8n has words of its own for texts with these, whatever they stand in. */
	const words = ['EPERM', 'ENOENT', 'EEXIST', 'ECONNRESET', 'getaddrinfo'];

	const places = words.flatMap((word) =>
		[undefined, 400, 500].map((status): [string, number | undefined] => [word, status]),
	);

	it.each(places)('keeps its words when a name in it holds %s (status %p)', (word, status) => {
		const message = `The file '${word}-report.pdf' is empty`;
		const advice = `Ask ${word}@example.com.`;

		const shown = toNodeError(node, anError({ status }, message, advice), 0);

		expect(shown.message).toBe(message);
		expect(shown.description).toBe(advice);
		expect(shown.messages).toEqual([]);
	});

	it('keeps a message that equals its advice', () => {
		const shown = toNodeError(node, anError({}, 'Same.', 'Same.'), 0);

		expect([shown.message, shown.description]).toEqual(['Same.', 'Same.']);
	});

	it('names its item', () => {
		expect(toNodeError(node, anError(), 3).context.itemIndex).toBe(3);
	});

	it('is an API error with the status where a service answered', () => {
		const shown = toNodeError(node, anError({ status: 404 }), 0);

		expect(shown).toBeInstanceOf(NodeApiError);
		expect((shown as NodeApiError).httpCode).toBe('404');
	});

	it('is an operation error where none answered', () => {
		expect(toNodeError(node, anError(), 0)).toBeInstanceOf(NodeOperationError);
	});

	it.each([[{}], [{ status: 503 }]])('says for n8n why it came up (%j)', (details) => {
		const error = new CloseFilesError('m', 'a', details, { cause: 'temporarily-unavailable' });

		expect(toNodeError(node, error, 0).failure).toEqual({ cause: 'temporarily-unavailable' });
	});

	it('counts as a wrong setting when the node itself refuses', () => {
		const { failure } = toNodeError(node, refusal('m', 'a'), 0);

		expect(failure).toEqual({ cause: 'configuration-invalid' });
	});

	it('lists what is uploaded and created already', () => {
		const details = { uploaded: [anAttachment], created: [{ id: 'acti_1' }, { id: 'acti_2' }] };

		const { description, context } = toNodeError(node, anError(details), 0);

		expect(description).toBe(
			'Fill it in. Already uploaded, usable for 24 hours: a.pdf: https://app.close.com/go/file/x/ Already created in Close: acti_1, acti_2',
		);
		expect(context.data).toEqual(details);
	});

	it('keeps what was known before when more is known', () => {
		const error = anError({ status: 500, code: 'Old' }).with({ code: 'New', uploaded: [] });

		expect(error.details).toEqual({ status: 500, code: 'New', uploaded: [] });
		expect([error.message, error.advice]).toEqual(["'To' is empty", 'Fill it in.']);
	});

	it('stays as it is when it is n8n’s own, and gets its item', () => {
		const own = new NodeApiError(node, { message: 'x' } as JsonObject);

		expect(toNodeError(node, own, 2)).toBe(own);
		expect(own.context.itemIndex).toBe(2);
	});

	it('keeps the item that it names already', () => {
		const own = new NodeOperationError(node, 'x', { itemIndex: 1 });

		expect(toNodeError(node, own, 2).context.itemIndex).toBe(1);
	});

	it('is made of an unforeseen error, too', () => {
		const shown = toNodeError(node, new TypeError('x is not a function'), 1);

		expect([shown.message, shown.context.itemIndex]).toEqual(['x is not a function', 1]);
	});

	it('carries no cause, because HTTP errors carry their request', () => {
		const shown = toNodeError(node, anError(), 0);

		expect(JSON.stringify(shown.cause ?? {})).not.toMatch(/config|headers|auth/);
		expect(anError().cause).toBeUndefined();
	});
});

describe('an error that is thrown', () => {
	const tool = { ...node, type: 'n8n-nodes-close-files.closeFilesTool' };

	it('says in the message of a tool what to do, which is all that a model learns', () => {
		expect(toThrownError(tool, anError(), 0).message).toBe("'To' is empty. Fill it in.");
	});

	it.each([
		['a sentence', 'Close refused it: Nope.', 'Close refused it: Nope. Fill it in.'],
		['its advice', 'Fill it in.', 'Fill it in.'],
	])('ends a message that is %s in one full stop', (_, message, whole) => {
		expect(toThrownError(tool, anError({}, message), 0).message).toBe(whole);
	});

	it('keeps message and advice apart in other nodes, where n8n shows both', () => {
		const { message, description } = toThrownError(node, anError(), 0);

		expect([message, description]).toEqual(["'To' is empty", 'Fill it in.']);
	});
});

describe('an error item', () => {
	it('tells what happened, what to do, and the details', () => {
		const error = anError({ status: 400, code: 'X', uploaded: [anAttachment] });

		const { json } = errorItem(node, error, 0, false);

		expect(json).toEqual({
			error: "'To' is empty",
			message: expect.stringContaining('Fill it in. Already uploaded'),
			details: { status: 400, code: 'X', uploaded: [anAttachment] },
		});
	});

	it('is paired to its input item', () => {
		expect(errorItem(node, anError(), 4, false).pairedItem).toEqual({ item: 4 });
	});

	it('holds the error for the error output, hidden from n8n’s rewriting', () => {
		const item = errorItem(node, anError(), 0, true);

		expect(item.error?.message).toBe("'To' is empty");
		expect(Object.keys(item)).toEqual(['json', 'pairedItem']);
	});

	it('holds no error where there is no error output', () => {
		expect('error' in errorItem(node, anError(), 0, false)).toBe(false);
	});

	it('is JSON with nothing but what was said', () => {
		const item = errorItem(node, anError({ status: 401 }), 0, true);

		expect(JSON.parse(JSON.stringify(item))).toEqual({
			json: { error: "'To' is empty", message: 'Fill it in.', details: { status: 401 } },
			pairedItem: { item: 0 },
		});
	});

	it('is made of an unforeseen error without details', () => {
		const { json } = errorItem(node, new TypeError('broken'), 0, false);

		expect(json).toEqual({ error: 'broken' });
	});
});

describe('a value that an error quotes', () => {
	it.each([
		['text', 'later', "'later'"],
		['a number', 5, "'5'"],
		['nothing', undefined, "'undefined'"],
		['null', null, "'null'"],
		['a list', ['x'], 'a list'],
		['an object', { toString: 'x' }, 'an object'],
		['long text by its beginning', 'x'.repeat(81), `'${'x'.repeat(80)}…'`],
	])('is %s', (_what, value: unknown, quote) => {
		expect(quoted(value)).toBe(quote);
	});
});
