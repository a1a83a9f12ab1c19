import { ImageSharePermission, ImageShareSet } from "pulumi-alicloud-image-share";
import { expect } from "vitest";
import { IMAGE, sharedWith, test } from "../support/fixtures";
import { Stack } from "../support/stack";
import {
	account,
	accounts,
	LIMIT_HELP,
	refused,
	set,
	setRefused,
	singles,
} from "./support/programs";

const full = (numbers: string) => `image ${IMAGE} is shared with ${numbers}: ${LIMIT_HELP}`;

/** The first ten of many accounts, as a message has them. */
const listed = (from: number, more: number) =>
	`${accounts(from, from + 10).join(", ")} and ${more} more`;

test("60 shares against a limit of 50: the 51st is refused at preview, and none is written", async ({
	cloud,
	stack,
}) => {
	const preview = await stack.preview(singles(accounts(0, 60)), { fails: true });
	// Pulumi ends a deployment at the first resource that is refused, so it shows one of the ten.
	const [, accountId = ""] = /resource 'to-(\d+)'/.exec(preview.errors.join()) ?? [];
	const reason = full("0 accounts, this deployment adds 51, and the limit is 50");
	expect(preview.errors).toEqual([refused(`to-${accountId}`, "accountId", accountId, reason)]);
	expect(cloud.writes).toEqual([]);
	expect(cloud.calls.count("DescribeImages")).toBe(1);
	expect(cloud.calls.count("DescribeImageSharePermission")).toBe(1);
});

test("an up that skips the preview writes what comes before the first refusal, and never past the limit", async ({
	cloud,
	stack,
}) => {
	const up = await stack.up(singles(accounts(0, 60)), { fails: true });
	const [, accountId = ""] = /resource 'to-(\d+)'/.exec(up.errors.join()) ?? [];
	const reason = full("0 accounts, this deployment adds 51, and the limit is 50");
	expect(up.errors).toEqual([refused(`to-${accountId}`, "accountId", accountId, reason)]);
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
	const reason = setRefused(full("0 accounts, this deployment adds 60, and the limit is 50"));
	const preview = await stack.preview(set(accounts(0, 60)), { fails: true });
	expect(preview.errors).toEqual([reason]);
	const up = await stack.up(set(accounts(0, 60)), { fails: true });
	expect(up.errors).toEqual([reason]);
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
	expect(preview.errors).toHaveLength(1);
	const [, accountId = ""] = /resource 'to-(\d+)'/.exec(preview.errors[0] ?? "") ?? [];
	const numbers = `49 accounts, this deployment adds 2, and the limit is 50; not declared by this program so far: ${listed(0, 39)}`;
	expect(preview.errors).toEqual([
		refused(`to-${accountId}`, "accountId", accountId, full(numbers)),
	]);
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
	expect(preview.errors).toEqual([
		refused(
			"web",
			"accountId",
			account(50),
			full("0 accounts, this deployment adds 51, and the limit is 50"),
		),
	]);
	expect(cloud.writes).toEqual([]);
});

test("five dropped and five others on a full image are refused as singles, and told of the set", async ({
	cloud,
	stack,
}) => {
	await stack.up(singles(accounts(0, 50)));
	cloud.resetCalls();
	const preview = await stack.preview(singles([...accounts(5, 50), ...accounts(60, 65)]), {
		fails: true,
	});
	// Those that are dropped, and those that are declared after the one that is refused.
	const [message = "", holders = ""] =
		/^.* so far: ([\d, ]+)(?: and \d+ more)?: end shares/.exec(preview.errors[0] ?? "") ?? [];
	expect(message).toContain(
		`image ${IMAGE} is shared with 50 accounts, this deployment adds 1, and the limit is 50; not declared`,
	);
	expect(holders.split(", ")).toEqual(expect.arrayContaining(accounts(0, 5)));
	expect(preview.errors).toEqual([expect.stringContaining(LIMIT_HELP)]);
	expect(cloud.writes).toEqual([]);
});

test("a raised limit counts, and the server's own refusal is told in the same words", async ({
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
	const why = `image ${IMAGE} is shared with 50 accounts, this deployment adds 1, and the limit is 50; not declared by this program so far: ${listed(0, 40)} (QuotaExceed.ShareImageUser, request id `;
	expect(up.errors[0]?.slice(0, why.length)).toBe(why);
	expect(up.errors[0]?.slice(why.length)).toMatch(
		/^[0-9A-F-]{36}\): end shares .* \[image-account-limit\]$/,
	);
	expect(cloud.writes).toEqual([]);
});

test("the server's refusal is told in the same words where the preflight is off", async ({
	cloud,
}) => {
	await using stack = await Stack.create({
		environment: cloud.environment(),
		config: { "alicloud-image-share:preflight": { value: "off" } },
	});
	for (const accountId of accounts(0, 50)) cloud.share(IMAGE, accountId);
	const up = await stack.up(singles(accounts(50, 51)), { fails: true });
	expect(up.errors[0]).toContain(
		`image ${IMAGE} is shared with 50 accounts, this deployment adds 1, and the limit is 50; not declared by this program so far: ${listed(0, 40)} (QuotaExceed.ShareImageUser, request id `,
	);
	expect(cloud.writes).toEqual([]);
});
