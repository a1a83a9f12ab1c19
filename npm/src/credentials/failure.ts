/** Why there are no credentials, in words that hold no secret. The core shows no other error's message. */
export class CredentialsFailure extends Error {
	override readonly name = "CredentialsFailure";
}

/** What the library's messages begin with, and what is shown in their place. */
const MEANINGS: readonly (readonly [RegExp, string])[] = [
	[/^CloudSSO access token is empty or expired/, "its login by CloudSSO has expired"],
	[/^CloudSSO sign in url/, "it lacks a part of what CloudSSO takes"],
	[/^failed to refresh OAuth token/, "its login by OAuth has expired"],
	[/^invalid OAuth site type/, "its oauth_site_type is neither CN nor INTL"],
	[/json parse failed|unmarshal fail/, "the response is not JSON"],
	[/fail to get credentials/, "the response holds no temporary credentials"],
	[/timeout/i, "no response in time"],
];

/** Why the library failed. Nothing of its message is repeated but a status and a code. */
export function reasonOf(error: unknown): string {
	const { message = "", code } = error as { message?: string; code?: unknown };
	const refusal = /"Code"\s*:\s*"([A-Za-z.]{3,60})"/.exec(message)?.[1];
	if (refusal !== undefined) return `the login service refuses it (${refusal})`;
	const meaning = MEANINGS.find(([pattern]) => pattern.test(message))?.[1];
	if (meaning !== undefined) return meaning;
	return typeof code === "string" && /^[A-Z0-9_]+$/.test(code)
		? `the login service does not respond (${code})`
		: "its login cannot be renewed";
}
