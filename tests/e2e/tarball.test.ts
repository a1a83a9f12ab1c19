import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ACCOUNT, OTHER_ACCOUNT } from "./support/fixtures";
import { type Installation, install, RUNTIMES } from "./support/runtime";
import { tarballFiles } from "./support/tarball";

const EXAMPLE = join(import.meta.dirname, "../../examples/typescript");

test("the tarball holds the package, one .wasm a purpose and nothing else", () => {
	const files = tarballFiles();
	expect(files.filter((path) => !path.startsWith("dist/"))).toEqual([
		"CHANGELOG.md",
		"LICENSE",
		"README.md",
		"core/core.d.ts",
		"core/generated/core.cjs",
		"core/generated/core.d.ts",
		"core/generated/core_bg.wasm",
		"core/generated/plan.cjs",
		"core/generated/plan.d.ts",
		"core/generated/plan_bg.wasm",
		"core/generated/policy.cjs",
		"core/generated/policy.d.ts",
		"core/generated/policy_bg.wasm",
		"core/node.cjs",
		"core/plan.d.ts",
		"core/policy.d.ts",
		"package.json",
	]);
	expect(files.filter((path) => path.startsWith("dist/") && !/\.(js|d\.ts)$/.test(path))).toEqual([
		"dist/preview.html",
	]);
});

describe.each(RUNTIMES)("on $name with @pulumi/pulumi $pulumi", (runtime) => {
	let installed: Installation;
	let folder: string;
	const run = (...args: string[]) => installed.node(args, folder);
	const write = (files: Record<string, string>) => {
		for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
	};

	const copyExample = () => {
		cpSync(EXAMPLE, folder, {
			recursive: true,
			filter: (path) => !/\/(node_modules|bin)$/.test(path),
		});
	};

	beforeAll(async () => {
		installed = await install(runtime);
	});
	beforeEach(() => {
		folder = mkdtempSync(join(installed.folder, "program-"));
	});
	afterEach(() => {
		rmSync(folder, { recursive: true });
	});

	test.each(["nodenext", "bundler"])(
		"types resolve where the compiler looks for modules as %s",
		async (moduleResolution) => {
			const program = `import { ImageSharePermission } from "pulumi-alicloud-image-share";
				import { Emulator } from "pulumi-alicloud-image-share/testing";
				export const share = new ImageSharePermission("web", { imageId: "m-1", accountId: "1" });
				// @ts-expect-error: an account id is text
				new ImageSharePermission("web", { imageId: "m-1", accountId: 1 });
				export const cloud: Promise<Emulator> = Emulator.start();`;
			write({ "commonjs.cts": program, "module.mts": program });
			const module = moduleResolution === "bundler" ? "preserve" : moduleResolution;
			expect(
				await run(
					join(installed.folder, "node_modules/typescript/bin/tsc"),
					...["--noEmit", "--strict", "--types", "node", "--target", "es2022"],
					...["--module", module, "--moduleResolution", moduleResolution],
					...["commonjs.cts", "module.mts"],
				),
			).toBe("");
		},
	);

	test("require and import give the same class", async () => {
		write({
			"program.mjs": `
				import { createRequire } from "node:module";
				import { ImageSharePermission } from "pulumi-alicloud-image-share";
				const required = createRequire(import.meta.url)("pulumi-alicloud-image-share");
				console.log(ImageSharePermission === required.ImageSharePermission);`,
		});
		expect(await run("program.mjs")).toBe("true\n");
	});

	test("the core is loaded at the first call and not before", async () => {
		write({
			"program.cjs": `
				require("pulumi-alicloud-image-share");
				const provider = require("pulumi-alicloud-image-share/provider");
				const loaded = () => Object.keys(require.cache).some((path) => path.endsWith("core.cjs"));
				console.log(loaded());
				provider.share.check({}, {}).then(() => console.log(loaded()));`,
		});
		expect(await run("program.cjs")).toBe("false\ntrue\n");
	});

	test("the example loads as it does by plain `pulumi up`, where a Node language host is installed", async () => {
		copyExample();
		cpSync(join(import.meta.dirname, "support/language-host.cjs"), join(folder, "host.cjs"));
		expect(JSON.parse(await run("host.cjs"))).toEqual({ sharedSince: { [ACCOUNT]: "now" } });
	});

	test("the example is previewed, applied, healed and taken down by the engine", async () => {
		copyExample();
		cpSync(join(import.meta.dirname, "support/smoke.mjs"), join(folder, "smoke.mjs"));
		await run(join(installed.folder, "node_modules/typescript/bin/tsc"));

		const { outputs, stubs, ...outcome } = JSON.parse(await run("smoke.mjs"));
		expect(outcome).toEqual({
			node: runtime.node ?? process.versions.node,
			pulumi: runtime.pulumi,
			preview: { create: 3 },
			shared: [ACCOUNT, OTHER_ACCOUNT],
			again: { same: 3 },
			healed: { create: 1, same: 2 },
			destroy: { delete: 3 },
			left: [],
			printed: "",
		});
		expect(Object.keys(outputs.sharedSince.value)).toEqual([ACCOUNT, OTHER_ACCOUNT]);
		const stub = readFileSync(join(import.meta.dirname, "support/stub.txt"), "utf8");
		expect(stubs).toEqual([stub, stub]);
	});
});
