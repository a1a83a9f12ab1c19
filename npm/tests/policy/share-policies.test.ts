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

/** The place and the code of each violation. */
const short = (texts: string[]) =>
	texts.map((text) => text.replace(/^(\S+) .* (\[.*\])$/, "$1 $2"));

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
	test.for(SHARE_TYPES)("judges %s", async (type) => {
		const props = { ...share(), accountId: "my-team" };
		expect(await judge(accountIdFormat, props, { type })).toEqual([
			'accountId is not all digits. Give the digits that the console shows as "Account ID" of the main account, such as "1234567890123456". [account-id-malformed]',
		]);
	});

	test.for(SET_TYPES)("judges %s", async (type) => {
		const props = { ...set(), accountIds: [ACCOUNT, "my-team"] };
		expect(short(await judge(accountIdFormat, props, { type }))).toEqual([
			"accountIds[1] [account-id-malformed]",
		]);
	});

	test("judges no other type", async () => {
		const props = { ...share(), accountId: "my-team" };
		expect(await judge(accountIdFormat, props, { type: "alicloud:ecs/image:Image" })).toEqual([]);
	});

	test.for<[accountId: unknown, code: string]>([
		[1886508529898586, "account-id-number"],
		[2 ** 53, "account-id-not-text"],
		["1886 5085 2989 8586", "account-id-malformed"],
		["", "account-id-malformed"],
		[undefined, "account-id-missing"],
		["LTAI5tPlantedKeyForTests", "account-id-malformed"],
		["alice@1886508529898586.onaliyun.com", "account-id-malformed"],
	])("refuses %j", async ([accountId, code]) => {
		expect(short(await judge(accountIdFormat, { ...share(), accountId }))).toEqual([
			`accountId [${code}]`,
		]);
	});

	test.for<[accountIds: unknown]>([[undefined], [ACCOUNT], [{ 0: ACCOUNT }]])(
		"refuses %j for a list",
		async ([accountIds]) => {
			const judged = await judge(accountIdFormat, { ...set(), accountIds }, { type: SET_TYPES[0] });
			expect(short(judged)).toEqual(["accountIds [account-ids-not-a-list]"]);
		},
	);
});

test("account-id-length reports an id that is too short or too long", async () => {
	for (const accountId of ["1234567890", "12345678901234567"]) {
		expect(short(await judge(accountIdLength, { ...share(), accountId }))).toEqual([
			"accountId [account-id-length]",
		]);
	}
});

test.for<[imageId: unknown, code: string]>([
	["centos_7_9_x64_20G_alibase_20230815.vhd", "image-id-public"],
	["m-bp1gxyh***", "image-id-placeholder"],
	["i-bp18ygjuqnwhechc0001", "image-id-malformed"],
	[undefined, "image-id-missing"],
	[{}, "image-id-not-text"],
])("image-id-shareable refuses %j", async ([imageId, code]) => {
	expect(short(await judge(imageIdShareable, { ...share(), imageId }))).toEqual([
		`imageId [${code}]`,
	]);
});

describe("account-allow-list", () => {
	test("judges nothing until accounts are set", async () => {
		expect(await judge(accountAllowList, share())).toEqual([
			"not applicable: `accounts` is not set",
		]);
	});

	test("an empty list allows nobody", async () => {
		const judged = await judge(accountAllowList, share(), { config: { accounts: [] } });
		expect(short(judged)).toEqual(["accountId [account-not-listed]"]);
	});

	test("an entry that expired is reported by its name", async () => {
		const accounts = [{ id: ACCOUNT, name: "Acme", expires: "2020-06-30" }];
		expect(await judge(accountAllowList, share(), { config: { accounts } })).toEqual([
			"accountId is in the list of accounts that images may be shared with as `Acme`, and that entry expired after 2020-06-30. Remove the share, or renew the entry. [account-listing-expired]",
		]);
	});

	test("an entry may be for some images only", async () => {
		const config = { accounts: [{ id: ACCOUNT, images: ["m-bp1*"] }] };
		expect(await judge(accountAllowList, share(), { config })).toEqual([]);
		const other = { ...share(), imageId: "m-2ze1" };
		expect(short(await judge(accountAllowList, other, { config }))).toEqual([
			"accountId [account-listed-elsewhere]",
		]);
	});

	test("digits are shown where the pack says that no account is a secret", async () => {
		const config = { accounts: [], showDigits: true };
		const [text] = await judge(accountAllowList, set(), { type: SET_TYPES[0], config });
		expect(text).toMatch(/^accountIds\[0\] \(…8586\) is not in the list/);
	});
});

test("account-deny-list names the account as the list does", async () => {
	const accounts = [{ id: ACCOUNT, name: "Former partner" }];
	expect(await judge(accountDenyList, share(), { config: { accounts } })).toEqual([
		"accountId is in the list of accounts that images must not be shared with as `Former partner`. Remove the share, or remove the account from `accounts` of the policy. [account-denied]",
	]);
});

test("no-self-share refuses the owner of the image", async () => {
	expect(await judge(noSelfShare, share())).toEqual([
		"not applicable: `ownerAccountId` is not set",
	]);
	expect(await judge(noSelfShare, share(), { config: { ownerAccountId: ACCOUNT } })).toEqual([
		"Account owns this image and already has access (accountId). Remove the share. [self-share]",
	]);
	const second = { type: SET_TYPES[0], config: { ownerAccountId: OTHER_ACCOUNT } };
	expect(await judge(noSelfShare, set(), second)).toEqual([
		"Account owns this image and already has access (accountIds[1]). Remove the share. [self-share]",
	]);
});

test("share-protected is active once images are set, and wants their shares protected", async () => {
	const message =
		"This share can be deleted by accident. Give the resource the option `protect: true`. [share-unprotected]";
	const judged = (images: string[], protect = false) =>
		judge(shareProtected, share(), { protect, config: { images } });
	expect(await judge(shareProtected, share())).toEqual(["not applicable: `images` is not set"]);
	expect(await judged(["m-bp1*"])).toEqual([message]);
	expect(await judged(["*"])).toEqual([message]);
	expect(await judged(["m-bp1*"], true)).toEqual([]);
	expect(await judged(["m-2ze*"])).toEqual([]);
});

test("a setting that the CLI let through is reported in sentences and not as a crash", async () => {
	expect(await judge(accountAllowList, share(), { config: { acounts: [] } })).toEqual([
		"Policy account-allow-list has no setting `acounts`. The settings are accounts, showDigits. [setting-malformed]",
	]);
	expect(await judge(noSelfShare, share(), { config: { ownerAccountId: 1 } })).toEqual([
		"The setting ownerAccountId of policy no-self-share has a value that it does not take. Give the id, in quotes, of the account that the images belong to. [setting-malformed]",
	]);
	expect(await judge(imageIdShareable, share(), { config: { strict: true } })).toEqual([
		"Policy image-id-shareable has no setting `strict`. Remove it: the policy takes enforcementLevel alone. [setting-malformed]",
	]);
});

test("no text of a violation has a control character", async () => {
	const config = { accounts: [{ id: ACCOUNT, name: "Former\n\u001b[31mpartner" }] };
	const texts = [
		...(await judge(accountDenyList, share(), { config })),
		...(await judge(accountIdFormat, { ...share(), accountId: "a\nb\u0007" })),
		...(await judge(imageIdShareable, { ...share(), imageId: "m-\r\n" })),
	];
	expect(texts).toHaveLength(3);
	for (const text of texts) expect(text).not.toMatch(/\p{Cc}/u);
});
