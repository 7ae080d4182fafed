import type { INodeExecutionData } from 'n8n-workflow';
import type { FileRecord, Sandbox } from '../sandbox/server';
import { adding, recordHolding, targetOf } from './additions';
import {
	aLead,
	emailing,
	loggingWhatsApp,
	locator,
	noting,
	runsOf,
	sendingNow,
	templating,
	texting,
	uploading,
	type MakeRun,
} from './builders';
import type { Execution, ExecutionOptions } from './execution';

type Parameters = ExecutionOptions['parameters'];

/**
 * Makes a run of one operation that succeeds with the items given, each with a file in `data`. The
 * records that it needs are in the account by then, and nothing of that is in the sandbox's log.
 * The parameters stand in for those of the table.
 */
type ValidRun = (
	sandbox: Sandbox,
	items: INodeExecutionData[],
	parameters?: Parameters,
) => Promise<Execution>;

/** A valid run of every operation, by `<resource>: <operation>`. */
export const validRuns: Record<string, ValidRun> = {
	'email: addAttachment': addingTo('email'),
	'email: createWithAttachment': async (sandbox, items, parameters) =>
		emailing(sandbox, items, { ...sendingNow, ...parameters }),
	'email: downloadAttachments': running('email', 'downloadAttachments', async (sandbox) => ({
		emailId: locator((await recordWithFile(sandbox, 'email')).id),
	})),
	'email: sendDraft': running('email', 'sendDraft', async (sandbox) => ({
		emailId: locator((await recordWithFile(sandbox, 'email')).id),
		...sendingNow,
	})),
	'emailTemplate: addAttachment': addingTo('emailTemplate'),
	'emailTemplate: createWithAttachment': asItIs(templating.emailTemplate),
	'file: attachToLead': running('file', 'attachToLead', async (sandbox) => ofLead(sandbox)),
	'file: download': running('file', 'download', async (sandbox) => ({
		fileUrl: (await recordWithFile(sandbox, 'note')).attachments[0].url,
	})),
	'file: getMany': running('file', 'getMany', async (sandbox) => {
		await recordWithFile(sandbox, 'note');
		return ofLead(sandbox);
	}),
	'file: upload': asItIs(uploading),
	'note: addAttachment': addingTo('note'),
	'note: createWithAttachment': async (sandbox, items, parameters) =>
		noting(sandbox, items, {
			additionalFields: {
				title: 'Contract',
				contactId: locator(aLead(sandbox).contacts[0].id),
			},
			...parameters,
		}),
	'note: downloadAttachments': running('note', 'downloadAttachments', async (sandbox) => ({
		noteId: locator((await recordWithFile(sandbox, 'note')).id),
	})),
	'opportunity: addAttachment': addingTo('opportunity'),
	'sms: createWithAttachment': async (sandbox, items, parameters) =>
		texting(sandbox, items, {
			contactId: locator(aLead(sandbox).contacts[0].id),
			...parameters,
		}),
	'smsTemplate: addAttachment': addingTo('smsTemplate'),
	'smsTemplate: createWithAttachment': asItIs(templating.smsTemplate),
	'whatsAppMessage: createWithAttachment': asItIs(loggingWhatsApp),
};

/** A run that needs nothing of the account beyond what its builder knows. */
function asItIs(make: MakeRun): ValidRun {
	return async (sandbox, items, parameters) => make(sandbox, items, parameters);
}

/** A run whose parameters are made in the sandbox's account as it is then. */
function running(
	resource: string,
	operation: string,
	needed: (sandbox: Sandbox) => Promise<Parameters>,
): ValidRun {
	const make = runsOf(resource, operation);
	return async (sandbox, items, parameters) =>
		make(sandbox, items, { ...(await needed(sandbox)), ...parameters });
}

/** "Add Attachment" on an email draft that holds a file, or on a record of the demo account. */
function addingTo(resource: string): ValidRun {
	return async (sandbox, items, parameters) => {
		const target = targetOf(resource);
		const [inDemo] = target.kind.records(sandbox);
		const isOwn = resource === 'email' || resource === 'note';
		const record = isOwn ? await recordWithFile(sandbox, resource) : inDemo;
		return adding(sandbox, target, record, items, { parameters });
	};
}

/** What the records made here hold beyond the least, so that few keys of an output are null. */
const fieldsOf: Record<string, object> = {
	email: { to: ['gina@bluth.example'], subject: 'Terms', sender: 'nora@sandbox.example' },
	note: { title: 'Terms' },
};

const ofLead = (sandbox: Sandbox): Parameters => ({ leadId: locator(aLead(sandbox).id) });

async function recordWithFile(sandbox: Sandbox, resource: string): Promise<FileRecord> {
	return await recordHolding(sandbox, targetOf(resource), ['Terms.pdf'], fieldsOf[resource]);
}
