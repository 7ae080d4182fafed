import { closeDate, newId } from './records';
import type { Body } from './recordKind';
import type { CloseContext } from './routes';

/** The keys that all activities have, and opportunities too: of the key's owner, and of now. */
export function ownedRecord(prefix: string, body: Body, now: number, { account }: CloseContext) {
	const { owner } = account;
	const date = closeDate(now);
	const name = `${owner.first_name} ${owner.last_name}`;
	return {
		id: newId(prefix),
		lead_id: String(body.lead_id),
		contact_id: null,
		organization_id: account.organizationId,
		date_created: date,
		date_updated: date,
		created_by: owner.id,
		created_by_name: name,
		updated_by: owner.id,
		updated_by_name: name,
		user_id: owner.id,
		user_name: name,
		attachments: [],
	};
}

/** An activity of now, with what all of them have. `type` as Close names it: `Email`. */
export function activityOf(type: string, body: Body, now: number, context: CloseContext) {
	return {
		_type: type,
		...ownedRecord('acti', body, now, context),
		activity_at: closeDate(now),
		users: [],
	};
}
