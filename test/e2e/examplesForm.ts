/* eslint-disable @n8n/community-nodes/no-restricted-imports -- tests never ship */
import { setTimeout as sleep } from 'node:timers/promises';

/** A form as n8n's pages send it: they name the fields by their position. */
export function formOf(values: Array<string | File | File[]>): FormData {
	const form = new FormData();
	values.forEach((value, position) => {
		for (const part of Array.isArray(value) ? value : [value])
			form.append(`field-${position}`, part);
	});
	return form;
}

/** A file whose content is as long as given and differs with the name. */
export function aFile(name: string, size = 100_000, type = 'application/pdf'): File {
	return new File([Buffer.alloc(size, `${name}\n`)], name, { type });
}

/** The page of a form at this address once it says what is given; n8n shows it some time later. */
export async function pageSaying(text: RegExp, url: string): Promise<string> {
	const deadline = Date.now() + 60_000;
	for (;;) {
		// n8n never answers a request that comes while the workflow runs on to its next page.
		const asked = fetch(url, { signal: AbortSignal.timeout(2000) });
		const page = await asked.then(
			async (answer) => await answer.text(),
			(error: Error) => error.message,
		);
		if (text.test(page)) return page;
		if (Date.now() > deadline) throw new Error(`${url} does not say ${String(text)}:\n${page}`);
		await sleep(200);
	}
}
