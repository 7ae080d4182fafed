import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

/**
 * Access to a Close account by OAuth2: authorization code with PKCE, renewed by n8n.
 *
 * The hidden fields are what n8n's own OAuth2 credential asks of the user, with Close's values.
 * n8n 2.x takes hidden addresses, grant type and authentication from here, whatever is stored; only
 * CREDENTIALS_OVERWRITE_DATA of n8n's environment changes them, which the sandbox makes use of.
 *
 * @see https://developer.close.com/api/overview/oauth-authentication
 */
export class CloseOAuth2Api implements ICredentialType {
	name = 'closeOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Close OAuth2 API';

	icon: Icon = {
		light: 'file:../icons/close-files.svg',
		dark: 'file:../icons/close-files.dark.svg',
	};

	documentationUrl = 'https://github.com/n8n-nodes-close-files/n8n-nodes-close-files#oauth2';

	properties: INodeProperties[] = [
		{
			displayName: 'Grant Type',
			name: 'grantType',
			type: 'hidden',
			default: 'pkce',
		},
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: 'https://app.close.com/oauth2/authorize/',
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: 'https://api.close.com/oauth2/token/',
		},
		{
			// Close grants both to every app; offline_access gives the refresh token.
			displayName: 'Scope',
			name: 'scope',
			type: 'hidden',
			default: 'all.full_access offline_access',
		},
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			default: '',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'hidden',
			default: 'body',
		},
		{
			// Set by importing credentials, like that of the API key (docs/decisions/0003).
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'hidden',
			default: 'https://api.close.com/api/v1',
		},
	];
}
