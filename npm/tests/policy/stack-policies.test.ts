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
	"$name has nothing to say of a good stack, nor of an empty one",
	async (policy) => {
		expect(await judgeStack(policy, good())).toEqual([]);
		expect(await judgeStack(policy, [])).toEqual([]);
	},
);

test("image-account-limit counts ours and the official resource, singles and sets", async () => {
	expect(await judgeStack(imageAccountLimit, good(), { limit: 2 })).toEqual([
		"c: an image must be shared with at most 2 accounts, and this stack shares the one of this resource with 3 (`a`, `b`, `c`): end shares that are no longer needed, or have the quota raised and set `limit` of the policy",
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
		"b: accountId must be claimed by one resource alone, and `a` claims it on the same image: remove one of them: when either is destroyed, the share of both is ended";
	const resources = [share("a", ACCOUNT), share("b", ACCOUNT)];
	expect(await judgeStack(duplicateShare, resources)).toEqual([message]);
	expect(await judgeStack(duplicateShare, resources.toReversed())).toEqual([message]);
});

test("no-mixed-sharing tells of an image that a resource share has too", async () => {
	expect(await judgeStack(noMixedSharing, [...good(), resourceShare("m-other")])).toEqual([]);
	expect(await judgeStack(noMixedSharing, [share("a", ACCOUNT), resourceShare(IMAGE)])).toEqual([
		"a: an image must be shared either with accounts or by a resource share, and `org` shares the one of this resource too: keep one of the two, since they do not know of each other",
	]);
});

test("prefer-set tells of an image with many single shares", async () => {
	const singles = ["1", "2", "3"].map((account) => share(`s${account}`, account));
	expect(await judgeStack(preferSet, singles, { singles: 3 })).toEqual([]);
	expect(await judgeStack(preferSet, singles, { singles: 2 })).toEqual([
		"s3: an image must be shared by at most 2 single shares, and the one of this resource is by 3 (`s1`, `s2`, `s3`): declare one ImageShareSet with all accounts, which takes a tenth of the calls",
	]);
});

test("a setting that came past the CLI is told in words", async () => {
	expect(await judgeStack(preferSet, good(), { singles: 0 })).toEqual([
		"undefined: the setting singles of prefer-set takes a whole number of single shares, at least 1",
	]);
});
