/** Why there are no credentials, in words that hold no secret. The core shows no other error's message. */
export class CredentialsFailure extends Error {
	override readonly name = "CredentialsFailure";
}

/** What the library's messages begin with, and what is said in their place. */
const MEANINGS: readonly (readonly [RegExp, string])[] = [
	[
		/^the access key secret is invalid/,
		"the access key secret does not belong to the access key id",
	],
	[/^failed to execute external command/, "its process_command failed"],
	[/^failed to parse external command output/, "its process_command wrote no JSON"],
	[/^invalid (credential|StsToken)/, "its process_command wrote no access key"],
	[/^process_command is empty/, "it has no process_command"],
	[/^unsupported profile mode/, "its mode is none that is known"],
	[/^unable to get profile/, "it builds on a profile that is not there"],
	[/^(the )?(RoleArn|roleArn)/, "it has no role ARN"],
	[/^(oidcProviderArn|oidcTokenFilePath)/, "it lacks a part of what OIDC takes"],
	[/^session duration/, "its session duration is under 900 s"],
	[/^Can not find credential type/, "there is no such section, or it has no type"],
	[/^Invalid type option/, "its type is none of access_key, ecs_ram_role, ram_role_arn"],
	[/json parse failed|unmarshal fail/, "the answer is not JSON"],
	[
		/^error retrieving credentials from credentialsURI|fail to get credentials$|^get sts token failed$|OIDC$/,
		"the answer holds no temporary credentials",
	],
	[/Code is not Success/, "the answer says that it failed"],
	[/IMDS credentials is disabled/, "turned off by ALIBABA_CLOUD_ECS_METADATA_DISABLED"],
	[
		/[Aa]ccess ?[Kk]ey ?([Ii][Dd]|[Ss]ecret).*(must|empty|specified)/,
		"a part of the access key is missing",
	],
	[/timeout/i, "no answer in time"],
];

/** Why a provider of the library failed. Nothing of its message is repeated but a status and a code. */
export function reasonOf(error: unknown): string {
	if (error instanceof CredentialsFailure) return error.message;
	const { message = "", code } = error as { message?: string; code?: unknown };
	const status = /(?:httpStatus: |failed with |\b)(\d{3})(?:,|$)/.exec(message)?.[1];
	const refusal = /"Code"\s*:\s*"([A-Za-z.]{3,60})"/.exec(message)?.[1];
	if (refusal !== undefined) return `refused (${refusal})`;
	const meaning = MEANINGS.find(([pattern]) => pattern.test(message))?.[1];
	if (meaning !== undefined) return meaning;
	if (status !== undefined) return `the answer has HTTP status ${status}`;
	return typeof code === "string" && /^[A-Z0-9_]+$/.test(code)
		? `no answer (${code})`
		: "it failed";
}
