import { ImageSharePermission } from "pulumi-alicloud-image-share";
import { expect } from "vitest";
import { ACCOUNT, IMAGE, OTHER_ACCOUNT, OTHER_IMAGE, test } from "./support/fixtures";

const share = (imageId: string, accountId: string) => () => {
	new ImageSharePermission("web", { imageId, accountId });
};

test("another account gets its share before the old one loses it", async ({ cloud, stack }) => {
	await stack.up(share(IMAGE, ACCOUNT));
	cloud.resetCalls();

	const preview = await stack.preview(share(IMAGE, OTHER_ACCOUNT));
	expect(preview.stepsInOrder).toEqual([
		"create-replacement web",
		"replace web",
		"delete-replaced web",
	]);
	expect(cloud.writes).toEqual([]);

	const up = await stack.up();
	expect(up.stepsInOrder).toEqual(["create-replacement web", "replace web", "delete-replaced web"]);
	expect(
		cloud.writes.map(({ change, imageId, accountId }) => [change, imageId, accountId]),
	).toEqual([
		["add", IMAGE, OTHER_ACCOUNT],
		["remove", IMAGE, ACCOUNT],
	]);
});

test("another image is shared before the old one is not", async ({ cloud, stack }) => {
	await stack.up(share(IMAGE, ACCOUNT));
	cloud.resetCalls();

	const up = await stack.up(share(OTHER_IMAGE, ACCOUNT));
	expect(up.stepsInOrder).toEqual(["create-replacement web", "replace web", "delete-replaced web"]);
	expect(
		cloud.writes.map(({ change, imageId, accountId }) => [change, imageId, accountId]),
	).toEqual([
		["add", OTHER_IMAGE, ACCOUNT],
		["remove", IMAGE, ACCOUNT],
	]);
});

test("a region that is spelled out changes nothing, another one replaces", async ({
	cloud,
	stack,
}) => {
	const inBeijing = "m-2ze8ygjuqnwhechc0001";
	cloud.addImage({ id: inBeijing, region: "cn-beijing" });
	await stack.up(share(IMAGE, ACCOUNT));

	const same = await stack.up(() => {
		new ImageSharePermission("web", { imageId: IMAGE, accountId: ACCOUNT, region: "cn-hangzhou" });
	});
	expect(same.steps).toEqual(["same web"]);

	const moved = await stack.up(() => {
		new ImageSharePermission("web", {
			imageId: inBeijing,
			accountId: ACCOUNT,
			region: "cn-beijing",
		});
	});
	expect(moved.stepsInOrder).toEqual([
		"create-replacement web",
		"replace web",
		"delete-replaced web",
	]);
	expect(cloud.shares(IMAGE)).toEqual([]);
	expect(cloud.shares(inBeijing).map(({ accountId }) => accountId)).toEqual([ACCOUNT]);
});
