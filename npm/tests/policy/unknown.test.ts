import { expect, test } from "vitest";
import {
	accountAllowList,
	accountIdFormat,
	duplicateShare,
	imageAccountLimit,
	imageIdShareable,
	preferSet,
	shareProtected,
} from "../../src/policy";
import { ACCOUNT, IMAGE, inStack, judge, judgeStack, SET, UNKNOWN } from "./support";

const config = { accounts: [] };
const malformed = { imageId: "i-1", accountId: "my-team" };

test("an unknown account is passed over by what needs it, and by nothing else", async () => {
	const props = { ...malformed, accountId: UNKNOWN };
	expect(await judge(accountIdFormat, props)).toEqual([]);
	expect(await judge(accountAllowList, props, { config })).toEqual([]);
	expect(await judge(imageIdShareable, props)).toHaveLength(1);
	expect(await judge(shareProtected, props, { config: { images: ["*"] } })).toHaveLength(1);
});

test("an unknown image is passed over by what needs it, and by nothing else", async () => {
	const props = { ...malformed, imageId: UNKNOWN };
	expect(await judge(imageIdShareable, props)).toEqual([]);
	expect(await judge(shareProtected, props, { config: { images: ["m-*"] } })).toEqual([]);
	expect(await judge(accountIdFormat, props)).toHaveLength(1);
	expect(await judge(accountAllowList, props, { config })).toHaveLength(1);
});

test("an unknown region or output takes no policy out", async () => {
	const props = { ...malformed, region: UNKNOWN, sharedTime: UNKNOWN, nested: { deep: [UNKNOWN] } };
	expect(await judge(accountIdFormat, props)).toHaveLength(1);
	expect(await judge(imageIdShareable, props)).toHaveLength(1);
});

test("an unknown account of a set hides none of the others", async () => {
	const props = { imageId: IMAGE, accountIds: [UNKNOWN, "my-team", ACCOUNT] };
	expect(await judge(accountIdFormat, props, { type: SET })).toHaveLength(1);
	expect(await judge(accountAllowList, props, { type: SET, config })).toHaveLength(2);
	expect(
		await judge(accountAllowList, { imageId: IMAGE, accountIds: UNKNOWN }, { type: SET, config }),
	).toEqual([]);
});

test("stack policies count what is known", async () => {
	const share = (name: string, accountId: string, imageId = IMAGE) =>
		inStack({ imageId, accountId, region: "cn-hangzhou", sharedTime: UNKNOWN }, { name });
	const stack = [
		share("a", ACCOUNT),
		share("b", UNKNOWN),
		share("c", ACCOUNT),
		share("d", ACCOUNT, UNKNOWN),
	];
	expect(await judgeStack(duplicateShare, stack)).toHaveLength(1);
	expect(await judgeStack(imageAccountLimit, stack, { limit: 1 })).toEqual([]);
	expect(await judgeStack(preferSet, stack, { singles: 2 })).toHaveLength(1);
	expect(await judgeStack(preferSet, stack, { singles: 3 })).toEqual([]);
});
