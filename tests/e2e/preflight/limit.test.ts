import { ImageSharePermission, ImageShareSet } from "pulumi-alicloud-image-share";
import { expect } from "vitest";
import { IMAGE, sharedWith, test } from "../support/fixtures";
import { codes, type Refusal, refusals } from "../support/refusals";
import type { Run } from "../support/run";
import { Stack } from "../support/stack";
import { account, accounts, set, singles } from "./support/programs";

/** That one resource of a run was refused for a full image, with the sum that explains it; the resource. */
function expectFull(run: Run, sum: string): Refusal {
	const [refusal = { name: "", code: "" }, ...others] = refusals(run);
	expect([refusal.code, others]).toEqual(["image-account-limit", []]);
	expect(run.errors[0]).toContain(sum);
	return refusal;
}

/** That the server refused the 51st account, and that the error has the numbers, the accounts and the request. */
function expectServerLimit(run: Run): void {
	expect(codes(run.errors)[0]).toBe("image-account-limit");
	expect(run.errors[0]).toContain("51 of 50 accounts: 50 now, 1 added");
	expect(run.errors[0]).toMatch(/QuotaExceed\.ShareImageUser, request id [0-9A-F-]{36}/);
	expectListed(run, accounts(0, 50));
}

/** That a run's error holds the first ten accounts of a list, and how many more there are. */
function expectListed(run: Run, accountIds: string[]): void {
	const text = `${accountIds.slice(0, 10).join(", ")} and ${accountIds.length - 10} more`;
	expect(run.errors[0]).toContain(text);
}

test("60 shares against a limit of 50: the 51st is refused at preview, and none is written", async ({
	cloud,
	stack,
}) => {
	const preview = await stack.preview(singles(accounts(0, 60)), { fails: true });
	// Pulumi ends a deployment at the first resource that is refused, so it shows one of the ten.
	const { name, property, value } = expectFull(preview, "51 of 50 accounts: 0 now, 51 added");
	expect([property, `to-${value}`]).toEqual(["accountId", name]);
	expect(cloud.writes).toEqual([]);
	expect(cloud.calls.count("DescribeImages")).toBe(1);
	expect(cloud.calls.count("DescribeImageSharePermission")).toBe(1);
});

test("an up that skips the preview writes what comes before the first refusal, and never past the limit", async ({
	cloud,
	stack,
}) => {
	const up = await stack.up(singles(accounts(0, 60)), { fails: true });
	expectFull(up, "51 of 50 accounts: 0 now, 51 added");
	expect(cloud.shares(IMAGE).length).toBeLessThanOrEqual(50);
	expect(cloud.calls.filter(({ code }) => code !== undefined)).toEqual([]);
	// What was written is in the state.
	const state = (await stack.shares()).map(({ outputs }) => outputs.accountId);
	expect(state.toSorted()).toEqual(sharedWith(cloud));
});

test("a set of 60 is refused as a whole, also by an up that skips the preview", async ({
	cloud,
	stack,
}) => {
	const preview = await stack.preview(set(accounts(0, 60)), { fails: true });
	const up = await stack.up(set(accounts(0, 60)), { fails: true });
	for (const run of [preview, up]) {
		const { name } = expectFull(run, "60 of 50 accounts: 0 now, 60 added");
		expect(name).toBe("golden");
	}
	expect(cloud.writes).toEqual([]);
});

test("a replacement on a full image deletes first, and below the limit it creates first", async ({
	cloud,
	stack,
}) => {
	for (const accountId of accounts(0, 49)) cloud.share(IMAGE, accountId);
	const web = (accountId: string) => () => {
		new ImageSharePermission("web", { imageId: IMAGE, accountId });
	};
	const changes = () => cloud.writes.map(({ change, accountId }) => [change, accountId]);
	await stack.up(web(account(49)));
	cloud.resetCalls();

	const preview = await stack.preview(web(account(50)));
	expect(preview.stepsInOrder).toEqual([
		"delete-replaced web",
		"replace web",
		"create-replacement web",
	]);
	const first = await stack.up(web(account(50)));
	expect(first.stepsInOrder).toEqual([
		"delete-replaced web",
		"replace web",
		"create-replacement web",
	]);
	expect(changes()).toEqual([
		["remove", account(49)],
		["add", account(50)],
	]);

	cloud.revoke(IMAGE, account(0));
	cloud.resetCalls();
	const second = await stack.up(web(account(51)));
	expect(second.stepsInOrder).toEqual([
		"create-replacement web",
		"replace web",
		"delete-replaced web",
	]);
	expect(changes()).toEqual([
		["add", account(51)],
		["remove", account(50)],
	]);
});

test("49 that others made and two planned: the second is refused, and who fills the image is named", async ({
	cloud,
	stack,
}) => {
	for (const accountId of accounts(0, 49)) cloud.share(IMAGE, accountId);
	const preview = await stack.preview(singles(accounts(60, 62)), { fails: true });
	expectFull(preview, "51 of 50 accounts: 49 now, 2 added");
	expectListed(preview, accounts(0, 49));
	expect(cloud.writes).toEqual([]);
});

test("singles and a set of one program count together", async ({ cloud, stack }) => {
	const preview = await stack.preview(
		() => {
			const golden = new ImageShareSet("golden", { imageId: IMAGE, accountIds: accounts(0, 50) });
			new ImageSharePermission(
				"web",
				{ imageId: IMAGE, accountId: account(50) },
				{ dependsOn: golden },
			);
		},
		{ fails: true },
	);
	expect(expectFull(preview, "51 of 50 accounts: 0 now, 51 added").name).toBe("web");
	expect(cloud.writes).toEqual([]);
});

test("five dropped and five others on a full image are refused as singles, and the help names the set", async ({
	cloud,
	stack,
}) => {
	await stack.up(singles(accounts(0, 50)));
	cloud.resetCalls();
	// Only what is checked before is known to be declared, and the engine takes independent resources as they come.
	const program = () => {
		const declare = (accountId: string, opts = {}) =>
			new ImageSharePermission(`to-${accountId}`, { imageId: IMAGE, accountId }, opts);
		const dependsOn = accounts(5, 50).map((accountId) => declare(accountId));
		for (const accountId of accounts(60, 65)) declare(accountId, { dependsOn });
	};
	const preview = await stack.preview(program, { fails: true });
	expectFull(preview, "51 of 50 accounts: 50 now, 1 added");
	// Those that are dropped.
	for (const accountId of accounts(0, 5)) expect(preview.errors[0]).toContain(accountId);
	expect(preview.errors[0]).toContain("ImageShareSet");
	expect(cloud.writes).toEqual([]);
});

test("a raised limit counts, and the server's own refusal is reported in the same words", async ({
	cloud,
}) => {
	await using stack = await Stack.create({
		environment: cloud.environment(),
		config: { "alicloud-image-share:accountLimit": { value: "60" } },
	});
	for (const accountId of accounts(0, 50)) cloud.share(IMAGE, accountId);
	await stack.preview(singles(accounts(50, 60)));

	// The quota was not raised after all.
	const up = await stack.up(singles(accounts(50, 51)), { fails: true });
	expectServerLimit(up);
	expect(cloud.writes).toEqual([]);
});

test("the server's refusal is reported in the same words if the preflight is off", async ({
	cloud,
}) => {
	await using stack = await Stack.create({
		environment: cloud.environment(),
		config: { "alicloud-image-share:preflight": { value: "off" } },
	});
	for (const accountId of accounts(0, 50)) cloud.share(IMAGE, accountId);
	const up = await stack.up(singles(accounts(50, 51)), { fails: true });
	expectServerLimit(up);
	expect(cloud.writes).toEqual([]);
});
