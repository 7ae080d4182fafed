import { activityOf } from './activity';
import type { Email } from './records';
import type { Body } from './recordKind';
import type { CloseContext } from './routes';

/** A draft of now with every key of Close's documented response. */
export function blankEmail(body: Body, now: number, context: CloseContext): Email {
	const activity = activityOf('Email', body, now, context);
	return {
		...activity,
		thread_id: activity.id,
		date_scheduled: null,
		date_sent: null,
		status: 'draft',
		direction: 'outgoing',
		sender: null,
		to: [],
		cc: [],
		bcc: [],
		subject: null,
		body_text: null,
		body_html: null,
		body_preview: '',
		body_text_quoted: null,
		body_html_quoted: null,
		email_account_id: null,
		envelope: null,
		message_ids: [],
		references: [],
		in_reply_to_id: null,
		has_reply: false,
		need_smtp_credentials: false,
		opens: [],
		opens_summary: null,
		send_as_id: null,
		send_attempts: [],
		template_id: null,
		template_name: null,
		bulk_email_action_id: null,
		sequence_id: null,
		sequence_name: null,
		sequence_subscription_id: null,
		followup_date: null,
		followup_sequence_id: null,
		followup_sequence_delay: null,
		followup_sequence_add_cc_bcc: false,
		agent_action_reason: null,
		agent_config_id: null,
	};
}
