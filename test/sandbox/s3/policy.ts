import { violation, type Violation } from './errors';
import type { FormFields } from './form';

interface Match {
	operator: 'eq' | 'starts-with';
	/** Lower case: S3 compares field names without case. */
	field: string;
	value: string;
}

/** A policy document that was read and is well formed. */
export interface Policy {
	/** Milliseconds since the epoch. */
	expiration: number;
	matches: Match[];
	/** Bytes, both ends included. */
	range?: { min: number; max: number };
}

/** Fields that a policy need not name. */
const EXEMPT = new Set(['policy', 'signature', 'awsaccesskeyid', 'x-amz-signature', 'file']);

/** ISO 8601 in UTC; S3 takes no other form. */
const EXPIRATION = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/**
 * Reads a base64 policy document.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
 */
export function readPolicy(base64: string): Policy | Violation {
	const document = parseJson(Buffer.from(base64, 'base64').toString());
	if (typeof document !== 'object' || document === null) return invalid('Invalid JSON.');
	const { expiration, conditions } = document as { expiration: unknown; conditions: unknown };
	if (expiration === undefined) return invalid('Policy missing expiration.');
	if (typeof expiration !== 'string' || !EXPIRATION.test(expiration)) {
		return invalid(`Invalid 'expiration' value: '${String(expiration)}'`);
	}
	if (!Array.isArray(conditions)) return invalid('Policy missing conditions.');

	const policy: Policy = { expiration: Date.parse(expiration), matches: [] };
	for (const condition of conditions) {
		if (!readCondition(condition, policy)) {
			return invalid(`Invalid Condition: ${JSON.stringify(condition)}`);
		}
	}
	return policy;
}

function readCondition(condition: unknown, policy: Policy): boolean {
	if (Array.isArray(condition) && condition.length === 3) {
		const [operator, left, right] = condition as unknown[];
		if (operator === 'content-length-range') {
			policy.range = { min: Number(left), max: Number(right) };
			return Number.isSafeInteger(policy.range.min) && Number.isSafeInteger(policy.range.max);
		}
		if (operator !== 'eq' && operator !== 'starts-with') return false;
		if (typeof left !== 'string' || !left.startsWith('$') || typeof right !== 'string')
			return false;
		policy.matches.push({ operator, field: left.slice(1).toLowerCase(), value: right });
		return true;
	}
	if (typeof condition !== 'object' || condition === null || Array.isArray(condition)) return false;
	const entries = Object.entries(condition);
	if (entries.length !== 1 || typeof entries[0][1] !== 'string') return false;
	policy.matches.push({ operator: 'eq', field: entries[0][0].toLowerCase(), value: entries[0][1] });
	return true;
}

/** Why the fields do not meet the policy at this moment. The file's size is not judged here. */
export function policyViolation(
	policy: Policy,
	fields: FormFields,
	bucket: string,
	now: number,
): Violation | undefined {
	if (policy.expiration <= now) return denied('Policy expired.');

	const values = new Map(fields.names().map((name) => [name, fields.get(name)]));
	values.set('bucket', bucket);
	for (const { operator, field, value } of policy.matches) {
		const sent = values.get(field);
		const holds = operator === 'eq' ? sent === value : sent?.startsWith(value) === true;
		if (!holds) {
			const condition = JSON.stringify([operator, `$${field}`, value]).replaceAll(',"', ', "');
			return denied(`Policy Condition failed: ${condition}`);
		}
	}

	const named = new Set(policy.matches.map(({ field }) => field));
	const extra = [...values.keys()].filter(
		(name) => !named.has(name) && !EXEMPT.has(name) && !name.startsWith('x-ignore-'),
	);
	return extra.length > 0 ? denied(`Extra input fields: ${extra.join(', ')}`) : undefined;
}

/** Why a file of this many bytes does not fit, as far as can be said before its end. */
export function sizeViolation(policy: Policy, size: number, ended: boolean): Violation | undefined {
	if (policy.range === undefined) return undefined;
	const { min, max } = policy.range;
	if (size > max) {
		const details = { ProposedSize: String(size), MaxSizeAllowed: String(max) };
		return violation('EntityTooLarge', undefined, details);
	}
	if (ended && size < min) {
		const details = { ProposedSize: String(size), MinSizeAllowed: String(min) };
		return violation('EntityTooSmall', undefined, details);
	}
	return undefined;
}

const invalid = (reason: string) => violation('InvalidPolicyDocument', `Invalid Policy: ${reason}`);
const denied = (reason: string) =>
	violation('AccessDenied', `Invalid according to Policy: ${reason}`);

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
