import { ImageSharePermission } from "pulumi-alicloud-image-share";
import { expect } from "vitest";
import { ACCOUNT, IMAGE, OTHER_ACCOUNT, OTHER_IMAGE, test } from "./support/fixtures";
import { refusals } from "./support/refusals";

/** What `second` is shared with comes from an output of `first`, as an account made in the same program would. */
const chain =
	(firstAccount: string, secondAccount = ACCOUNT) =>
	() => {
		const first = new ImageSharePermission("first", { imageId: IMAGE, accountId: firstAccount });
		const second = new ImageSharePermission("second", {
			imageId: OTHER_IMAGE,
			accountId: first.sharedTime.apply(() => secondAccount),
		});
		return { second: second.accountId };
	};

test("an account that is not known at preview passes, and is judged when it is", async ({
	cloud,
	stack,
}) => {
	const preview = await stack.preview(chain(ACCOUNT));
	expect(preview.steps).toEqual(["create first", "create second"]);
	expect(preview.warnings).toEqual([]);

	await stack.up();
	expect(cloud.shares(OTHER_IMAGE).map(({ accountId }) => accountId)).toEqual([ACCOUNT]);
});

test("an account that an update makes unknown may be replaced at preview, and is not when it stays", async ({
	cloud,
	stack,
}) => {
	await stack.up(chain(ACCOUNT));
	cloud.resetCalls();

	const preview = await stack.preview(chain(OTHER_ACCOUNT));
	expect(preview.steps).toEqual([
		"create-replacement first",
		"create-replacement second",
		"delete-replaced first",
		"delete-replaced second",
		"replace first",
		"replace second",
	]);
	expect(preview.stdout).not.toContain("04da6b54-80e4-46f7-96ec-b56ff0331ba9");

	const up = await stack.up();
	expect(up.steps).toEqual([
		"create-replacement first",
		"delete-replaced first",
		"replace first",
		"same second",
	]);
	expect(
		cloud.writes.map(({ change, imageId, accountId }) => [change, imageId, accountId]),
	).toEqual([
		["add", IMAGE, OTHER_ACCOUNT],
		["remove", IMAGE, ACCOUNT],
	]);
});

test("an account that turns out to be none fails at up, before anything of it is sent", async ({
	cloud,
	stack,
}) => {
	const program = chain(ACCOUNT, "my team");
	await stack.preview(program);

	const up = await stack.up(program, { fails: true });
	expect(refusals(up)).toEqual([
		{ name: "second", property: "accountId", value: "my team", code: "account-id-malformed" },
	]);
	expect(cloud.shares(OTHER_IMAGE)).toEqual([]);
});
