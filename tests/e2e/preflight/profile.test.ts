import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ImageSharePermission } from "pulumi-alicloud-image-share";
import { expect } from "vitest";
import { ACCOUNT, IMAGE, test } from "../support/fixtures";
import { accounts, set } from "./support/programs";

test("another profile is an update without replacement, of a share and of a set", async ({
	cloud,
	stack,
}) => {
	const keys = { accessKeyId: "LTAI5tSecondExample", accessKeySecret: "second-secret" };
	cloud.addCredentials(keys);
	const folder = join(stack.folder.path, "home/.aliyun");
	mkdirSync(folder);
	writeFileSync(
		join(folder, "config.json"),
		JSON.stringify({
			current: "second",
			profiles: [
				{
					name: "second",
					mode: "AK",
					access_key_id: keys.accessKeyId,
					access_key_secret: keys.accessKeySecret,
					region_id: "cn-hangzhou",
				},
			],
		}),
	);
	const program = (profile?: string) => () => {
		new ImageSharePermission("web", { imageId: IMAGE, accountId: ACCOUNT, profile });
		set(accounts(0, 3), { profile })();
	};
	await stack.up(program());
	cloud.resetCalls();

	const up = await stack.up(program("second"));
	expect(up.steps).toEqual(["update golden", "update web"]);
	expect(cloud.writes).toEqual([]);
	expect(new Set(cloud.calls.map(({ accessKeyId }) => accessKeyId))).toEqual(
		new Set([keys.accessKeyId]),
	);
	expect((await stack.shares()).map(({ outputs }) => outputs.profile)).toEqual([
		"second",
		"second",
	]);
});
