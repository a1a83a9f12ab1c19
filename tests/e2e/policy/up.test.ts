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
		expect(violations(up)).toContain(
			"[mandatory] account-allow-list of team: accountIds[1] is not in the list of accounts that images may be shared with. Remove the share, or add the account to `accounts` of the policy. [account-not-listed]",
		);
		expect(cloud.writes).toEqual([]);
		expect(tools.made).toEqual([]);
	},
);

test("an advisory policy is reported, and stops nothing", async () => {
	await using policed = await Policed.create({ config: { "prefer-set": { singles: 1 } } });
	const { stack, cloud } = policed;

	const up = await stack.up(() => {
		new ImageSharePermission("a", { imageId: IMAGE, accountId: ACCOUNT });
		new ImageSharePermission("b", { imageId: IMAGE, accountId: OTHER_ACCOUNT });
	});
	expect(violations(up)).toEqual([
		"[advisory] prefer-set of b: 2 single shares share the image of this resource, more than 1; they are `a`, `b`. Declare one ImageShareSet with all accounts, which takes a tenth of the calls. [many-singles]",
	]);
	expect(cloud.shares(IMAGE)).toHaveLength(2);
});

/** Two accounts on an image that may have one: nothing but the whole stack shows it. */
const crowded = () => {
	new ImageSharePermission("a", { imageId: IMAGE, accountId: ACCOUNT });
	new ImageShareSet("b", { imageId: IMAGE, accountIds: [OTHER_ACCOUNT] });
};
const CROWDED =
	"[mandatory] image-account-limit of b: This stack shares the image of this resource with 2 accounts, more than 1, by the resources `a`, `b`. Revoke shares that are no longer needed, or raise the quota and set `limit` of the policy. [image-account-limit]";
const config = { "image-account-limit": { limit: 1 } };

test("a mandatory stack policy stops an up that previews first before anything is written", async () => {
	await using policed = await Policed.create({ config, previewFirst: true });
	const { stack, cloud } = policed;

	const up = await stack.up(crowded, { fails: true });
	expect(violations(up)).toEqual([CROWDED]);
	expect(cloud.writes).toEqual([]);
});

test("without a preview Pulumi calls a stack policy at the end, and the up fails when all is written", async () => {
	await using policed = await Policed.create({ config });
	const { stack, cloud } = policed;

	const up = await stack.up(crowded, { fails: true });
	expect(violations(up)).toEqual([CROWDED]);
	expect(cloud.shares(IMAGE)).toHaveLength(2);
});
