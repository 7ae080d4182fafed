import type { S3ErrorCode } from './s3/errors';

/** What goes wrong. "After" means: the request took effect, but its sender does not learn it. */
export type Effect =
	/** Answered instead of handling. A header given as '' is left out of the answer. */
	| { status: number; headers?: Record<string, string>; body?: unknown }
	/** This status and an HTML page after the commit, as a gateway answers that lost patience. */
	| { statusAfter: number }
	| { delayMs: number }
	| { reset: 'before' | 'after' }
	/** No answer ever; the connection stays open. */
	| { timeout: true | 'after' }
	/** After the commit, with the usual status. `truncated` cuts the connection in mid-body. */
	| { body: 'truncated' | 'html' | 'empty' | 'wrongContentType' }
	/** 307, which asks the client to repeat method and body elsewhere. */
	| { redirect: string }
	/** Reads the request's body at this pace, then goes on as usual. */
	| { slowReadBytesPerSecond: number }
	/** For `POST /files/upload/`: the policy that it signs has expired a second ago. */
	| { expiredPolicy: true }
	/** For `POST s3`: S3's own refusal, given before the body is read. */
	| { s3Error: S3ErrorCode };

export interface Fault {
	/** A `LoggedRequest.call`; `*` at the end stands for anything: `PUT *`, `*`. */
	call: string;
	/** Matching calls that pass unharmed first, counted from `add`. Default 0. */
	skip?: number;
	/** How often it strikes. Default 1; Infinity is allowed. */
	times?: number;
	/** Chance per matching call, 0–1. Default 1. The sequence depends on `seed` only. */
	probability?: number;
	seed?: number;
	effect: Effect;
}

interface ArmedFault {
	fault: Fault;
	seen: number;
	struck: number;
	random: () => number;
}

/** The faults to come. At most one strikes per call: the first added that is due. */
export class Faults {
	private armed: ArmedFault[] = [];
	/** How many have struck since the last `clear`. */
	injected = 0;

	add(fault: Fault): void {
		this.armed.push({ fault, seen: 0, struck: 0, random: sequence(fault.seed ?? 1) });
	}

	clear(): void {
		this.armed = [];
		this.injected = 0;
	}

	/** The faults that can still strike, as they were added. */
	list(): Fault[] {
		return this.armed
			.filter(({ fault, struck }) => struck < (fault.times ?? 1))
			.map(({ fault }) => fault);
	}

	/** Counts the call for every fault that matches it; returns the effect of the one that strikes. */
	take(call: string): Effect | undefined {
		let effect: Effect | undefined;
		for (const armed of this.armed.filter(({ fault }) => matches(fault.call, call))) {
			const { skip = 0, times = 1, probability = 1 } = armed.fault;
			armed.seen++;
			const due = armed.seen > skip && armed.struck < times;
			if (effect !== undefined || !due || armed.random() >= probability) continue;
			armed.struck++;
			this.injected++;
			effect = armed.fault.effect;
		}
		return effect;
	}
}

function matches(pattern: string, call: string): boolean {
	return pattern.endsWith('*') ? call.startsWith(pattern.slice(0, -1)) : pattern === call;
}

/** Numbers in [0, 1) that look random and are the same for the same seed. */
function sequence(seed: number): () => number {
	// Constants of the linear congruential generator in Knuth's TAOCP 2, §3.3.4 (line 25, modulus 2^32).
	let state = (seed * 2_654_435_761) >>> 0;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
}
