import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { expect, test } from "vitest";
import { imageSharePolicies } from "../../src/policy";
import * as policies from "../../src/policy/policies";

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
		"share-protected": "mandatory",
	});
});

test("every policy says what must be true, how grave it is and what to do", () => {
	for (const policy of imageSharePolicies()) {
		expect(policy.description).toMatch(/^[A-Z].* must .*\.$/);
		expect(policy.severity).toMatch(/^(low|medium|high|critical)$/);
		expect(policy.remediationSteps).toMatch(/^[A-Z].*\.$/);
		for (const schema of Object.values(policy.configSchema?.properties ?? {})) {
			expect(schema).toMatchObject({ type: expect.any(String), description: expect.any(String) });
		}
	}
});

test("every exported policy is one of the table, and the pack has each", () => {
	const exported = Object.values(policies).map(({ name }) => name);
	expect(exported.toSorted()).toEqual(
		imageSharePolicies()
			.map(({ name }) => name)
			.toSorted(),
	);
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

test("a policy whose setting is made in the pack is active at its own level", () => {
	const set = named(
		imageSharePolicies({ "share-protected": { images: ["m-bp1*"] } }),
		"share-protected",
	);
	expect(set?.enforcementLevel).toBe("mandatory");
	expect(set?.configSchema?.properties.images?.default).toEqual(["m-bp1*"]);
});

test.for<[options: object, message: string]>([
	[
		{ "account-allowlist": "mandatory" },
		"There is no policy account-allowlist. The policies are account-id-format, account-id-length, image-id-shareable, account-allow-list, account-deny-list, no-self-share, share-protected, image-account-limit, duplicate-share, no-mixed-sharing, prefer-set.",
	],
	[
		{ "prefer-set": "warn" },
		"The level of prefer-set is none of advisory, mandatory, remediate, disabled.",
	],
	[
		{ "prefer-set": { enforcementLevel: 1 } },
		"The level of prefer-set is none of advisory, mandatory, remediate, disabled.",
	],
	[
		{ "prefer-set": null },
		"The level of prefer-set is none of advisory, mandatory, remediate, disabled.",
	],
	[{ all: "on" }, "The level of all is none of advisory, mandatory, remediate, disabled."],
	[
		{ "image-account-limit": { limit: "50" } },
		"The setting limit of policy image-account-limit has a value that it does not take. Give a whole number of accounts, at least 1. [setting-malformed]",
	],
	[
		{ "account-deny-list": { accounts: [1234567890123456] } },
		'The setting accounts of policy account-deny-list has a value that it does not take. Give a list of account ids in quotes, or of objects {"id": "1234567890123456", "name": "Build", "expires": "2027-06-30", "images": ["m-bp1*"]} of which only id is needed. [setting-malformed]',
	],
	[
		{ "share-protected": { image: ["m-*"] } },
		"Policy share-protected has no setting `image`. The settings are images. [setting-malformed]",
	],
])("%j is refused in sentences", ([options, message]) => {
	expect(() => imageSharePolicies(options)).toThrow(new TypeError(message));
});
