import { aSandbox } from '../../support/aSandbox';
import { look, namesIn } from '../../support/pickList';

const sandbox = aSandbox();

it('lists email templates with their subject, but none that are archived', async () => {
	const [offer] = sandbox.account.emailTemplates;

	expect((await look('searchEmailTemplates', sandbox)).results).toEqual([
		{ name: 'Offer (Your offer)', value: offer.id },
	]);
});

it('finds an email template by its subject', async () => {
	expect(await namesIn('searchEmailTemplates', sandbox, { filter: 'your' })).toEqual([
		'Offer (Your offer)',
	]);
});

it('lists SMS templates with how their text begins', async () => {
	const [template] = sandbox.account.smsTemplates;
	template.text = `Hello,\n\nhere is ${'a rather long plan '.repeat(10)}`;

	expect((await look('searchSmsTemplates', sandbox)).results).toEqual([
		{
			name: 'Site plan (Hello, here is a rather long plan a rather long plan a rathe…)',
			value: template.id,
		},
	]);
});

it('lists no SMS template that is archived', async () => {
	Object.assign(sandbox.account.smsTemplates[0], { status: 'archived' });

	expect(await namesIn('searchSmsTemplates', sandbox)).toEqual([]);
});
