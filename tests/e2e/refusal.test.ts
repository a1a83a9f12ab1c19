import { ImageSharePermission } from "pulumi-alicloud-image-share";
import { expect } from "vitest";
import { ACCOUNT, IMAGE, OTHER_ACCOUNT, test } from "./support/fixtures";

test("a refusal of the API is reported with its code and request id, and the other shares are made", async ({
	cloud,
	stack,
}) => {
	cloud.closeAccount(OTHER_ACCOUNT);

	const up = await stack.up(
		() => {
			new ImageSharePermission("web", { imageId: IMAGE, accountId: ACCOUNT });
			new ImageSharePermission("api", { imageId: IMAGE, accountId: OTHER_ACCOUNT });
		},
		{ fails: true },
	);
	expect(up.errors.toSorted()).toEqual([
		expect.stringMatching(
			/1886508529898587.*request id [0-9A-F-]{36}.*\[InvalidAccount\.NotFound\]$/,
		),
		"update failed",
	]);
	expect(up.steps).toEqual(["create web", "failed create api"]);
	expect((await stack.shares()).map(({ id }) => id)).toEqual([`${IMAGE}:${ACCOUNT}`]);
});
