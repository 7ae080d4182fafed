import type { IDataObject } from 'n8n-workflow';

/** What Close says about a refusal is cut there: enough to act on, too short to carry a body. */
const LONGEST_SAYING = 500;

/** Close's field names and the labels under which the user knows them. */
const LABELS: Record<string, string> = {
	activity_at: 'Activity At',
	attachments: 'Attachments',
	bcc: 'BCC',
	body_html: 'Body',
	body_text: 'Body',
	cc: 'CC',
	contact_id: 'Contact',
	content_type: 'Content Type',
	date_created: 'Date Created',
	date_scheduled: 'Date Scheduled',
	direction: 'Direction',
	email_account_id: 'Email Account',
	external_whatsapp_message_id: 'External WhatsApp Message ID',
	filename: 'File Name',
	followup_date: 'Follow-Up Date',
	in_reply_to_id: 'In Reply To',
	integration_link: 'Integration Link',
	lead_id: 'Lead',
	local_phone: 'Local Phone',
	message_markdown: 'Message',
	remote_phone: 'Remote Phone',
	response_to_id: 'Response To',
	send_in: 'Send In (Seconds)',
	sender: 'Sender',
	status: 'Status',
	subject: 'Subject',
	template_id: 'Template',
	text: 'Text',
	to: 'To',
	user_id: 'User',
};

/**
 * Close's own words: `error`, `errors` and `field-errors` (whose values may be nested), with field
 * names as labels.
 */
export function closeSaid(body: IDataObject | undefined): string {
	if (body === undefined) return '';
	const sayings = [
		...strings(body.error),
		...strings(body.errors),
		...fieldErrors(body['field-errors'], []),
	];
	const said = sayings.join('; ');
	return said.length > LONGEST_SAYING ? `${said.slice(0, LONGEST_SAYING)}…` : said;
}

function strings(value: unknown): string[] {
	if (typeof value === 'string') return value === '' ? [] : [value];
	return Array.isArray(value) ? value.flatMap(strings) : [];
}

function fieldErrors(value: unknown, path: string[]): string[] {
	if (typeof value === 'string') return [path.length > 0 ? `'${label(path)}' ${value}` : value];
	if (Array.isArray(value)) return value.flatMap((inner) => fieldErrors(inner, path));
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, inner]) => fieldErrors(inner, [...path, key]));
}

function label(path: string[]): string {
	const labelOf = (key: string) => (Object.hasOwn(LABELS, key) ? LABELS[key] : key);
	return path.map((key) => (/^\d+$/.test(key) ? Number(key) + 1 : labelOf(key))).join(' > ');
}
