import { ImageSharePermission } from "pulumi-alicloud-image-share";
import { expect } from "vitest";
import { ACCOUNT, IMAGE, OTHER_ACCOUNT, previewTest, test } from "./support/fixtures";
import { codes } from "./support/refusals";

const get = (id: string) => () => {
	const web = ImageSharePermission.get("web", id);
	return {
		imageId: web.imageId,
		accountId: web.accountId,
		region: web.region,
		since: web.sharedTime,
	};
};

test("a share that exists is read, and left alone by destroy", async ({ cloud, stack }) => {
	cloud.share(IMAGE, ACCOUNT);

	const up = await stack.up(get(`${IMAGE}:${ACCOUNT}`));
	expect(up.steps).toEqual(["read web"]);
	expect(up.outputs).toEqual({
		imageId: IMAGE,
		accountId: ACCOUNT,
		region: "cn-hangzhou",
		since: cloud.shares(IMAGE)[0]?.sharedTime,
	});

	await stack.destroy();
	expect(cloud.shares(IMAGE).map(({ accountId }) => accountId)).toEqual([ACCOUNT]);
	expect(cloud.writes).toEqual([]);
});

test("a share of an image in another region is read by the region behind its id", async ({
	cloud,
	stack,
}) => {
	const image = "m-2ze8ygjuqnwhechc0001";
	cloud.addImage({ id: image, region: "cn-beijing", shares: [ACCOUNT] });
	const program = get(`${image}:${ACCOUNT}@cn-beijing`);

	const up = await stack.up(program);
	expect(up.outputs.region).toEqual("cn-beijing");
	expect((await stack.up(program)).steps).toEqual(["read web"]);
	await stack.refresh();
	expect((await stack.shares()).map(({ id }) => id)).toEqual([`${image}:${ACCOUNT}`]);
});

test("a share that does not exist is an error that names it", async ({ cloud, stack }) => {
	cloud.share(IMAGE, OTHER_ACCOUNT);
	const preview = await stack.preview(get(`${IMAGE}:${ACCOUNT}`), { fails: true });
	expect(codes(preview.errors)).toEqual(["share-not-found", "preview failed"]);
	expect(preview.errors[0]).toContain(`${IMAGE}:${ACCOUNT}`);
});

previewTest.for([
	"m-bp18ygjuqnwhechc0001",
	"m-bp18ygjuqnwhechc0001:",
	"m-bp18ygjuqnwhechc0001:my team",
	"i-bp18ygjuqnwhechc0001:1886508529898586",
	"1886508529898586:m-bp18ygjuqnwhechc0001",
	"m-bp18ygjuqnwhechc0001:1886508529898586@Beijing",
])("refused at preview, with nothing sent: the id %s", async (id, { cloud, stack }) => {
	cloud.resetCalls();
	const preview = await stack.preview(get(id), { fails: true });
	expect(codes(preview.errors)).toEqual(["share-id-malformed", "preview failed"]);
	expect(preview.errors[0]).toContain(`\`${id}\``);
	expect(cloud.calls).toEqual([]);
});
