/* eslint-disable @n8n/community-nodes/no-restricted-globals -- tests never ship */
import type { IBinaryData } from 'n8n-workflow';

import { openBinaryStore } from '../support/context';
import { contenders, type ContenderName } from './contenders';
import type { Address } from './server';

export interface Setup {
	contender: ContenderName;
	address: Address;
	/** Of n8n's filesystem store. */
	folder: string;
}

export interface Order {
	binary: IBinaryData;
}

export interface Answer {
	ms: number;
	refusal?: string;
}

/** Uploads a file for each message from its parent, which gets the time it took. */
async function main({ contender, address, folder }: Setup): Promise<void> {
	const store = await openBinaryStore(folder);
	const upload = contenders[contender]({ address, store });
	// Whoever started this has its channel keep nothing alive.
	process.channel?.ref();
	process.on('message', ({ binary }: Order) => {
		const began = performance.now();
		upload(binary).then(
			() => answer({ ms: performance.now() - began }),
			(error: Error) => answer({ ms: 0, refusal: `${contender}: ${error.message}` }),
		);
	});
	answer({ ms: 0 });
}

function answer(message: Answer): void {
	process.send?.(message);
}

void main(JSON.parse(process.argv[2]) as Setup);
