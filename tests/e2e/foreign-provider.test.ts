import { chmodSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { ImageSharePermission } from "pulumi-alicloud-image-share";
import { expect, test } from "vitest";
import { Folder } from "./support/folder";
import { Stack } from "./support/stack";

const TYPE = "pulumi-nodejs:dynamic/alicloud-image-share:ImageSharePermission";
const args = { imageId: "m-bp18ygjuqnwhechc0001", accountId: "1000000000000001" };

class Provider extends pulumi.ProviderResource {
	constructor(name: string) {
		super("alicloud", name, {});
	}
}

/** A plugin that knows no type, in place of the official one, which takes a download. It refuses in its words. */
function officialPlugin(folder: Folder): string {
	const code = join(folder.path, "plugin.cjs");
	writeFileSync(
		code,
		`const { main } = require(${JSON.stringify(require.resolve("@pulumi/pulumi/provider"))});
const check = async (urn) => {
	throw new Error("unrecognized resource type (Check): " + urn.split("::")[2]);
};
main({ version: "3.0.0", schema: "{}", check }, process.argv.slice(2));
`,
	);
	const plugin = join(folder.path, "pulumi-resource-alicloud");
	writeFileSync(plugin, `#!/bin/sh\nexec ${process.execPath} ${code} "$@"\n`);
	chmodSync(plugin, 0o755);
	return [folder.path, process.env.PATH].join(delimiter);
}

test("a provider that a transformation adds is refused in a sentence, in the program", async () => {
	using folder = new Folder();
	await using stack = await Stack.create({ environment: { PATH: officialPlugin(folder) } });
	const run = await stack.preview(
		() => {
			const provider = new Provider("official");
			pulumi.runtime.registerStackTransformation(({ type, props, opts }) =>
				type.startsWith("pulumi:")
					? undefined
					: { props, opts: pulumi.mergeOptions(opts, { provider }) },
			);
			new ImageSharePermission("web", args);
		},
		{ fails: true },
	);
	expect(run.stdout).toContain(
		"error: Resource `web` has the option `provider` by a transformation, which would send it to a plugin that does not know it. Remove the option, and set the inputs `region` and `profile` instead.\n",
	);
	expect(run.stdout).not.toContain("unrecognized");
});

// The engine asks the program's `transforms` after the constructor has returned: what the plugin says is all there
// is to see, and docs/troubleshooting.md has it.
test("a provider that a transform adds reaches the plugin, whose words name the type", async () => {
	using folder = new Folder();
	await using stack = await Stack.create({ environment: { PATH: officialPlugin(folder) } });
	const run = await stack.preview(
		() => {
			const provider = new Provider("official");
			const transform: pulumi.ResourceTransform = ({ type, props, opts }) =>
				type === TYPE ? { props, opts: { ...opts, provider } } : undefined;
			new ImageSharePermission("web", args, { transforms: [transform] });
		},
		{ fails: true },
	);
	expect(run.stdout).toContain(`error: unrecognized resource type (Check): ${TYPE}\n`);
});
