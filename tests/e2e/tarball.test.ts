import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ACCOUNT, OTHER_ACCOUNT } from "./support/fixtures";
import { type Installation, install, RUNTIMES } from "./support/runtime";
import { TARBALL, tarballFiles } from "./support/tarball";

interface Mode {
	readonly module: string;
	readonly files: readonly string[];
	readonly deprecated?: boolean;
}

/** How the compiler is asked for each mode of resolution, and the files that the mode takes. */
const MODES = {
	node16: { module: "node16", files: ["commonjs.cts", "module.mts"] },
	nodenext: { module: "nodenext", files: ["commonjs.cts", "module.mts"] },
	bundler: { module: "preserve", files: ["commonjs.cts", "module.mts"] },
	// As the templates of Pulumi's policy packs have it; deprecated since TypeScript 6.
	node10: { module: "commonjs", files: ["plain.ts"], deprecated: true },
} as const;

/** A program that uses every entry. */
const TYPED = `import { ImageSharePermission, ImageSharePermissionArgs } from "pulumi-alicloud-image-share";
	import { Emulator, EmulatorOptions } from "pulumi-alicloud-image-share/testing";
	import { imageSharePolicies, ImageSharePolicyOptions } from "pulumi-alicloud-image-share/policy";
	import { share } from "pulumi-alicloud-image-share/provider";
	export const level: ImageSharePolicyOptions = { all: "advisory" };
	export const policies = imageSharePolicies(level);
	export const args: ImageSharePermissionArgs = { imageId: "m-1", accountId: "1" };
	export const web = new ImageSharePermission("web", args);
	export const options: EmulatorOptions = { latency: 1 };
	export const cloud: Promise<Emulator> = Emulator.start(options);
	export const read = share.read("m-1:1", {});`;

const EXAMPLE = join(import.meta.dirname, "../../examples/typescript");

test("the tarball holds the package, one .wasm a purpose and nothing else", () => {
	const files = tarballFiles();
	const pages = files.filter((path) => path.startsWith("docs/"));
	// Messages cite the first, and people read either.
	expect(pages).toEqual(
		expect.arrayContaining(["docs/configuration.md", "docs/zh-CN/configuration.md"]),
	);
	expect(pages.filter((path) => !path.endsWith(".md"))).toEqual([]);
	const rest = files.filter((path) => !path.startsWith("dist/") && !path.startsWith("docs/"));
	expect(rest).toEqual([
		"CHANGELOG.md",
		"LICENSE",
		"README.md",
		"README.zh-CN.md",
		"THIRD-PARTY-NOTICES.md",
		"core/adopt.d.ts",
		"core/command.d.ts",
		"core/generated/adopt.cjs",
		"core/generated/adopt.d.ts",
		"core/generated/adopt_bg.wasm",
		"core/generated/command.cjs",
		"core/generated/command.d.ts",
		"core/generated/command_bg.wasm",
		"core/generated/core.cjs",
		"core/generated/core.d.ts",
		"core/generated/core_bg.wasm",
		"core/generated/plan.cjs",
		"core/generated/plan.d.ts",
		"core/generated/plan_bg.wasm",
		"core/generated/policies.d.ts",
		"core/generated/policy.cjs",
		"core/generated/policy.d.ts",
		"core/generated/policy_bg.wasm",
		"core/index.d.ts",
		"core/node.cjs",
		"core/plan.d.ts",
		"core/policy.d.ts",
		"package.json",
	]);
	expect(files.filter((path) => path.startsWith("dist/") && !/\.(js|d\.ts)$/.test(path))).toEqual([
		"dist/preview.html",
	]);
});

test("publint finds nothing to complain of in the tarball", async () => {
	const tarball = Uint8Array.from(readFileSync(TARBALL)).buffer;
	const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
	expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
});

test("every entry of the tarball has its types in every mode of resolution", () => {
	const cli = join(import.meta.dirname, "node_modules/@arethetypeswrong/cli/dist/index.js");
	// It exits with an error where one is wrong, and its output names which.
	execFileSync(process.execPath, [cli, TARBALL, "--no-emoji", "--no-color"], { encoding: "utf8" });
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

	test.each(["node16", "nodenext", "bundler", "node10"] as const)(
		"types resolve where the compiler looks for modules as %s",
		async (moduleResolution) => {
			const program = `${TYPED}
				// @ts-expect-error: an account id is text
				new ImageSharePermission("web", { imageId: "m-1", accountId: 1 });
				// @ts-expect-error: there is no such policy
				imageSharePolicies({ "no-such-policy": "advisory" });
				// @ts-expect-error: it is a number
				Emulator.start({ latency: "1" });
				// @ts-expect-error: an id is text
				share.read(1, {});`;
			write({ "plain.ts": program, "commonjs.cts": program, "module.mts": program });
			const { module, files, deprecated }: Mode = MODES[moduleResolution];
			const more = deprecated && runtime.typescript === "6" ? ["--ignoreDeprecations", "6.0"] : [];
			expect(
				await run(
					join(installed.folder, "node_modules/typescript/bin/tsc"),
					...["--noEmit", "--strict", "--skipLibCheck", "--types", "node", "--target", "es2022"],
					...["--module", module, "--moduleResolution", moduleResolution, ...more, ...files],
				),
			).toBe("");
		},
	);

	test.each([
		// A program without a compiler of its own, as Pulumi's templates of policy packs are, gets this one.
		"@pulumi/pulumi/vendor/typescript@3.8.3/typescript.js",
		"typescript",
	])("the types themselves hold nothing that %s does not read", async (compiler) => {
		write({ "plain.ts": TYPED });
		cpSync(join(import.meta.dirname, "support/types.cjs"), join(folder, "types.cjs"));
		expect(await run("types.cjs", compiler)).toBe("");
	});

	test("a program that is imported loads no core, no proxies and no credentials", async () => {
		write({
			"program.cjs": `
				require("pulumi-alicloud-image-share");
				const own = /(@alicloud|undici|pulumi-alicloud-image-share)[\\\\/].*[\\\\/]([^\\\\/]+)$/;
				const loaded = Object.keys(require.cache).flatMap((path) => own.exec(path)?.[2] ?? []);
				console.log(JSON.stringify(loaded.sort()));`,
		});
		expect(JSON.parse(await run("program.cjs"))).toEqual([
			"claim.js",
			"get-image-shares.js",
			"image-share-permission.js",
			"image-share-set.js",
			"index.js",
			"program.js",
			"resolution.js",
			"resource-options.js",
			"resource.js",
		]);
	});

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

	const bundle = async (...external: string[]) => {
		const options = {
			entryPoints: ["index.ts"],
			bundle: true,
			platform: "node",
			outfile: "bin/index.js",
			external: ["@pulumi/pulumi", ...external],
		};
		write({ "bundle.cjs": `require("esbuild").buildSync(${JSON.stringify(options)})` });
		return run("bundle.cjs");
	};
	const compile = () => run(join(installed.folder, "node_modules/typescript/bin/tsc"));
	const ROWS: [how: string, build: () => Promise<string>, runner: "node" | "bun"][] = [
		["as the compiler leaves it", compile, "node"],
		["bundled, without the package", () => bundle("pulumi-alicloud-image-share"), "node"],
		["bundled, with the package in it", () => bundle(), "node"],
		["run by bun", compile, "bun"],
	];

	test.each(ROWS)(
		"the example is previewed, applied, healed and taken down by the engine: %s",
		async (_, build, runner) => {
			copyExample();
			cpSync(join(import.meta.dirname, "support/smoke.mjs"), join(folder, "smoke.mjs"));
			await build();

			const { outputs, texts, node, ...outcome } = JSON.parse(
				await installed[runner](["smoke.mjs"], folder),
			);
			if (runner === "node") expect(node).toBe(runtime.node ?? process.versions.node);
			expect(outcome).toEqual({
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
			const text = 'exports.handler = () => require("pulumi-alicloud-image-share/provider").share;';
			expect(texts).toEqual([text, text]);
		},
	);
});
