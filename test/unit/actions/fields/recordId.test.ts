import { readLead } from '../../../../nodes/CloseFiles/actions/fields/lead';
import {
	recordIdField,
	recordIdIn,
	type RecordKind,
} from '../../../../nodes/CloseFiles/actions/fields/recordId';
import { recordKinds } from '../../../../nodes/CloseFiles/actions/fields/recordKinds';
import { refusalOf } from '../../caught';
import { aContext } from '../../context';

const lead = { label: 'Lead', noun: 'a lead', prefix: 'lead_' };
const ID = 'lead_1x2Y3z';

describe('the ID of a record', () => {
	it.each([
		['an ID', ID],
		['an ID with blanks around it', ` ${ID}\n`],
		['a locator by ID', { __rl: true, mode: 'id', value: ID }],
		['a locator from the list', { __rl: true, mode: 'list', value: ID, cachedResultName: 'Acme' }],
		['an address', `https://app.close.com/lead/${ID}/`],
		['an address without its last slash', `https://app.close.com/lead/${ID}`],
		['an address with a query', `https://app.close.com/lead/${ID}?tab=emails`],
		['an address with a fragment', `https://app.close.com/lead/${ID}#activity`],
		['an address with the ID in its query', `https://app.close.com/search/?lead=${ID}&x=1`],
		['a locator by URL', { mode: 'url', value: `https://app.close.com/lead/${ID}/` }],
	])('is taken from %s', (_what, value) => {
		expect(recordIdIn(value, lead)).toBe(ID);
	});

	it.each([
		['nothing', undefined],
		['null', null],
		['an empty text', ''],
		['blanks', '  '],
		['an empty locator', { __rl: true, mode: 'list', value: '' }],
		['a locator that holds null', { __rl: true, mode: 'list', value: null }],
		['a locator that holds nothing', { __rl: true, mode: 'id', value: undefined }],
	])('is none with %s', (_what, value) => {
		expect(recordIdIn(value, lead)).toBeUndefined();
	});

	it.each([
		['another record’s', 'cont_1x2Y'],
		['the bare beginning', 'lead_'],
		['a name', 'Acme'],
		['an ID in words', `the lead ${ID} there`],
		['an ID that goes on', `${ID}-x`],
		['an ID that begins earlier', `x${ID}`],
		['two IDs', `${ID},${ID}`],
		['a path', `../${ID}x/../../me`.replace('x/', '%2F')],
		['a number', 5],
	])('is not taken from %s', async (_what, value) => {
		const { message, advice, failure } = await refusalOf(() => recordIdIn(value, lead));

		expect(message).toBe(`'Lead' holds '${String(value)}', which is no ID of a lead`);
		expect(advice).toContain("'lead_'");
		expect(failure).toEqual({ cause: 'configuration-invalid' });
	});

	it.each([
		['an object', { id: ID }],
		['a list', [ID]],
		['an object', { value: { value: ID } }],
	])('is not taken from %s: %j', async (what, value) => {
		const { message } = await refusalOf(() => recordIdIn(value, lead));

		expect(message).toBe(`'Lead' holds ${what}, which is no ID of a lead`);
	});

	it('is quoted only by its beginning when it is none', async () => {
		const { message } = await refusalOf(() => recordIdIn('x'.repeat(5_000), lead));

		expect(message.length).toBeLessThan(200);
	});
});

describe('the field for an ID', () => {
	it.each([
		['by ID', {}, 'id', ['id']],
		['by address, too', { hasAddress: true }, 'id', ['id', 'url']],
		['from a list', { searchListMethod: 'x', hasAddress: true }, 'list', ['list', 'id', 'url']],
	])('is filled in %s', (_what, more, mode, modes) => {
		const field = recordIdField('leadId', { ...lead, ...more }, 'The lead');

		expect(field.default).toEqual({ mode, value: '' });
		expect(field.modes?.map(({ name }) => name)).toEqual(modes);
	});
});

describe('an address pasted from Close', () => {
	/** What n8n takes out of the field's mode "By URL" where it is asked to. */
	const extracted = (kind: RecordKind, address: string) => {
		const mode = recordIdField('field', kind, 'It').modes?.find(({ name }) => name === 'url');
		const { regex } = mode?.extractValue as { regex: string };
		return new RegExp(regex).exec(address)?.[1];
	};

	it.each([
		['lead', 'https://app.close.com/lead/lead_1x/', 'lead_1x'],
		['lead', 'https://app.close.com/lead/lead_1x/#activity=acti_2y', 'lead_1x'],
		['lead', 'https://app.close.com/lead/lead_1x/?tab=emails#activity=acti_2y', 'lead_1x'],
		['email', 'https://app.close.com/lead/lead_1x/#activity=acti_2y', 'acti_2y'],
		['email', 'https://app.close.com/lead/lead_1x/?tab=emails#activity=acti_2y', 'acti_2y'],
		['email', 'https://app.close.com/activity/acti_2y/', 'acti_2y'],
		['email', 'https://app.close.com/inbox/?activity=acti_2y&user=user_3z', 'acti_2y'],
		['note', 'https://app.close.com/lead/lead_1x/#activity=acti_2y&contact=cont_3z', 'acti_2y'],
		['contact', 'https://app.close.com/lead/lead_1x/#contact=cont_3z', 'cont_3z'],
		['contact', 'https://app.close.com/contact/cont_3z/', 'cont_3z'],
		['opportunity', 'https://app.close.com/lead/lead_1x/#opportunity=oppo_4a', 'oppo_4a'],
		['emailTemplate', 'https://app.close.com/settings/templates/email/tmpl_5b/', 'tmpl_5b'],
		['smsTemplate', 'https://app.close.com/settings/templates/sms/smstmpl_6c', 'smstmpl_6c'],
	] as const)('gives the %s in %s', (name, address, id) => {
		const kind = recordKinds[name];

		expect(extracted(kind, address)).toBe(id);
		expect(recordIdIn({ __rl: true, mode: 'url', value: address }, kind)).toBe(id);
	});

	it.each([
		['emailTemplate', 'https://app.close.com/settings/templates/sms/smstmpl_6c/'],
		['contact', 'https://app.close.com/lead/lead_1x/#activity=acti_2y'],
		['email', 'https://app.close.com/lead/lead_1x/'],
	] as const)('gives no %s in %s', async (name, address) => {
		expect(extracted(recordKinds[name], address)).toBeUndefined();
		await refusalOf(() => recordIdIn(address, recordKinds[name]));
	});
});

describe('the lead', () => {
	it('is what its field holds', () => {
		expect(readLead(aContext({ parameters: { leadId: ID } }), 0)).toBe(ID);
	});

	it('cannot be empty', async () => {
		const { message } = await refusalOf(() => readLead(aContext(), 0));

		expect(message).toBe("'Lead' is empty");
	});
});
