import {
	getImageShares,
	getImageSharesOutput,
	ImageSharePermission,
} from "pulumi-alicloud-image-share";
import { expect } from "vitest";
import { ACCOUNT, IMAGE, OTHER_ACCOUNT, OTHER_IMAGE, test } from "../support/fixtures";
import { IS_PLUGIN } from "../support/front-end";
import { inProcess } from "./support/programs";

test("the accounts of an image and their times are known to the program, at preview too", async ({
	cloud,
	stack,
}) => {
	inProcess(cloud.environment());
	cloud.share(IMAGE, ACCOUNT);
	cloud.share(IMAGE, OTHER_ACCOUNT);
	let seen: unknown;
	const program = async () => {
		const shares = await getImageShares(IMAGE);
		seen = shares;
		for (const { accountId } of shares) {
			new ImageSharePermission(`to-${accountId}`, { imageId: OTHER_IMAGE, accountId });
		}
	};
	const preview = await stack.preview(program);
	expect(seen).toEqual(cloud.shares(IMAGE));
	expect(preview.steps).toEqual([`create to-${ACCOUNT}`, `create to-${OTHER_ACCOUNT}`]);
	expect(cloud.writes).toEqual([]);
});

test("of an id that is an output, they are an output that is unknown as long as the id is", async ({
	cloud,
	stack,
}) => {
	inProcess(cloud.environment());
	cloud.share(IMAGE, ACCOUNT);
	const program = () => {
		const web = new ImageSharePermission("web", { imageId: OTHER_IMAGE, accountId: ACCOUNT });
		return {
			known: getImageSharesOutput(IMAGE),
			later: getImageSharesOutput(web.sharedTime.apply(() => OTHER_IMAGE)).apply((shares) =>
				shares.map(({ accountId }) => accountId),
			),
		};
	};
	await stack.preview(program);
	const up = await stack.up(program);
	expect(up.outputs.known).toEqual(cloud.shares(IMAGE));
	expect(up.outputs.later).toEqual([ACCOUNT]);
});

// Of the plugin's function, tests/plugin/yaml.test.ts holds the same: it is called through an engine alone.
if (!IS_PLUGIN) {
	test("of an image in another region, they are read there", async ({ cloud }) => {
		inProcess(cloud.environment());
		const image = "m-2ze8ygjuqnwhechc0001";
		cloud.addImage({ id: image, region: "cn-beijing", shares: [ACCOUNT] });
		expect(await getImageShares(image, { region: "cn-beijing" })).toEqual(cloud.shares(image));
	});

	test("an image that does not exist, or an id that is none, rejects with a code", async ({
		cloud,
	}) => {
		inProcess(cloud.environment());
		await expect(getImageShares("m-bp18ygjuqnwhechc0404")).rejects.toMatchObject({
			name: "InputError",
			code: "image-not-found",
		});
		await expect(getImageShares("i-bp18ygjuqnwhechc0404")).rejects.toMatchObject({
			name: "InputError",
			code: "image-id-malformed",
		});
	});
}
