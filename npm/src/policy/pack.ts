import type {
	EnforcementLevel,
	ResourceValidationPolicy,
	StackValidationPolicy,
} from "@pulumi/policy";
import { PolicyJudge } from "./judge";
import { type ListedAccount, level, type Settings } from "./settings";
import * as sharePolicies from "./share-policies";
import * as stackPolicies from "./stack-policies";

/** What one policy is set to: a level, or settings with or without one. */
export type PolicyOption<T = unknown> =
	| EnforcementLevel
	| ({ enforcementLevel?: EnforcementLevel } & T);

/** Levels and settings by the names of policies. A config file of the pack overrides them. */
export interface ImageSharePolicyOptions {
	/** The level of all policies that have none of their own here. */
	all?: EnforcementLevel;
	"account-id-format"?: PolicyOption;
	"account-id-length"?: PolicyOption;
	"image-id-shareable"?: PolicyOption;
	"account-allow-list"?: PolicyOption<{ accounts?: (string | ListedAccount)[] }>;
	"account-deny-list"?: PolicyOption<{ accounts?: (string | ListedAccount)[] }>;
	"no-self-share"?: PolicyOption<{ ownerAccountId?: string }>;
	"share-protected"?: PolicyOption<{ images?: string[] }>;
	"image-account-limit"?: PolicyOption<{ limit?: number }>;
	"duplicate-share"?: PolicyOption;
	"no-mixed-sharing"?: PolicyOption;
	"prefer-set"?: PolicyOption<{ singles?: number }>;
}

type Policy = ResourceValidationPolicy | StackValidationPolicy;

/**
 * Every policy about the sharing of images, set as a team wants them.
 *
 * ```ts
 * new PolicyPack("image-share", { policies: imageSharePolicies() });
 * new PolicyPack("image-share", { policies: imageSharePolicies({ all: "advisory" }) });
 * new PolicyPack("image-share", {
 *     policies: imageSharePolicies({
 *         "image-account-limit": { limit: 100 },
 *         "account-allow-list": {
 *             accounts: ["1234567890123456", { id: "1234567890123457", name: "Acme", expires: "2027-06-30" }],
 *         },
 *     }),
 * });
 * ```
 *
 * @throws TypeError where an option is not understood: it names the policy, the key and what that takes.
 */
export function imageSharePolicies(options: ImageSharePolicyOptions = {}): Policy[] {
	const policies: Policy[] = [...Object.values(sharePolicies), ...Object.values(stackPolicies)];
	const { all, ...own } = options;
	for (const name of Object.keys(own)) {
		if (policies.some((policy) => policy.name === name)) continue;
		const names = policies.map((policy) => policy.name).join(", ");
		throw new TypeError(`there is no policy ${name}: there are ${names}`);
	}
	return policies.map((policy) => {
		const option = (own as Record<string, PolicyOption | undefined>)[policy.name];
		return withOption(all === undefined ? policy : withLevel(policy, "all", all), option);
	});
}

function withLevel<P extends Policy>(policy: P, key: string, value: unknown): P {
	return { ...policy, enforcementLevel: level(key, value) };
}

function withOption(policy: Policy, option: PolicyOption | undefined): Policy {
	const { name } = policy;
	if (option === undefined) return policy;
	if (typeof option !== "object" || option === null) return withLevel(policy, name, option);
	const { enforcementLevel, ...made } = option as Record<string, unknown>;
	const settings = policy.configSchema?.properties as Settings;
	const mistake = new PolicyJudge(name, settings).mistake(made);
	if (mistake) throw new TypeError(mistake);
	// As defaults of the schema they reach the policy through the engine, below those of a config file.
	const properties = Object.fromEntries(
		Object.entries(settings).map(([key, schema]) => [
			key,
			made[key] === undefined ? schema : { ...schema, default: made[key] },
		]),
	);
	const set = { ...policy, configSchema: { properties } };
	return enforcementLevel === undefined ? set : withLevel(set, name, enforcementLevel);
}
