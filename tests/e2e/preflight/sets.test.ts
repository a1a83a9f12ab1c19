import { ImageSharePermission, ImageShareSet } from "pulumi-alicloud-image-share";
import { expect } from "vitest";
import { IMAGE, OTHER_IMAGE, sharedWith, test } from "../support/fixtures";
import { codes, refusals } from "../support/refusals";
import { account, accounts, set, singles } from "./support/programs";

test("a set of fifty takes five writes and two reads, and its state names its accounts", async ({
	cloud,
	stack,
}) => {
	await stack.up(set(accounts(0, 50)));
	expect(cloud.calls.count("ModifyImageSharePermission")).toBe(5);
	expect(cloud.calls.count("DescribeImageSharePermission")).toBe(2);
	const [golden] = await stack.shares();
	expect(golden?.id).toBe(IMAGE);
	expect(golden?.outputs.accountIds).toEqual(accounts(0, 50));
	// Parallel to the accounts, so that no account stands anywhere else.
	expect(golden?.outputs.sharedTimes).toEqual(
		cloud.shares(IMAGE).map(({ sharedTime }) => sharedTime),
	);

	cloud.resetCalls();
	const same = await stack.up(set([...accounts(0, 50).toReversed(), account(3)]));
	expect(same.steps).toEqual(["same golden"]);
	expect(cloud.calls).toEqual([]);
});

test("twenty adds and twenty removes on a full image are one update that ends first", async ({
	cloud,
	stack,
}) => {
	await stack.up(set(accounts(0, 50)));
	cloud.resetCalls();
	const up = await stack.up(set(accounts(20, 70)));
	expect(up.steps).toEqual(["update golden"]);
	const order = cloud.writes.map(({ change }) => change);
	expect(order).toEqual([...Array(20).fill("remove"), ...Array(20).fill("add")]);
	expect(cloud.calls.filter(({ code }) => code !== undefined)).toEqual([]);
	expect(sharedWith(cloud)).toEqual(accounts(20, 70));
});

test("what fails in part is kept as it is, and the next up finishes it", async ({
	cloud,
	stack,
}) => {
	cloud.closeAccount(account(2));
	const up = await stack.up(set(accounts(0, 4)), { fails: true });
	expect(up.errors[0]).toMatch(
		/1886508529898502.*request id [0-9A-F-]{36}.*\[InvalidAccount\.NotFound\]/,
	);
	const [golden] = await stack.shares();
	expect(golden?.outputs.accountIds).toEqual([account(0), account(1), account(3)]);
	expect(cloud.shares(IMAGE).map(({ accountId }) => accountId)).toEqual([
		account(0),
		account(1),
		account(3),
	]);

	cloud.openAccount(account(2));
	cloud.resetCalls();
	const next = await stack.up();
	expect(next.steps).toEqual(["update golden"]);
	expect(cloud.writes.map(({ change, accountId }) => [change, accountId])).toEqual([
		["add", account(2)],
	]);
	const [whole] = await stack.shares();
	expect(whole?.outputs.accountIds).toEqual(accounts(0, 4));
	expect((await stack.up()).steps).toEqual(["same golden"]);
});

test("an update that is refused in the middle is kept as far as it came, and finished by the next up", async ({
	cloud,
	stack,
}) => {
	cloud.inject({
		fault: "error",
		action: "ModifyImageSharePermission",
		after: 2,
		status: 403,
		code: "Forbidden.RAM",
		message: "User not authorized to operate on the specified resource.",
	});
	await stack.up(set(accounts(0, 45)), { fails: true });
	const [golden] = await stack.shares();
	expect(golden?.outputs.accountIds).toEqual(accounts(0, 20));
	expect(cloud.shares(IMAGE).map(({ accountId }) => accountId)).toEqual(accounts(0, 20));

	const next = await stack.up();
	expect(next.steps).toEqual(["update golden"]);
	expect(cloud.shares(IMAGE)).toHaveLength(45);
});

test("answers that are lost neither lose nor double an account, on a full image", async ({
	cloud,
	stack,
}) => {
	await stack.up(set(accounts(0, 50)));
	cloud.resetCalls();
	cloud.inject({ fault: "resetAfterWrite", action: "ModifyImageSharePermission", count: 2 });
	cloud.inject({ fault: "throttling", action: "ModifyImageSharePermission" });
	cloud.inject({ fault: "internalError", action: "DescribeImageSharePermission" });
	await stack.up(set(accounts(20, 70)));
	expect(cloud.writes.filter(({ effective }) => effective)).toHaveLength(40);
	expect(sharedWith(cloud)).toEqual(accounts(20, 70));
});

test("drift shows by account, and the next up heals it", async ({ cloud, stack }) => {
	await stack.up(set(accounts(0, 5)));
	cloud.revoke(IMAGE, account(1));
	cloud.revoke(IMAGE, account(4));
	cloud.share(IMAGE, account(80));
	cloud.resetCalls();

	const refresh = await stack.refresh();
	expect(refresh.steps).toEqual(["update golden"]);
	const [drifted] = await stack.shares();
	expect((drifted?.inputs.accountIds as string[] | undefined)?.toSorted()).toEqual([
		account(0),
		account(2),
		account(3),
	]);
	const preview = await stack.preview(set(accounts(0, 5)));
	expect(preview.stdout).toContain("[diff: ~accountIds]");

	const up = await stack.up();
	expect(up.steps).toEqual(["update golden"]);
	expect(cloud.writes.map(({ change, accountId }) => [change, accountId])).toEqual([
		["add", account(1)],
		["add", account(4)],
	]);
	expect(cloud.shares(IMAGE)).toHaveLength(6);
});

test("an authoritative set says whose shares it revokes, and refuses more than half without force", async ({
	cloud,
	stack,
}) => {
	for (const accountId of accounts(0, 4)) cloud.share(IMAGE, accountId);
	const all = { mode: "authoritative" } as const;

	const preview = await stack.preview(set(accounts(0, 2), all));
	expect(codes(preview.warnings)).toContain("removes-others");
	for (const accountId of accounts(2, 4)) expect(preview.warnings.join()).toContain(accountId);

	const guarded = await stack.preview(set(accounts(0, 1), all), { fails: true });
	const up = await stack.up(set(accounts(0, 1), all), { fails: true });
	for (const run of [guarded, up]) {
		expect(refusals(run).map(({ code }) => code)).toEqual(["too-many-removals"]);
		for (const accountId of accounts(1, 4)) expect(run.errors[0]).toContain(accountId);
	}
	expect(cloud.writes).toEqual([]);

	await stack.up(set(accounts(0, 1), { ...all, force: true }));
	expect(cloud.shares(IMAGE).map(({ accountId }) => accountId)).toEqual([account(0)]);

	// What another made in the meantime is seen by refresh, not owned, and revoked by up with a warning.
	cloud.share(IMAGE, account(9));
	await stack.refresh();
	const [golden] = await stack.shares();
	expect(golden?.outputs.accountIds).toEqual([account(0)]);
	const revoking = await stack.up();
	expect(codes(revoking.warnings)).toContain("removes-others");
	expect(sharedWith(cloud)).toEqual([account(0)]);

	await stack.destroy();
	expect(cloud.shares(IMAGE)).toEqual([]);
});

test("destroy of an authoritative set leaves the shares that it only saw", async ({
	cloud,
	stack,
}) => {
	await stack.up(set(accounts(0, 2), { mode: "authoritative", removalLimit: 1 }));
	for (const accountId of accounts(5, 10)) cloud.share(IMAGE, accountId);
	await stack.refresh();
	await stack.destroy();
	expect(sharedWith(cloud)).toEqual(accounts(5, 10));
});

test("shares move into a set and out of it without an interruption", async ({ cloud, stack }) => {
	await stack.up(singles(accounts(0, 3)));
	cloud.resetCalls();
	const into = await stack.up(set(accounts(0, 3)));
	expect(into.steps).toEqual([
		"create golden",
		...accounts(0, 3).map((accountId) => `delete to-${accountId}`),
	]);
	expect(cloud.writes).toEqual([]);
	expect(cloud.shares(IMAGE)).toHaveLength(3);

	await stack.up(singles(accounts(0, 2)));
	expect(cloud.writes.map(({ change, accountId }) => [change, accountId])).toEqual([
		["remove", account(2)],
	]);
	await stack.destroy();
	expect(cloud.shares(IMAGE)).toEqual([]);
});

test("a share that is renamed, or shifts along a list, stays", async ({ cloud, stack }) => {
	const numbered = (accountIds: string[]) => () => {
		for (const [index, accountId] of accountIds.entries()) {
			new ImageSharePermission(`share-${index}`, { imageId: IMAGE, accountId });
		}
	};
	await stack.up(numbered(accounts(0, 4)));
	cloud.resetCalls();
	await stack.up(numbered(accounts(1, 4)));
	expect(cloud.writes.map(({ change, accountId }) => [change, accountId])).toEqual([
		["remove", account(0)],
	]);
	await stack.up(singles(accounts(1, 4)));
	expect(sharedWith(cloud)).toEqual(accounts(1, 4));
});

test("another image replaces a set: the new one is shared before the old one is not", async ({
	cloud,
	stack,
}) => {
	await stack.up(set(accounts(0, 2)));
	cloud.resetCalls();
	const up = await stack.up(set(accounts(0, 2), { imageId: OTHER_IMAGE }));
	expect(up.stepsInOrder).toEqual([
		"create-replacement golden",
		"replace golden",
		"delete-replaced golden",
	]);
	expect(cloud.writes.map(({ change, imageId }) => [change, imageId])).toEqual([
		["add", OTHER_IMAGE],
		["add", OTHER_IMAGE],
		["remove", IMAGE],
		["remove", IMAGE],
	]);
});

test("a set of an image that is gone can be refreshed and destroyed", async ({ cloud, stack }) => {
	await stack.up(set(accounts(0, 2)));
	cloud.removeImage(IMAGE);
	await stack.destroy();
	expect(await stack.shares()).toEqual([]);
});

test("a get reads every account of an image, and is left alone by destroy", async ({
	cloud,
	stack,
}) => {
	for (const accountId of accounts(0, 3)) cloud.share(IMAGE, accountId);
	const up = await stack.up(() => {
		const all = ImageShareSet.get("all", IMAGE);
		return { accountIds: all.accountIds, region: all.region };
	});
	expect(up.outputs.accountIds).toEqual(accounts(0, 3));
	expect(up.outputs.region).toBe("cn-hangzhou");
	await stack.destroy();
	expect(cloud.writes).toEqual([]);
});

test("each wrong account is reported with its position", async ({ cloud, stack }) => {
	const preview = await stack.preview(
		set([account(0), "my team", account(1), undefined as never]),
		{
			fails: true,
		},
	);
	expect(refusals(preview)).toEqual([
		{ name: "golden", code: "account-id-malformed" },
		{ name: "golden", code: "account-id-missing" },
	]);
	expect(preview.errors[0]).toContain("accountIds[1]");
	expect(preview.errors[1]).toContain("accountIds[3]");
	expect(cloud.calls).toEqual([]);
});
