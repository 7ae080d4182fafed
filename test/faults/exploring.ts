/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- tests never ship */
import { strict as assert } from 'node:assert';
import type { IBinaryData } from 'n8n-workflow';
import type { Sandbox } from '../sandbox/server';
import { anItem } from '../support/builders';
import type { ExecutionOptions } from '../support/execution';
import { mishaps, needsPatience, PATIENCE_MS, type MishapName } from './mishaps';
import {
	anEmail,
	checkTruth,
	runWithTries,
	untilNothingIsUnderWay,
	type MessageKind,
	type TryError,
} from './sending';

/** What goes wrong, by the number of the request that it strikes, counted from 0. */
type Script = Array<{ at: number; what: MishapName }>;

export interface Plan {
	/** In the report. */
	what: string;
	sandbox: Sandbox;
	files: Record<string, IBinaryData>;
	/** What is created and sent: an email unless another is named. */
	kind?: MessageKind;
	parameters: ExecutionOptions['parameters'];
	/** At most so many mishaps in one case. */
	depth: number;
	/** What can befall the nth mishap of a case. */
	alphabet: readonly MishapName[];
	/** Calls that are let pass unharmed. */
	spared?: readonly string[];
	/** n8n's tries. */
	tries: number;
	/** Whether Close's lists lag behind more than the node looks. */
	listsLag?: boolean;
}

export interface Findings {
	cases: number;
	/** How many cases took that many of n8n's tries. */
	byTries: Record<number, number>;
	/** How often the last try ended so. */
	endings: Record<string, number>;
	failures: string[];
}

/**
 * Goes through every interleaving of mishaps: each script is run, and every request that came after
 * its last mishap is struck by each mishap in turn, until a script is `depth` long. Requests that
 * only a mishap brings about (looks, read-backs, repeats, n8n's own retries) are found that way.
 */
export async function explore(plan: Plan): Promise<Findings> {
	const findings: Findings = { cases: 0, byTries: {}, endings: {}, failures: [] };
	const visit = async (script: Script): Promise<void> => {
		const requests = await runCase(plan, script, findings);
		if (script.length === plan.depth) return;
		const first = (script.at(-1)?.at ?? -1) + 1;
		for (let at = first; at < requests.length; at++) {
			if (plan.spared?.includes(requests[at]) === true) continue;
			for (const what of plan.alphabet) await visit([...script, { at, what }]);
		}
	};
	await visit([]);
	const { cases, byTries, endings } = findings;
	process.stdout.write(`${plan.what}: ${JSON.stringify({ cases, byTries, endings })}\n`);
	return findings;
}

async function runCase(plan: Plan, script: Script, findings: Findings): Promise<string[]> {
	const { sandbox, files, kind, parameters } = plan;
	const patience = script.some(({ what }) => needsPatience(what));
	const names = Object.values(files).map(({ fileName }) => String(fileName));
	let requests: string[] = [];
	const late = script.some(({ what }) => what === 'tooLate');
	// Where something comes late, also what the first try said is held against what came.
	for (const tries of late ? [1, plan.tries] : [plan.tries]) {
		sandbox.reset();
		for (const { at, what } of script) {
			sandbox.faults.add({ call: '*', skip: at, effect: mishaps[what] });
		}
		findings.cases++;
		try {
			const made = await runWithTries(sandbox, [anItem(files)], {
				parameters: { ...parameters, binaryPropertyName: '*' },
				tries,
				kind,
				timeoutMs: patience ? PATIENCE_MS : undefined,
				afterTry: (so) => {
					if (!late) checkTruth(sandbox, so, names, kind);
				},
			});
			if (late) {
				await untilNothingIsUnderWay();
				checkTruth(sandbox, made, names, kind);
			}
			requests = made.flatMap(({ calls }) => calls);
			const { error } = made[made.length - 1];
			const ending = error === undefined ? 'sent' : String(error.details.code ?? error.message);
			findings.endings[ending] = (findings.endings[ending] ?? 0) + 1;
			findings.byTries[made.length] = (findings.byTries[made.length] ?? 0) + 1;
			if (error !== undefined && tries > 1) checkEnding(plan, error);
		} catch (error) {
			const calls = sandbox.requests.map(
				({ call, fault, status }) => `${call} ${fault ?? ''} ${status ?? '-'}`,
			);
			findings.failures.push(
				[`${tries} tries, ${JSON.stringify(script)}`, String(error), ...calls].join('\n  '),
			);
		}
	}
	return requests;
}

/**
 * Mishaps being over, the last try sends the message. Only one that was never created, as far as the
 * node can know, stays in doubt: creations are not repeated.
 */
function checkEnding(
	{ sandbox, listsLag, kind = anEmail }: Plan,
	{ message, details }: TryError,
): void {
	assert.equal(details.code, 'MaybeCreated', `not sent in the last try: ${message}`);
	if (listsLag === true) return;
	// What is carried out too late may come after all of the node's looks.
	const looks = sandbox.requests.filter(({ call, fault }) => call === kind.lookUp && !fault);
	const lastLook = Math.max(...looks.map(({ at }) => at));
	const { account } = sandbox;
	const missed = kind.messages(account).filter(({ id }) => createdAt(account, id) < lastLook);
	assert.equal(missed.length, 0, 'was not found');
}

const createdAt = ({ books }: Sandbox['account'], id: string): number =>
	books.get(id)?.createdAt ?? 0;
