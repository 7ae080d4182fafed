import type {
	IAuthenticateGeneric,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

/**
 * A Close API key, sent by HTTP Basic as the user name with an empty password.
 *
 * @see https://developer.close.com/api/overview/api-key-authentication
 */
export class CloseApi implements ICredentialType {
	name = 'closeApi';

	displayName = 'Close API';

	icon: Icon = {
		light: 'file:../icons/close-files.svg',
		dark: 'file:../icons/close-files.dark.svg',
	};

	documentationUrl = 'https://github.com/n8n-nodes-close-files/n8n-nodes-close-files#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. api_1a2b3c…',
			description: 'Created in Close under Settings > Developer > API Keys',
		},
		{
			// Hidden: only the sandbox and tests set it, by importing credentials (docs/decisions/0003).
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'hidden',
			default: 'https://api.close.com/api/v1',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: {
			auth: {
				username: '={{$credentials.apiKey}}',
				password: '',
			},
		},
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl}}',
			url: '/me/',
		},
	};
}
