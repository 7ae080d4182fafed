import { StreamedFile } from '../../../nodes/CloseFiles/files/streamedFile';

async function* content() {
	yield Buffer.from('abc');
}

const aFile = (size = 3, filename = 'Offer "1".pdf') =>
	new StreamedFile(content(), { size, filename, contentType: 'application/pdf' });

describe('a streamed file', () => {
	it('has its name, type and size before a byte is read', () => {
		const { name, type, size } = aFile(5_000_000_000);

		expect([name, type, size]).toEqual(['Offer "1".pdf', 'application/pdf', 5_000_000_000]);
	});

	it('is what the platform takes for a file', () => {
		expect(aFile()).toBeInstanceOf(File);
	});

	it('gives its content when it is read', async () => {
		const chunks = [];
		for await (const chunk of aFile().stream()) chunks.push(chunk);

		expect(Buffer.concat(chunks).toString()).toBe('abc');
	});

	it('stays the same file in a form, with its size', () => {
		const file = aFile(7);
		const form = new FormData();

		form.append('file', file);

		expect(form.get('file')).toBe(file);
		expect((form.get('file') as File).size).toBe(7);
	});
});
