import { createHash } from 'node:crypto';

import { whenLive } from '../n8n/session';
import type { Sandbox } from '../sandbox/server';
import { errorText } from '../support/errorText';

export const EXECUTIONS = 200;
/** How many callers of the webhook there are at a time. */
const CALLERS = 20;
/** An execution takes a second; one that is not answered then is lost. */
const ANSWER_MS = 60_000;

const numbers = Array.from({ length: EXECUTIONS }, (_, index) => index + 1);
const subjectOf = (number: number): string => `Offer ${number}`;
const contentOf = (number: number): Buffer => Buffer.alloc(70_000 + number, subjectOf(number));

export interface Answers {
	/** How many tell of a draft. */
	answered: number;
	/** Of the others, the first. */
	refusal?: string;
}

/** Posts a file of its own for each execution, and waits for all answers. */
export async function postAll(url: string): Promise<Answers> {
	const waiting = [...numbers];
	const refusals: string[] = [];
	const call = async () => {
		for (let number = waiting.shift(); number !== undefined; number = waiting.shift()) {
			const { status, text } = await post(url, number);
			if (!text.includes('"status":"draft"')) refusals.push(`${status} ${text}`);
		}
	};
	await Promise.all(Array.from({ length: CALLERS }, call));
	return { answered: EXECUTIONS - refusals.length, refusal: refusals[0] };
}

async function post(url: string, number: number): Promise<{ status: number; text: string }> {
	const body = new FormData();
	body.append('subject', subjectOf(number));
	body.append('offer', new Blob([contentOf(number)]), `${subjectOf(number)}.pdf`);
	const signal = AbortSignal.timeout(ANSWER_MS);
	try {
		const answer = await whenLive(url, { method: 'POST', body, signal });
		return { status: answer.status, text: await answer.text() };
	} catch (error) {
		return { status: 0, text: `${subjectOf(number)}: ${errorText(error as Error)}` };
	}
}

/** The drafts in Close, beside what was posted. */
export interface Drafts {
	drafts: number;
	lost: number;
	doubled: number;
	/** Those without their file, byte for byte, and nothing else. */
	damaged: number;
}

export function draftsIn({ account, s3 }: Sandbox): Drafts {
	const own = numbers.map((number) =>
		account.emails.filter(({ subject }) => subject === subjectOf(number)),
	);
	const damaged = numbers.filter((number, index) => {
		const md5 = createHash('md5').update(contentOf(number)).digest('hex');
		return own[index].some(
			({ attachments }) => attachments.length !== 1 || s3.object(attachments[0].url)?.md5 !== md5,
		);
	});
	return {
		drafts: account.emails.length,
		lost: own.filter(({ length }) => length === 0).length,
		doubled: own.filter(({ length }) => length > 1).length,
		damaged: damaged.length,
	};
}
