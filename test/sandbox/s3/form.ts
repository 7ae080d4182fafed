/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import type { Readable } from 'node:stream';
import { Busboy, type BusboyHeaders } from '@fastify/busboy';

import { isViolation, violation, type Violation } from './errors';
import type { LoggedForm } from '../requestLog';

/** Bytes of names and values before the file (docs: "form data excluding the file ≤ 20 KB"). */
const MAX_FIELD_BYTES = 20_480;

/** Form fields by name without case; a name sent twice reads as its values joined by commas. */
export class FormFields {
	constructor(private readonly entries: Array<[string, string]>) {}

	/** Lower case, each once. */
	names(): string[] {
		return [...new Set(this.entries.map(([name]) => name.toLowerCase()))];
	}

	has(name: string): boolean {
		return this.names().includes(name.toLowerCase());
	}

	/** Empty when the field is missing. */
	get(name: string): string {
		return this.entries
			.filter(([sent]) => sent.toLowerCase() === name.toLowerCase())
			.map(([, value]) => value)
			.join(',');
	}

	/** A copy in which the field has this one value. */
	with(name: string, value: string): FormFields {
		const others = this.entries.filter(([sent]) => sent.toLowerCase() !== name.toLowerCase());
		return new FormFields([...others, [name, value]]);
	}
}

/** Where a file's bytes go. */
export interface Sink {
	/** Why the file is refused at this size, judged before `write`. */
	refuses(size: number, ended: boolean): Violation | undefined;
	/** `false` asks to wait for `whenReady`. */
	write(chunk: Buffer): boolean;
	whenReady(resume: () => void): void;
}

interface FormReader {
	/** Called once, when the file's first byte is about to come. */
	fileBegins(fields: FormFields, filename: string): Sink | Violation;
}

/**
 * Reads a form up to its closing boundary.
 *
 * Resolves with what is wrong as soon as it is known, then reads no further; with `undefined` when
 * the form is complete and every byte of its file was written. Never rejects. A connection that
 * breaks leaves the promise open: nobody is there to answer.
 *
 * `log` fills while the form comes in.
 */
export async function readForm(
	body: Readable,
	headers: BusboyHeaders,
	log: LoggedForm,
	reader: FormReader,
): Promise<Violation | undefined> {
	const files: Sink[] = [];
	let parts = 0;
	let fieldBytes = 0;

	return await new Promise((resolve) => {
		const settle = (found: Violation | undefined) => {
			body.unpipe(parser);
			resolve(found);
		};

		const parser = new Busboy({
			headers,
			preservePath: true,
			// Fewer, larger steps between the socket and the disk.
			fileHwm: 1 << 20,
			highWaterMark: 1 << 20,
			isPartAFile: (name) => name?.toLowerCase() === 'file',
		});

		parser.on('field', (name, value) => {
			parts++;
			if (files.length > 0) {
				log.partsAfterFile++;
				return;
			}
			log.fields.push([name, value]);
			fieldBytes += Buffer.byteLength(name) + Buffer.byteLength(value);
			if (fieldBytes > MAX_FIELD_BYTES) settle(violation('MaxPostPreDataLengthExceeded'));
		});

		parser.on('file', (_name, file, filename: string | undefined, _encoding, contentType) => {
			const index = parts++;
			// A body that is cut short surfaces here as well; without a listener it ends the process.
			file.on('error', () => {});
			if (files.length > 0) {
				file.resume();
				settle(oneFileOnly());
				return;
			}

			const entry = { filename: filename ?? '', contentType, size: 0, md5: '', index };
			log.file = entry;
			const sink = reader.fileBegins(new FormFields(log.fields), entry.filename);
			if (isViolation(sink)) {
				file.resume();
				settle(sink);
				return;
			}
			files.push(sink);
			file.on('data', (chunk: Buffer) => {
				entry.size += chunk.length;
				const refusal = sink.refuses(entry.size, false);
				if (refusal !== undefined) {
					file.removeAllListeners('data');
					file.resume();
					settle(refusal);
				} else if (!sink.write(chunk)) {
					file.pause();
					sink.whenReady(() => file.resume());
				}
			});
		});

		parser.on('error', () => settle(violation('MalformedPOSTRequest')));
		parser.on('finish', () => {
			const [sink] = files;
			settle(sink === undefined ? oneFileOnly() : sink.refuses(log.file?.size ?? 0, true));
		});
		body.pipe(parser);
	});
}

const oneFileOnly = () =>
	violation('InvalidArgument', 'POST requires exactly one file upload per request.', {
		ArgumentName: 'file',
		ArgumentValue: '0',
	});
