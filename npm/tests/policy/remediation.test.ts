import type { ResourceValidationArgs } from "@pulumi/policy";
import { expect, test } from "vitest";
import { accountIdFormat, imageSharePolicies } from "../../src/policy";
import { ACCOUNT, IMAGE, OFFICIAL, OTHER_ACCOUNT, SET, UNKNOWN } from "./support";

/** What becomes of properties; undefined where they stay as they are. */
const remediate = (props: Record<string, unknown>, type = OFFICIAL) =>
	accountIdFormat.remediateResource?.({ type, props } as ResourceValidationArgs);

test("it is off unless a pack sets the level", () => {
	expect(imageSharePolicies().map((policy) => policy.enforcementLevel)).not.toContain("remediate");
});

test("white space around account ids and one separator between their groups go", () => {
	expect(remediate({ imageId: IMAGE, accountId: " 1886-5085-2989-8586\n" })).toEqual({
		imageId: IMAGE,
		accountId: ACCOUNT,
	});
	const accountIds = ["1886 5085 2989 8586", OTHER_ACCOUNT, "my team", UNKNOWN, 1];
	expect(remediate({ imageId: IMAGE, accountIds }, SET)).toEqual({
		imageId: IMAGE,
		accountIds: [ACCOUNT, OTHER_ACCOUNT, "my team", UNKNOWN, 1],
	});
});

test.for<[what: string, accountId: unknown]>([
	["good", ACCOUNT],
	["no id either way", "my team"],
	["nothing but separators", " - "],
	["a decimal", "188650852989858.0"],
	["a short decimal", "3.14"],
	["eight digits and eight", "12345678,90123456"],
	["two ids with a comma", `${ACCOUNT},${OTHER_ACCOUNT}`],
	["two ids with a line break", `${ACCOUNT}\n${OTHER_ACCOUNT}`],
	["of two kinds of separators", "1886-5085 2989-8586"],
	["unknown", UNKNOWN],
	["a number", 1],
	["missing", undefined],
])("an account id that is %s stays as it is", ([, accountId]) => {
	expect(remediate({ imageId: IMAGE, accountId })).toBeUndefined();
	expect(remediate({ imageId: IMAGE, accountIds: [accountId] }, SET)).toBeUndefined();
});

test("a resource of another type stays as it is", () => {
	expect(remediate({ accountId: "1886 5085" }, "alicloud:ecs/image:Image")).toBeUndefined();
});
