/**
 * A `File` of known size whose bytes are read from a stream while it is sent.
 *
 * With a platform `File` the HTTP client knows the form's exact length (S3 refuses a form without
 * Content-Length) and still never holds the file in memory (docs/decisions/0002-streamed-file.md).
 */
export class StreamedFile extends File {
	constructor(
		private readonly content: AsyncIterable<Uint8Array>,
		{ size, filename, contentType }: { size: number; filename: string; contentType: string },
	) {
		super([], filename, { type: contentType });
		// `size` is a getter of the platform's class: a property of the same name has to be defined.
		Object.defineProperty(this, 'size', { value: size });
	}

	override stream(): ReturnType<File['stream']> {
		// The HTTP client iterates over it; nothing else of a ReadableStream is used.
		return this.content as unknown as ReturnType<File['stream']>;
	}
}
