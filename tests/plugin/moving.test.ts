import { createRequire } from "node:module";
import { expect } from "vitest";
import { command } from "../e2e/migrate/support/command";
import { Stack } from "../e2e/support/stack";
import { ACCOUNT, IMAGE, OTHER_ACCOUNT, OTHER_IMAGE, sharedWith, test } from "./support/fixtures";
import * as plugin from "./support/front-end";

/** The npm package itself, and not what stands in its place here. */
const dynamic: typeof plugin = createRequire(import.meta.url)("pulumi-alicloud-image-share");

const program = (front: typeof plugin) => () => {
	const web = new front.ImageSharePermission("web", { imageId: IMAGE, accountId: ACCOUNT });
	new front.ImageShareSet(
		"golden",
		{ imageId: OTHER_IMAGE, accountIds: [ACCOUNT, OTHER_ACCOUNT] },
		{ dependsOn: web },
	);
};

/** What docs/migrating.md says to run. */
async function moved(stack: Stack, to: "plugin" | "dynamic"): Promise<void> {
	const migrated = await command(stack, [
		"migrate",
		"--stack",
		"dev",
		"--to",
		to,
		"--write",
		"--yes",
	]);
	expect(migrated).toMatchObject({ code: 0, stderr: "" });
}

test("shares move to the plugin and back, and nothing is written", async ({ cloud }) => {
	await using stack = await Stack.create({ environment: cloud.environment() });
	await stack.up(program(dynamic));
	const writes = cloud.writes.length;

	await moved(stack, "plugin");
	await stack.preview(program(plugin), { noChanges: true });
	expect((await stack.up()).steps).toEqual(["same golden", "same web"]);
	await stack.refresh();

	await moved(stack, "dynamic");
	await stack.up(program(dynamic));
	await stack.refresh();
	expect(cloud.writes.length).toBe(writes);
	expect(sharedWith(cloud)).toEqual([ACCOUNT]);

	await stack.destroy();
	expect([sharedWith(cloud), sharedWith(cloud, OTHER_IMAGE)]).toEqual([[], []]);
});
