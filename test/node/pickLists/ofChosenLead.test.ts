import { aSandbox } from '../../support/aSandbox';
import { locator } from '../../support/builders';
import { errorOf, look, namesIn } from '../../support/pickList';

const sandbox = aSandbox();

/** As in "Create Email With Attachment". */
const field = 'additionalFields.contactId';
const chosen = (leadId: ReturnType<typeof locator> | string) => ({
	parameters: { resource: 'email', operation: 'createWithAttachment', leadId },
	field,
});
const contactsFor = async (leadId: ReturnType<typeof locator> | string) =>
	await namesIn('searchContacts', sandbox, chosen(leadId));

const ofBluth = ['Gina Moreau (gina@bluth.example)', 'Samuel Okafor (samuel@bluth.example)'];

describe('the list of contacts', () => {
	it('shows names and addresses, gives IDs, and links to the lead in Close', async () => {
		const [lead] = sandbox.account.leads;
		const [gina] = lead.contacts;

		const { results } = await look('searchContacts', sandbox, chosen(locator(lead.id, 'list')));

		expect(results.map(({ name }) => name)).toEqual(ofBluth);
		expect(results[0]).toEqual({
			name: ofBluth[0],
			value: gina.id,
			url: `https://app.close.com/lead/${lead.id}/#contact=${gina.id}`,
		});
	});

	it.each(['list', 'id'])('holds those of the lead chosen by %s', async (mode) => {
		expect(await contactsFor(locator(sandbox.account.leads[0].id, mode))).toEqual(ofBluth);
	});

	it('holds those of the lead chosen by URL', async () => {
		const [{ id }] = sandbox.account.leads;

		expect(
			await contactsFor(locator(`https://app.close.com/lead/${id}/#activity=acti_1`, 'url')),
		).toEqual(ofBluth);
	});

	it('holds those of a lead that an expression gave as plain text', async () => {
		expect(await contactsFor(sandbox.account.leads[0].id)).toEqual(ofBluth);
	});

	it.each([
		['no lead is chosen', locator('', 'list')],
		['an expression will give the lead', locator('={{ $json.lead_id }}')],
		['an expression gives the whole field', '={{ $json.lead }}'],
	])('holds those of all leads while %s', async (_when, leadId) => {
		expect(await contactsFor(leadId)).toHaveLength(5);
	});

	it('holds those of all leads in an operation without a lead', async () => {
		const names = await namesIn('searchContacts', sandbox, {
			parameters: { resource: 'note', operation: 'addAttachment' },
		});

		expect(names).toHaveLength(5);
	});

	it('is empty for a lead that Close does not know', async () => {
		expect(await contactsFor(locator('lead_unknown'))).toEqual([]);
	});

	it('names the field of a lead that is none', async () => {
		const error = await errorOf('searchContacts', sandbox, chosen(locator('cont_1')));

		expect(error.message).toBe("'Lead' holds 'cont_1', which is no ID of a lead");
		expect(sandbox.requests).toEqual([]);
	});

	it('shows the phone number of a contact without an address, and the ID of one without both', async () => {
		const [{ id, contacts }] = sandbox.account.leads;
		contacts[0].emails = [];
		Object.assign(contacts[1], { name: '', emails: [], phones: [] });

		expect(await contactsFor(locator(id))).toEqual(['Gina Moreau (+14155550101)', contacts[1].id]);
	});

	it('says the address of a contact once who is named by it', async () => {
		const [{ id, contacts }] = sandbox.account.leads;
		contacts[0].name = contacts[0].emails[0].email;

		expect(await contactsFor(locator(id))).toEqual(['gina@bluth.example', ofBluth[1]]);
	});

	it('is searched within the chosen lead', async () => {
		const [bluth] = sandbox.account.leads;
		const search = async (filter: string) =>
			await namesIn('searchContacts', sandbox, { ...chosen(locator(bluth.id)), filter });

		expect(await search('gina')).toEqual([ofBluth[0]]);
		expect(await search('ruth')).toEqual([]);
	});
});

describe('the list of opportunities', () => {
	it('tells them apart by lead, value, status and note, and links to the lead in Close', async () => {
		const [lead] = sandbox.account.leads;
		const [{ id }] = sandbox.account.opportunities;

		expect((await look('searchOpportunities', sandbox)).results).toEqual([
			{
				name: 'Bluth Company ($12,500, Active, Forty desks for the new office)',
				value: id,
				url: `https://app.close.com/lead/${lead.id}/#opportunity=${id}`,
			},
		]);
	});

	it('holds those of the chosen lead', async () => {
		const [bluth, harbour] = sandbox.account.leads;
		const countFor = async ({ id }: { id: string }) =>
			(await namesIn('searchOpportunities', sandbox, chosen(locator(id)))).length;

		expect([await countFor(bluth), await countFor(harbour)]).toEqual([1, 0]);
	});
});
