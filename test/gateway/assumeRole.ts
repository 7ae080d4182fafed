import { createHash } from 'node:crypto';
import { element } from '../conformance/client';
import { signatureV4, type S3Credential } from '../sandbox/s3/signature';

/**
 * Temporary keys for a role, with their token.
 *
 * By hand, because the AWS SDK's client for it is no dependency of this package.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html
 */
export async function assumeRole(
	url: string,
	region: string,
	{ accessKeyId, secretAccessKey }: S3Credential,
	role: string,
): Promise<S3Credential> {
	const body = new URLSearchParams({
		Action: 'AssumeRole',
		RoleArn: `arn:aws:iam:::role/${role}`,
		RoleSessionName: 'conformance',
		Version: '2011-06-15',
	}).toString();
	const date = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
	const scope = `${date.slice(0, 8)}/${region}/sts/aws4_request`;
	const signed: Record<string, string> = {
		'content-type': 'application/x-www-form-urlencoded',
		host: new URL(url).host,
		'x-amz-content-sha256': sha256(body),
		'x-amz-date': date,
	};
	const names = Object.keys(signed).join(';');
	const lines = Object.entries(signed).map(([name, value]) => `${name}:${value}\n`);
	const request = ['POST', '/', '', lines.join(''), names, sha256(body)].join('\n');
	const text = ['AWS4-HMAC-SHA256', date, scope, sha256(request)].join('\n');
	const signature = signatureV4(text, secretAccessKey, scope);
	const answer = await fetch(`${url}/`, {
		method: 'POST',
		body,
		headers: {
			...signed,
			authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
		},
		signal: AbortSignal.timeout(10_000),
	});
	const xml = await answer.text();
	const part = (name: string) => {
		const value = element(xml, name);
		if (value === undefined) throw new Error(`AssumeRole was answered ${answer.status}: ${xml}`);
		return value;
	};
	return {
		accessKeyId: part('AccessKeyId'),
		secretAccessKey: part('SecretAccessKey'),
		sessionToken: part('SessionToken'),
	};
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
