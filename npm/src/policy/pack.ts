import type {
	EnforcementLevel,
	ResourceValidationPolicy,
	StackValidationPolicy,
} from "@pulumi/policy";
import type { PolicyName, PolicySettings } from "../../core/policy";
import { PolicyJudge } from "./judge";
import * as all from "./policies";
import { policies, type Settings } from "./table";

/** What one policy is set to: a level, or settings with or without one. */
export type PolicyOption<T = unknown> =
	| EnforcementLevel
	| ({ enforcementLevel?: EnforcementLevel } & T);

/** Levels and settings by the names of policies. A config file of the pack overrides them. */
export type ImageSharePolicyOptions = {
	/** The level of all policies that have none of their own here. */
	all?: EnforcementLevel;
} & { [Name in PolicyName]?: PolicyOption<PolicySettings[Name]> };

type Policy = ResourceValidationPolicy | StackValidationPolicy;

const LEVELS: readonly EnforcementLevel[] = ["advisory", "mandatory", "remediate", "disabled"];

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
 * @throws TypeError where an option is wrong: it names the policy, the key and what that takes.
 */
export function imageSharePolicies(options: ImageSharePolicyOptions = {}): Policy[] {
	const { all: levelOfAll, ...own } = options;
	const names = policies().map(({ name }) => name);
	for (const name of Object.keys(own)) {
		if (names.some((known) => known === name)) continue;
		throw new TypeError(`There is no policy ${name}. The policies are ${names.join(", ")}.`);
	}
	const byName = new Map(Object.values(all).map((policy) => [policy.name, policy]));
	return names.flatMap((name) => {
		const policy = byName.get(name);
		if (!policy) return [];
		const levelled = levelOfAll === undefined ? policy : withLevel(policy, "all", levelOfAll);
		return withOption(levelled, name, own[name]);
	});
}

function withLevel(policy: Policy, key: string, value: unknown): Policy {
	const enforcementLevel = LEVELS.find((level) => level === value);
	if (enforcementLevel) return { ...policy, enforcementLevel };
	throw new TypeError(`The level of ${key} is none of ${LEVELS.join(", ")}.`);
}

function withOption(policy: Policy, name: PolicyName, option: PolicyOption | undefined): Policy {
	if (option === undefined) return policy;
	if (typeof option !== "object" || option === null) return withLevel(policy, name, option);
	const { enforcementLevel, ...made } = option as Record<string, unknown>;
	const mistake = new PolicyJudge(name).mistake(made);
	if (mistake) throw new TypeError(mistake);
	// As defaults of the schema they reach the policy through the engine, below those of a config file.
	const properties = Object.fromEntries(
		Object.entries(policy.configSchema?.properties ?? {}).map(([key, schema]) => [
			key,
			made[key] === undefined ? schema : { ...schema, default: made[key] },
		]),
	) as Settings;
	const set = { ...policy, configSchema: { properties } };
	return enforcementLevel === undefined ? set : withLevel(set, name, enforcementLevel);
}
