import { forEmail, toJson, tokenOf } from '../../../nodes/CloseFiles/files/attachment';

const file = {
	url: 'https://app.close.com/go/file/temporary/user_1/tok3n/Offer.pdf/',
	filename: 'Offer.pdf',
	contentType: 'application/pdf',
	size: 48_213,
	checksum: 'd41d8cd98f00b204e9800998ecf8427e',
	expiresAt: '2026-11-24T14:00:00.000Z',
};

describe('an uploaded file', () => {
	it('is put out in Close’s words', () => {
		expect(toJson(file)).toEqual({
			url: file.url,
			filename: 'Offer.pdf',
			content_type: 'application/pdf',
			size: 48_213,
			checksum: file.checksum,
			expires_at: file.expiresAt,
		});
	});

	it('is attached to an email with the keys that Close takes, and no other', () => {
		expect(forEmail(file)).toEqual({
			url: file.url,
			filename: 'Offer.pdf',
			content_type: 'application/pdf',
			size: 48_213,
		});
	});
});

describe('the token of a file’s URL', () => {
	it.each([
		['https://app.close.com/go/file/temporary/user_1/tok3n/Offer.pdf/'],
		['https://app.close.com/go/file/temporary/user_1/tok3n/a%2Fb.pdf/'],
		['https://app.close.com/go/file/orga_1/tok3n/Offer.pdf'],
	])('is the same in the temporary and the lasting place: %s', (url) => {
		expect(tokenOf(url)).toBe('tok3n');
	});

	it.each([
		['https://evil.com/go/file/user_1/tok3n/a.pdf/'],
		['http://app.close.com/go/file/user_1/tok3n/a.pdf/'],
		['undefined'],
		[''],
	])('is not taken from elsewhere: %j', (url) => {
		expect(tokenOf(url)).toBeUndefined();
	});
});
