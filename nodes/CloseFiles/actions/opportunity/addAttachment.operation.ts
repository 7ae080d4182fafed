import { keptWithoutSize, withoutSize } from '../../files/attachment';
import { addAttachmentTo } from '../addAttachment';
import { recordKinds } from '../fields/recordKinds';

/** What most workflows need of an opportunity. */
const OPPORTUNITY_KEYS = [
	'id',
	'lead_id',
	'lead_name',
	'contact_id',
	'user_id',
	'status_label',
	'value',
	'note',
	'date_created',
	'attachments',
];

/** @see https://developer.close.com/api/resources/opportunities/update */
export const addAttachment = addAttachmentTo({
	kind: recordKinds.opportunity,
	parameter: 'opportunityId',
	path: '/opportunity/',
	keysOf: withoutSize,
	keep: keptWithoutSize,
	keys: OPPORTUNITY_KEYS,
	action: 'Add attachment to opportunity',
	description: 'Add files to an opportunity, and keep those it has',
});
