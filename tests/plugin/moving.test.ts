import { createRequire } from "node:module";
import { expect } from "vitest";
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

interface State {
	type: string;
	provider?: string;
	inputs: Record<string, unknown>;
	outputs: Record<string, unknown>;
}

const TYPES = [
	["ImageSharePermission", "share"],
	["ImageShareSet", "set"],
] as const;

/** What docs/plugin.md says to change in an exported state. */
function moved(state: string, to: "plugin" | "npm package"): string {
	let text = state;
	for (const [type] of TYPES) {
		const [from, into] = [
			`pulumi-nodejs:dynamic/alicloud-image-share:${type}`,
			`alicloud-image-share:index:${type}`,
		];
		text = to === "plugin" ? text.replaceAll(from, into) : text.replaceAll(into, from);
	}
	const exported = JSON.parse(text);
	for (const resource of exported.deployment.resources as State[]) {
		const kind = TYPES.find(([type]) => resource.type.endsWith(`:${type}`))?.[1];
		if (!kind) continue;
		delete resource.provider;
		for (const properties of [resource.inputs, resource.outputs]) {
			delete properties.__provider;
			if (to === "npm package") {
				properties.__provider = `exports.handler = () => require("pulumi-alicloud-image-share/provider").${kind};`;
			}
		}
	}
	return JSON.stringify(exported);
}

test("shares move to the plugin and back by an edited state, and nothing is written", async ({
	cloud,
}) => {
	await using stack = await Stack.create({ environment: cloud.environment() });
	await stack.up(program(dynamic));
	const writes = cloud.writes.length;

	await stack.edit((state) => moved(state, "plugin"));
	expect((await stack.preview(program(plugin))).steps).toEqual(["same golden", "same web"]);
	expect((await stack.up()).steps).toEqual(["same golden", "same web"]);
	await stack.refresh();

	await stack.edit((state) => moved(state, "npm package"));
	await stack.up(program(dynamic));
	await stack.refresh();
	expect(cloud.writes.length).toBe(writes);
	expect(sharedWith(cloud)).toEqual([ACCOUNT]);

	await stack.destroy();
	expect([sharedWith(cloud), sharedWith(cloud, OTHER_IMAGE)]).toEqual([[], []]);
});
