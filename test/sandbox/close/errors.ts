/** What Close puts under `field-errors`: a message, or more of them by name or index. */
export interface FieldErrors {
	[field: string]: string | FieldErrors;
}

/** Thrown by handlers; becomes the answer in one place, `close/server.ts`. */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		readonly body: object,
	) {
		super(JSON.stringify(body));
	}
}

/** 400 with messages at fields, in the format that Close documents. */
export function refusedFields(fieldErrors: FieldErrors): Refusal {
	return new Refusal(400, { errors: [], 'field-errors': fieldErrors });
}

/** @throws Refusal when there are messages. */
export function refuseIf(errors: FieldErrors): void {
	if (Object.keys(errors).length > 0) throw refusedFields(errors);
}

/** 400 with a message that belongs to no field. */
export function refused(message: string): Refusal {
	return new Refusal(400, { errors: [message], 'field-errors': {} });
}

export function notFound(): Refusal {
	return new Refusal(404, {
		error:
			'The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.',
	});
}
