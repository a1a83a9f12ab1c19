import { ImageSharePermission } from "pulumi-alicloud-image-share";
import type { Emulator } from "pulumi-alicloud-image-share/testing";
import { expect } from "vitest";
import { ACCOUNT, IMAGE, OTHER_ACCOUNT, test } from "./support/fixtures";

const program = () => {
	new ImageSharePermission("web", { imageId: IMAGE, accountId: ACCOUNT });
};

test.for<[string, (cloud: Emulator) => void]>([
	["the share", (cloud) => cloud.revoke(IMAGE, ACCOUNT)],
	["the image", (cloud) => cloud.removeImage(IMAGE)],
	["the account", (cloud) => cloud.closeAccount(ACCOUNT)],
	[
		"the account, and its share still listed,",
		(cloud) => cloud.closeAccount(ACCOUNT, { keepShares: true }),
	],
])("destroy ends well when %s is gone", async ([, remove], { cloud, stack }) => {
	await stack.up(program);
	remove(cloud);

	const destroy = await stack.destroy();
	expect(destroy.steps).toEqual(["delete web"]);
	expect(await stack.shares()).toEqual([]);
});

test("destroy leaves the shares of others alone", async ({ cloud, stack }) => {
	cloud.share(IMAGE, OTHER_ACCOUNT);
	await stack.up(program);

	await stack.destroy();
	expect(cloud.shares(IMAGE).map(({ accountId }) => accountId)).toEqual([OTHER_ACCOUNT]);
});
