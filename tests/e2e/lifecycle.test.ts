import { ImageSharePermission } from "pulumi-alicloud-image-share";
import { expect } from "vitest";
import { ACCOUNT, IMAGE, OTHER_ACCOUNT, sharedWith, test } from "./support/fixtures";

const program = () => {
	const web = new ImageSharePermission("web", { imageId: IMAGE, accountId: ACCOUNT });
	const api = new ImageSharePermission("api", { imageId: IMAGE, accountId: OTHER_ACCOUNT });
	return { since: web.sharedTime, region: api.region, id: web.id };
};

test("a program is previewed, applied, left alone when nothing changed, and taken down", async ({
	cloud,
	stack,
}) => {
	const preview = await stack.preview(program);
	expect(preview.steps).toEqual(["create api", "create web"]);
	expect(cloud.writes).toEqual([]);

	const up = await stack.up();
	expect(up.steps).toEqual(["create api", "create web"]);
	expect(up.outputs).toEqual({
		since: cloud.shares(IMAGE)[0]?.sharedTime,
		region: "cn-hangzhou",
		id: `${IMAGE}:${ACCOUNT}`,
	});
	expect(sharedWith(cloud)).toEqual([ACCOUNT, OTHER_ACCOUNT]);

	cloud.resetCalls();
	const again = await stack.up();
	expect(again.steps).toEqual(["same api", "same web"]);
	expect(cloud.writes).toEqual([]);

	const refresh = await stack.refresh();
	expect(refresh.steps).toEqual(["same api", "same web"]);
	expect(cloud.writes).toEqual([]);
	expect((await stack.up()).steps).toEqual(["same api", "same web"]);

	const destroy = await stack.destroy();
	expect(destroy.steps).toEqual(["delete api", "delete web"]);
	expect(cloud.shares(IMAGE)).toEqual([]);
	expect(await stack.shares()).toEqual([]);
});
