import { ImageSharePermission } from "pulumi-alicloud-image-share";
import { expect } from "vitest";
import { ACCOUNT, IMAGE, OTHER_ACCOUNT, test } from "./support/fixtures";

const program = () => {
	new ImageSharePermission("web", { imageId: IMAGE, accountId: ACCOUNT });
	new ImageSharePermission("api", { imageId: IMAGE, accountId: OTHER_ACCOUNT });
};

test("a share revoked elsewhere is seen by refresh and made again by up, while the image has another", async ({
	cloud,
	stack,
}) => {
	await stack.up(program);
	cloud.revoke(IMAGE, ACCOUNT);
	cloud.resetCalls();

	const refresh = await stack.refresh();
	expect(refresh.steps).toEqual(["delete web", "same api"]);
	expect(cloud.writes).toEqual([]);

	const up = await stack.up();
	expect(up.steps).toEqual(["create web", "same api"]);
	expect(cloud.writes.map(({ change, accountId }) => [change, accountId])).toEqual([
		["add", ACCOUNT],
	]);
	expect(cloud.shares(IMAGE).map(({ accountId }) => accountId)).toEqual([OTHER_ACCOUNT, ACCOUNT]);
});

test("the shares of an image that is gone are dropped from the state", async ({ cloud, stack }) => {
	await stack.up(program);
	cloud.removeImage(IMAGE);

	const refresh = await stack.refresh();
	expect(refresh.steps).toEqual(["delete api", "delete web"]);
	expect(await stack.shares()).toEqual([]);
});

test("a share made elsewhere is adopted as it is", async ({ cloud, stack }) => {
	cloud.share(IMAGE, ACCOUNT);
	const sharedTime = cloud.shares(IMAGE)[0]?.sharedTime;

	await stack.up(() => {
		const web = new ImageSharePermission("web", { imageId: IMAGE, accountId: ACCOUNT });
		return { since: web.sharedTime };
	});
	expect(cloud.writes).toEqual([]);
	const [web] = await stack.shares();
	expect(web?.outputs.sharedTime).toBe(sharedTime);
});
