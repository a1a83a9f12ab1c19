import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { expect, test } from "vitest";
import { imageSharePolicies } from "../../src/policy";

type Policy = ResourceValidationPolicy | StackValidationPolicy;
const levels = (policies: Policy[]) =>
	Object.fromEntries(policies.map(({ name, enforcementLevel }) => [name, enforcementLevel]));
const named = (policies: Policy[], name: string) => policies.find((policy) => policy.name === name);

test("the pack has every policy, at its level", () => {
	expect(levels(imageSharePolicies())).toEqual({
		"account-allow-list": "mandatory",
		"account-deny-list": "mandatory",
		"account-id-format": "mandatory",
		"account-id-length": "advisory",
		"duplicate-share": "mandatory",
		"image-account-limit": "mandatory",
		"image-id-shareable": "mandatory",
		"no-mixed-sharing": "advisory",
		"no-self-share": "advisory",
		"prefer-set": "advisory",
		"share-protected": "disabled",
	});
});

test("every policy says what must be true, how grave it is and what to do", () => {
	for (const policy of imageSharePolicies()) {
		expect(policy.description).toMatch(/^(An|A) .* must .*\.$/);
		expect(policy.severity).toMatch(/^(low|medium|high|critical)$/);
		expect(policy.remediationSteps).toMatch(/\.$/);
		expect(policy.configSchema).toBeDefined();
	}
});

test("a level of all is below one of a policy's own", () => {
	const policies = imageSharePolicies({ all: "advisory", "prefer-set": "mandatory" });
	const { "prefer-set": own, ...others } = levels(policies);
	expect(own).toBe("mandatory");
	expect(new Set(Object.values(others))).toEqual(new Set(["advisory"]));
});

test("settings are defaults of the schema, which the CLI checks and a config file overrides", () => {
	const accounts = ["1234567890123456", { id: "1234567890123457", name: "Acme" }];
	const policies = imageSharePolicies({
		"account-allow-list": { enforcementLevel: "advisory", accounts },
		"image-account-limit": { limit: 100 },
	});
	const list = named(policies, "account-allow-list");
	expect(list?.enforcementLevel).toBe("advisory");
	expect(list?.configSchema?.properties.accounts?.default).toEqual(accounts);
	expect(named(policies, "image-account-limit")?.configSchema?.properties.limit?.default).toBe(100);
	expect(
		named(imageSharePolicies(), "image-account-limit")?.configSchema?.properties.limit,
	).not.toHaveProperty("default");
});

test.for<[options: object, message: string]>([
	[
		{ "account-allowlist": "mandatory" },
		"there is no policy account-allowlist: there are account-id-format, account-id-length, image-id-shareable, account-allow-list, account-deny-list, no-self-share, share-protected, image-account-limit, duplicate-share, no-mixed-sharing, prefer-set",
	],
	[
		{ "prefer-set": "warn" },
		"the enforcementLevel of prefer-set takes advisory, mandatory, remediate, disabled",
	],
	[
		{ "prefer-set": { enforcementLevel: 1 } },
		"the enforcementLevel of prefer-set takes advisory, mandatory, remediate, disabled",
	],
	[
		{ "prefer-set": null },
		"the enforcementLevel of prefer-set takes advisory, mandatory, remediate, disabled",
	],
	[{ all: "on" }, "the enforcementLevel of all takes advisory, mandatory, remediate, disabled"],
	[
		{ "image-account-limit": { limit: "50" } },
		"the setting limit of image-account-limit takes a whole number of accounts, at least 1",
	],
	[
		{ "account-deny-list": { accounts: [1234567890123456] } },
		'the setting accounts of account-deny-list takes a list of account ids in quotes, or of objects {"id": "1234567890123456", "name": "Build", "expires": "2027-06-30", "images": ["m-bp1*"]} of which only id is needed',
	],
	[
		{ "share-protected": { image: ["m-*"] } },
		"share-protected has no setting image: it takes images",
	],
])("%j is refused in words", ([options, message]) => {
	expect(() => imageSharePolicies(options)).toThrow(new TypeError(message));
});
