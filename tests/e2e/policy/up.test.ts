import { ImageSharePermission, ImageShareSet } from "pulumi-alicloud-image-share";
import { expect, test } from "vitest";
import { ACCOUNT, IMAGE, OTHER_ACCOUNT, OTHER_IMAGE } from "../support/fixtures";
import { Policed } from "./support/fixtures";
import { OfficialShare } from "./support/official";
import { violations } from "./support/violations";

const good = () => {
	new ImageSharePermission("web", { imageId: IMAGE, accountId: ACCOUNT }, { protect: true });
	new ImageShareSet("team", { imageId: OTHER_IMAGE, accountIds: [ACCOUNT, OTHER_ACCOUNT] });
	new OfficialShare("old", { imageId: "m-bp18ygjuqnwhechc0003", accountId: ACCOUNT });
};

test("a good program goes through", async () => {
	await using policed = await Policed.create();
	const { stack, cloud, tools } = policed;

	const up = await stack.up(good);
	expect(violations(up)).toEqual([]);
	expect(cloud.shares(IMAGE)).toHaveLength(1);
	expect(cloud.shares(OTHER_IMAGE)).toHaveLength(2);
	expect(tools.made).toHaveLength(1);
});

test.for(["folder", "file"] as const)(
	"a mandatory policy stops an up before anything is written, with the pack as a %s",
	async (form) => {
		const config = { "account-allow-list": { accounts: [ACCOUNT] } };
		await using policed = await Policed.create({ form, config });
		const { stack, cloud, tools } = policed;

		const up = await stack.up(
			() => {
				const accountIds = [ACCOUNT, OTHER_ACCOUNT];
				const team = new ImageShareSet("team", { imageId: IMAGE, accountIds });
				// After the other, since Pulumi stops at the first violation.
				const inputs = { imageId: OTHER_IMAGE, accountId: OTHER_ACCOUNT };
				new OfficialShare("old", inputs, { dependsOn: team });
			},
			{ fails: true },
		);
		const message =
			"must be in the list of accounts that images may be shared with: end the share, or have the account added to `accounts` of the policy";
		expect(violations(up)).toContain(
			`[mandatory] account-allow-list of team: accountIds[1] ${message}`,
		);
		expect(cloud.writes).toEqual([]);
		expect(tools.made).toEqual([]);
	},
);

test("an advisory policy is told, and stops nothing", async () => {
	await using policed = await Policed.create({ config: { "prefer-set": { singles: 1 } } });
	const { stack, cloud } = policed;

	const up = await stack.up(() => {
		new ImageSharePermission("a", { imageId: IMAGE, accountId: ACCOUNT });
		new ImageSharePermission("b", { imageId: IMAGE, accountId: OTHER_ACCOUNT });
	});
	expect(violations(up)).toEqual([
		"[advisory] prefer-set of b: an image must be shared by at most 1 single shares, and the one of this resource is by 2 (`a`, `b`): declare one ImageShareSet with all accounts, which takes a tenth of the calls",
	]);
	expect(cloud.shares(IMAGE)).toHaveLength(2);
});

/** Two accounts on an image that may have one: nothing but the whole stack shows it. */
const crowded = () => {
	new ImageSharePermission("a", { imageId: IMAGE, accountId: ACCOUNT });
	new ImageShareSet("b", { imageId: IMAGE, accountIds: [OTHER_ACCOUNT] });
};
const CROWDED =
	"[mandatory] image-account-limit of b: an image must be shared with at most 1 accounts, and this stack shares the one of this resource with 2 (`a`, `b`): end shares that are no longer needed, or have the quota raised and set `limit` of the policy";
const config = { "image-account-limit": { limit: 1 } };

test("a mandatory stack policy stops an up that previews first before anything is written", async () => {
	await using policed = await Policed.create({ config, previewFirst: true });
	const { stack, cloud } = policed;

	const up = await stack.up(crowded, { fails: true });
	expect(violations(up)).toEqual([CROWDED]);
	expect(cloud.writes).toEqual([]);
});

test("without a preview Pulumi asks a stack policy at the end: the up fails, and the README says so", async () => {
	await using policed = await Policed.create({ config });
	const { stack, cloud } = policed;

	const up = await stack.up(crowded, { fails: true });
	expect(violations(up)).toEqual([CROWDED]);
	expect(cloud.shares(IMAGE)).toHaveLength(2);
});
