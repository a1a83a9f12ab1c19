import { ImageSharePermission, ImageShareSet } from "pulumi-alicloud-image-share";
import { expect } from "vitest";
import { ACCOUNT, IMAGE, OTHER_ACCOUNT, sharedWith, test } from "./support/fixtures";

const web = (adopt: "own" | "keep" | "refuse", keepOnDelete?: boolean) => () => {
	new ImageSharePermission("web", { imageId: IMAGE, accountId: ACCOUNT, adopt, keepOnDelete });
};

test("a share that existed stays on destroy under keep, and a change of adopt alone writes nothing", async ({
	cloud,
	stack,
}) => {
	cloud.share(IMAGE, ACCOUNT);
	await stack.up(web("own"));
	const update = await stack.up(web("keep"));
	expect(update.steps).toEqual(["update web"]);
	expect((await stack.up(web("keep"))).steps).toEqual(["same web"]);
	await stack.refresh();
	await stack.destroy();
	expect(cloud.writes).toEqual([]);
	expect(sharedWith(cloud)).toEqual([ACCOUNT]);
});

test("a share that exists and that the state does not have is refused at preview under refuse", async ({
	cloud,
	stack,
}) => {
	cloud.share(IMAGE, ACCOUNT);
	const preview = await stack.preview(web("refuse"), { fails: true });
	expect(preview.errors.join()).toContain("[share-exists]");
	expect(cloud.writes).toEqual([]);
});

test("accounts that a set keeps outlive it", async ({ cloud, stack }) => {
	await stack.up(() => {
		new ImageShareSet("golden", {
			imageId: IMAGE,
			accountIds: [ACCOUNT, OTHER_ACCOUNT],
			keepOnDelete: [OTHER_ACCOUNT],
		});
	});
	await stack.destroy();
	expect(sharedWith(cloud)).toEqual([OTHER_ACCOUNT]);
});
