/** What Close calls a file of a lead, in whichever of its records it is. */
export const LEAD_FILE_KEYS = [
	'id',
	'lead_id',
	'name',
	'content_type',
	'size',
	'checksum',
	'download_url',
	'last_object_type',
	'last_object_id',
	'date_created',
];
