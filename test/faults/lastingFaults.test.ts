/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/require-node-api-error -- tests never ship */
import { aSandbox } from '../support/aSandbox';
import { anItem, sendingNow } from '../support/builders';
import { calls, mishaps, PATIENCE_MS, type CallName, type MishapName } from './mishaps';
import { checkTruth, runWithTries, theFiles, untilNothingIsUnderWay } from './sending';

jest.mock('n8n-workflow', () => jest.requireActual('../support/skipWaits').withoutPause);

const sandbox = aSandbox();

const effects: MishapName[] = [
	'resetBefore',
	'resetAfter',
	'silenceBefore',
	'silenceAfter',
	'tooLate',
	'status500',
	'status503',
	'status504After',
	'truncated',
	'html',
];

const pairs = (['create', 'lookUp', 'send', 'readBack'] as const).flatMap((first, index, all) =>
	all.slice(index + 1).map((second) => [first, second] as const),
);

describe('what goes wrong again and again', () => {
	it.each(pairs)('at %s and %s sends nothing twice and is told', async (first, second) => {
		let cases = 0;
		for (const what of effects) {
			for (const whatElse of effects) {
				// Once to hold the first try's word against the account, once with the retries.
				for (const tries of [1, 3]) {
					await lastingly({ [first]: what, [second]: whatElse }, tries);
					cases++;
				}
			}
		}
		process.stdout.write(`lasting faults at ${first} and ${second}: ${cases} cases\n`);
	});

	it('finds an email sent that came through after it was read back', async () => {
		sandbox.faults.add({ call: calls.send, effect: { delayMs: 200 } });
		sandbox.faults.add({ call: calls.send, skip: 1, effect: { delayMs: 90 } });
		sandbox.faults.add({ call: calls.readBack, times: 5, effect: { status: 500 } });
		const files = await theFiles('Offer.pdf');

		const tries = await runWithTries(sandbox, [anItem(files)], {
			parameters: { ...sendingNow, binaryPropertyName: '*' },
			tries: 2,
			timeoutMs: 100,
		});

		checkTruth(sandbox, tries, ['Offer.pdf']);
		expect(tries.map(({ error }) => error?.details.code)).toEqual(['MaybeSent', undefined]);
	});
});

async function lastingly(
	faults: Partial<Record<CallName, MishapName>>,
	tries: number,
): Promise<void> {
	sandbox.reset();
	for (const [call, what] of Object.entries(faults) as Array<[CallName, MishapName]>) {
		sandbox.faults.add({ call: calls[call], times: Infinity, effect: mishaps[what] });
	}
	const files = await theFiles('Offer.pdf');
	try {
		const made = await runWithTries(sandbox, [anItem(files)], {
			parameters: { ...sendingNow, binaryPropertyName: '*' },
			tries,
			timeoutMs: PATIENCE_MS,
			// The last try meets no faults any more.
			beforeTry: (number) => {
				if (number === 2) sandbox.faults.clear();
			},
		});
		if (Object.values(faults).includes('tooLate')) await untilNothingIsUnderWay();
		checkTruth(sandbox, made, ['Offer.pdf']);
	} catch (error) {
		throw new Error(`${JSON.stringify(faults)}, ${tries} tries: ${String(error)}`);
	}
}
