import type { IDataObject } from 'n8n-workflow';
import { aSandbox } from '../support/aSandbox';
import { aFile, anItem, emailing } from '../support/builders';
import { bodiesOf, errorOf, formsTo } from '../support/observations';

const sandbox = aSandbox();

const png = { mimeType: 'image/png' };

/** An item with an offer and two images, whose fields are `data`, `logo` and `image_1`. */
async function anItemWithImages() {
	return anItem({
		data: await aFile('Offer.pdf'),
		logo: await aFile('Logo.png', png),
		image_1: await aFile('Plan.png', png),
	});
}

const withInline = async (inlineFields: unknown, parameters = {}) =>
	emailing(sandbox, [await anItemWithImages()], {
		body: '<p><img src="cid:logo"></p>',
		additionalFields: { inlineFields: inlineFields as string },
		...parameters,
	});

/** What Close was asked to attach: name, content ID, and whether it stands in the body only. */
const sent = () =>
	bodiesOf(sandbox, 'POST /activity/email/').flatMap(({ attachments }) =>
		(attachments as IDataObject[]).map(({ filename, content_id, inline_only }) => [
			filename,
			content_id,
			inline_only,
		]),
	);

describe('inline images', () => {
	it('are named by their field and stand after the files of the item', async () => {
		await (await withInline('logo')).run();

		expect(sent()).toEqual([
			['Offer.pdf', undefined, undefined],
			['Logo.png', 'logo', true],
		]);
	});

	it.each([
		['several names', 'logo, image_1'],
		['a pattern and a name', 'image_*, logo'],
		['a list by expression', '={{ ["logo", "image_1"] }}'],
	])('are given as %s, and not attached a second time', async (_what, inlineFields) => {
		await (await withInline(inlineFields, { binaryPropertyName: '*' })).run();

		expect(sent().map(([filename]) => filename)).toHaveLength(3);
		expect(sent().filter(([, contentId]) => contentId === undefined)).toEqual([
			['Offer.pdf', undefined, undefined],
		]);
		expect(formsTo(sandbox)).toHaveLength(3);
	});

	it('may be all that an email has', async () => {
		await (await withInline('*', { binaryPropertyName: '*' })).run();

		expect(sent().map(([, contentId]) => contentId)).toEqual(['data', 'logo', 'image_1']);
	});

	it('keep their name and type when another file gets one of its own', async () => {
		const options = { fileName: 'Our offer.pdf', contentType: 'application/x-offer' };

		await (await withInline('logo', { options })).run();

		expect(sent().map(([filename]) => filename)).toEqual(['Our offer.pdf', 'Logo.png']);
	});

	it.each([
		[
			'an image that the item does not have',
			'photo',
			{},
			"'Inline Fields' asks for the file 'photo'",
		],
		['a text body', 'logo', { bodyType: 'text' }, "'Inline Fields' needs an HTML body"],
		['what is no name', '={{ 5 }}', {}, "'Inline Fields' holds neither the name of a field"],
	])('with %s are refused before any request', async (_what, inlineFields, more, message) => {
		const error = await errorOf(await withInline(inlineFields, more));

		expect(error.message).toContain(message);
		expect(sandbox.requests).toEqual([]);
	});
});
