import { expect, test } from "vitest";
import { duplicateShare, imageAccountLimit, noMixedSharing, preferSet } from "../../src/policy";
import { ACCOUNT, IMAGE, inStack, judgeStack, OFFICIAL, OTHER_ACCOUNT, SET } from "./support";

const share = (name: string, accountId: string, imageId = IMAGE) =>
	inStack({ imageId, accountId, region: "cn-hangzhou" }, { name });
const set = (name: string, accountIds: string[]) =>
	inStack({ imageId: IMAGE, accountIds, region: "cn-hangzhou" }, { name, type: SET });
const official = (name: string, accountId: string, region?: string) =>
	inStack(
		{ imageId: IMAGE, accountId },
		{
			name,
			type: OFFICIAL,
			provider: {
				type: "pulumi:providers:alicloud",
				name: "default",
				urn: "urn:pulumi:dev::images::pulumi:providers:alicloud::default",
				props: region ? { region } : {},
			},
		},
	);
const resourceShare = (resourceId: string) =>
	inStack(
		{ resourceId, resourceType: "Image" },
		{ name: "org", type: "alicloud:resourcemanager/sharedResource:SharedResource" },
	);

const good = () => [share("a", ACCOUNT), set("b", [OTHER_ACCOUNT]), official("c", "1")];

test.for([imageAccountLimit, duplicateShare, noMixedSharing, preferSet])(
	"$name reports nothing of a good stack, nor of an empty one",
	async (policy) => {
		expect(await judgeStack(policy, good())).toEqual([]);
		expect(await judgeStack(policy, [])).toEqual([]);
	},
);

test("image-account-limit counts ours and the official resource, singles and sets", async () => {
	expect(await judgeStack(imageAccountLimit, good(), { limit: 2 })).toEqual([
		"c: This stack shares the image of this resource with 3 accounts, more than 2, by the resources `a`, `b`, `c`. Revoke shares that are no longer needed, or raise the quota and set `limit` of the policy. [image-account-limit]",
	]);
});

test("image-account-limit takes the region of the official resource from its provider", async () => {
	const count = async (region?: string) =>
		(
			await judgeStack(imageAccountLimit, [share("a", "1"), official("c", "2", region)], {
				limit: 1,
			})
		).length;
	expect(await count("cn-hangzhou")).toBe(1);
	expect(await count("cn-beijing")).toBe(0);
	expect(await count()).toBe(1);
});

test("duplicate-share names the other resource, whatever order Pulumi has them in", async () => {
	const message =
		"b: accountId is declared on this image by resource `a` too. Remove one of them: when either is destroyed, the share of both is revoked. [duplicate-share]";
	const resources = [share("a", ACCOUNT), share("b", ACCOUNT)];
	expect(await judgeStack(duplicateShare, resources)).toEqual([message]);
	expect(await judgeStack(duplicateShare, resources.toReversed())).toEqual([message]);
});

test("no-mixed-sharing reports an image that a resource share has too", async () => {
	expect(await judgeStack(noMixedSharing, [...good(), resourceShare("m-other")])).toEqual([]);
	expect(await judgeStack(noMixedSharing, [share("a", ACCOUNT), resourceShare(IMAGE)])).toEqual([
		"a: This resource shares an image with accounts, and the resource share `org` shares it too. Keep one of the two: neither knows of the other. [mixed-sharing]",
	]);
});

test("prefer-set reports an image with many single shares", async () => {
	const singles = ["1", "2", "3"].map((account) => share(`s${account}`, account));
	expect(await judgeStack(preferSet, singles, { singles: 3 })).toEqual([]);
	expect(await judgeStack(preferSet, singles, { singles: 2 })).toEqual([
		"s3: 3 single shares share the image of this resource, more than 2; they are `s1`, `s2`, `s3`. Declare one ImageShareSet with all accounts, which takes a tenth of the calls. [many-singles]",
	]);
});

test("a setting that came past the CLI is reported in sentences", async () => {
	expect(await judgeStack(preferSet, good(), { singles: 0 })).toEqual([
		"undefined: The setting singles of policy prefer-set has a value that it does not take. Give a whole number of single shares, at least 1. [setting-malformed]",
	]);
});
