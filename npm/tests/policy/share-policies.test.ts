import { describe, expect, test } from "vitest";
import {
	accountAllowList,
	accountDenyList,
	accountIdFormat,
	accountIdLength,
	imageIdShareable,
	noSelfShare,
	shareProtected,
} from "../../src/policy";
import { ACCOUNT, IMAGE, judge, OTHER_ACCOUNT, SET_TYPES, SHARE_TYPES } from "./support";

/** A share to which nobody objects. */
const share = () => ({ imageId: IMAGE, accountId: ACCOUNT as unknown, region: "cn-hangzhou" });
const set = () => ({ imageId: IMAGE, accountIds: [ACCOUNT, OTHER_ACCOUNT] as unknown });

const ACCOUNT_HELP =
	'give the digits that the console shows as "Account ID" of the main account, such as "1234567890123456"';
const IMAGE_HELP =
	"give the id of a custom image of yours, such as m-bp18ygjuqnwhechc0001, as the console lists it under Images";

const policies = {
	accountIdFormat,
	accountIdLength,
	imageIdShareable,
	accountAllowList,
	accountDenyList,
	noSelfShare,
};

test.for(Object.entries(policies))("%s has nothing to say of a good share", async ([, policy]) => {
	const config = { accounts: [ACCOUNT, OTHER_ACCOUNT], ownerAccountId: "1886508529898580" };
	const allowed = Object.keys(policy.configSchema?.properties ?? {});
	const own = Object.fromEntries(Object.entries(config).filter(([key]) => allowed.includes(key)));
	if (policy === accountDenyList) own.accounts = ["1886508529898580"];
	expect(await judge(policy, share(), { config: own })).toEqual([]);
	expect(await judge(policy, set(), { type: SET_TYPES[0], config: own })).toEqual([]);
});

describe("account-id-format", () => {
	const letters = `is not all digits: ${ACCOUNT_HELP} [account-id-malformed]`;

	test.for(SHARE_TYPES)("judges %s", async (type) => {
		const props = { ...share(), accountId: "my-team" };
		expect(await judge(accountIdFormat, props, { type })).toEqual([`accountId ${letters}`]);
	});

	test.for(SET_TYPES)("judges %s", async (type) => {
		const props = { ...set(), accountIds: [ACCOUNT, "my-team"] };
		expect(await judge(accountIdFormat, props, { type })).toEqual([`accountIds[1] ${letters}`]);
	});

	test("judges no other type", async () => {
		const props = { ...share(), accountId: "my-team" };
		expect(await judge(accountIdFormat, props, { type: "alicloud:ecs/image:Image" })).toEqual([]);
	});

	test.for<[accountId: unknown, message: string]>([
		[
			1886508529898586,
			"accountId is a number, not text: write the id in quotes: a number beyond 9007199254740991 loses its last digits, and another account would get the image [account-id-not-text]",
		],
		[
			"1886 5085 2989 8586",
			`accountId has characters between or around its digits: ${ACCOUNT_HELP} [account-id-malformed]`,
		],
		["", `accountId is empty: ${ACCOUNT_HELP} [account-id-malformed]`],
		[undefined, `accountId is missing: ${ACCOUNT_HELP} [account-id-missing]`],
		[
			"LTAI5tPlantedKeyForTests",
			`accountId looks like an access key (its value is not shown): ${ACCOUNT_HELP} [account-id-malformed]`,
		],
		[
			"alice@1886508529898586.onaliyun.com",
			`accountId is the name of a RAM user, and images are shared with whole accounts: ${ACCOUNT_HELP} [account-id-malformed]`,
		],
	])("refuses %j", async ([accountId, message]) => {
		expect(await judge(accountIdFormat, { ...share(), accountId })).toEqual([message]);
	});

	test.for<[accountIds: unknown, kind: string]>([
		[undefined, "missing"],
		[ACCOUNT, "a string, not a list"],
		[{ 0: ACCOUNT }, "an object, not a list"],
	])("refuses %j for a list", async ([accountIds, kind]) => {
		expect(await judge(accountIdFormat, { ...set(), accountIds }, { type: SET_TYPES[0] })).toEqual([
			`accountIds is ${kind}: give a list of account ids, each in quotes [account-ids-not-a-list]`,
		]);
	});
});

test("account-id-length tells of an id that is too short or too long", async () => {
	expect(await judge(accountIdLength, { ...share(), accountId: "1234567890" })).toEqual([
		'accountId has 10 digits, and account ids have 16: compare it with the "Account ID" that the console shows; only very old accounts have fewer digits [account-id-length]',
	]);
});

test.for<[imageId: unknown, message: string]>([
	[
		"centos_7_9_x64_20G_alibase_20230815.vhd",
		"imageId is a public image of Alibaba Cloud, which every account can use already: nothing has to be shared: use the public image in the other account, or share a custom image made from it [image-id-public]",
	],
	[
		"m-bp1gxyh***",
		`imageId is a placeholder and not the id of an image: ${IMAGE_HELP} [image-id-placeholder]`,
	],
	[
		"i-bp18ygjuqnwhechc0001",
		`imageId is the id of an instance: ${IMAGE_HELP} [image-id-malformed]`,
	],
	[undefined, `imageId is missing: ${IMAGE_HELP} [image-id-missing]`],
	[{}, `imageId is an object, not text: ${IMAGE_HELP} [image-id-not-text]`],
])("image-id-shareable refuses %j", async ([imageId, message]) => {
	expect(await judge(imageIdShareable, { ...share(), imageId })).toEqual([message]);
});

describe("account-allow-list", () => {
	test("judges nothing until accounts are set", async () => {
		expect(await judge(accountAllowList, share())).toEqual(["not applicable: it was not set"]);
	});

	test("an empty list allows nobody", async () => {
		expect(await judge(accountAllowList, share(), { config: { accounts: [] } })).toEqual([
			"accountId must be in the list of accounts that images may be shared with: end the share, or have the account added to `accounts` of the policy",
		]);
	});

	test("an entry that has ended is told by its name", async () => {
		const accounts = [{ id: ACCOUNT, name: "Acme", expires: "2020-06-30" }];
		expect(await judge(accountAllowList, share(), { config: { accounts } })).toEqual([
			"accountId must be in the list of accounts for longer, and the entry of `Acme` ended with 2020-06-30: end the share, or have the entry renewed",
		]);
	});

	test("an entry may be for some images only", async () => {
		const config = { accounts: [{ id: ACCOUNT, images: ["m-bp1*"] }] };
		expect(await judge(accountAllowList, share(), { config })).toEqual([]);
		expect(await judge(accountAllowList, { ...share(), imageId: "m-2ze1" }, { config })).toEqual([
			"accountId must be in the list of accounts for this image, and is there for other images only: share one of those, or have this one added to the images of its entry",
		]);
	});
});

test("account-deny-list names the account as the list does", async () => {
	const accounts = [{ id: ACCOUNT, name: "Former partner" }];
	expect(await judge(accountDenyList, share(), { config: { accounts } })).toEqual([
		"accountId must not be in the list of accounts that images are kept from, and is there as `Former partner`: end the share, or have the account taken from `accounts` of the policy",
	]);
});

test("no-self-share refuses the owner of the image", async () => {
	expect(await judge(noSelfShare, share())).toEqual(["not applicable: it was not set"]);
	expect(await judge(noSelfShare, share(), { config: { ownerAccountId: ACCOUNT } })).toEqual([
		"accountId owns the image itself: remove it: the owner of an image can use it as it is [self-share]",
	]);
});

test("share-protected wants shares of the images that are meant protected", async () => {
	const message = "the share must be protected: give the resource the option `protect: true`";
	expect(await judge(shareProtected, share(), { protect: true })).toEqual([]);
	expect(await judge(shareProtected, share())).toEqual([message]);
	expect(await judge(shareProtected, share(), { config: { images: ["m-bp1*"] } })).toEqual([
		message,
	]);
	expect(await judge(shareProtected, share(), { config: { images: ["m-2ze*"] } })).toEqual([]);
});

test("a setting that came past the CLI is told in words and not as a crash", async () => {
	expect(await judge(accountAllowList, share(), { config: { acounts: [] } })).toEqual([
		"account-allow-list has no setting acounts: it takes accounts",
	]);
	expect(await judge(noSelfShare, share(), { config: { ownerAccountId: 1 } })).toEqual([
		"the setting ownerAccountId of no-self-share takes the id, in quotes, of the account that the images belong to",
	]);
	expect(await judge(accountIdFormat, share(), { config: { strict: true } })).toEqual([
		"account-id-format has no setting strict: it takes none but enforcementLevel",
	]);
});
