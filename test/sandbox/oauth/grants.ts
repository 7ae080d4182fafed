import { createHash, randomBytes } from 'node:crypto';

import type { Clock } from '../clock';
import type { Account } from '../close/account';

/** What the token endpoint answers. */
export interface TokenReply {
	access_token: string;
	token_type: 'Bearer';
	/** Seconds. */
	expires_in: number;
	refresh_token: string;
	scope: string;
	organization_id: string;
	user_id: string;
}

/** An authorization code: what its redemption must match. */
export interface CodeRequest {
	redirectUri: string;
	/** BASE64URL(SHA256(verifier)), as PKCE's S256 has it. */
	challenge: string;
}

export interface Redemption {
	code: string;
	redirectUri: string;
	verifier: string;
}

/** RFC 6749 advises ten minutes at most. */
const CODE_SECONDS = 600;
const ACCESS_SECONDS = 3600;
const SCOPE = 'all.full_access offline_access';

/**
 * What the account has granted to its one app: codes for one use, access tokens for an hour of the
 * sandbox's clock, and refresh tokens that rotate, each good for one refresh.
 */
export class Grants {
	readonly client = {
		id: `oa2client_${randomBytes(9).toString('base64url')}`,
		secret: randomBytes(30).toString('base64url'),
	};
	private readonly codes = new Map<string, CodeRequest & { expiresAt: number }>();
	/** When they expire, in ms of the sandbox's clock. */
	private readonly accessTokens = new Map<string, number>();
	private readonly refreshTokens = new Set<string>();

	constructor(
		private readonly clock: Clock,
		private readonly account: Account,
	) {}

	/** A new code. */
	authorize(request: CodeRequest): string {
		const code = newToken('code');
		this.codes.set(code, { ...request, expiresAt: this.clock.now() + CODE_SECONDS * 1000 });
		return code;
	}

	/** Tokens for a code, which is used up by the first try; undefined for one that does not match. */
	redeem({ code, redirectUri, verifier }: Redemption): TokenReply | undefined {
		const request = this.codes.get(code);
		this.codes.delete(code);
		if (request === undefined || request.expiresAt <= this.clock.now()) return undefined;
		const challenge = createHash('sha256').update(verifier).digest('base64url');
		if (request.redirectUri !== redirectUri || request.challenge !== challenge) return undefined;
		return this.grant();
	}

	/** New tokens for a refresh token, which is revoked; undefined for one that is revoked already. */
	refresh(refreshToken: string): TokenReply | undefined {
		return this.refreshTokens.delete(refreshToken) ? this.grant() : undefined;
	}

	/** Tokens without asking for them. */
	grant(): TokenReply {
		const access = newToken('access');
		const refresh = newToken('refresh');
		this.accessTokens.set(access, this.clock.now() + ACCESS_SECONDS * 1000);
		this.refreshTokens.add(refresh);
		return {
			access_token: access,
			token_type: 'Bearer',
			expires_in: ACCESS_SECONDS,
			refresh_token: refresh,
			scope: SCOPE,
			organization_id: this.account.organizationId,
			user_id: this.account.owner.id,
		};
	}

	/** Whether a request with this Authorization header may be let in. */
	accepts(authorization: string | undefined): boolean {
		const token = /^Bearer (.+)$/.exec(authorization ?? '')?.[1] ?? '';
		return (this.accessTokens.get(token) ?? 0) > this.clock.now();
	}

	/** Ends an access or a refresh token. */
	revoke(token: string): void {
		this.accessTokens.delete(token);
		this.refreshTokens.delete(token);
	}

	/** Ends every access token, as an hour would; each can be refreshed. */
	expire(): void {
		this.accessTokens.clear();
	}

	/** Ends everything granted, as when the user removes the app in Close. */
	clear(): void {
		this.codes.clear();
		this.accessTokens.clear();
		this.refreshTokens.clear();
	}
}

function newToken(kind: string): string {
	return `${kind}_${randomBytes(24).toString('base64url')}`;
}
