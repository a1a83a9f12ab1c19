// Installs what lies in a folder as its users would, each where nothing else is, and asks each for its version.
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, relative } from "node:path";
import { output } from "./command.mjs";
import { Refusal } from "./refusal.mjs";
import { ROOT } from "./repository.mjs";
import { archiveName, chosen } from "./targets.mjs";

const PACKAGE = "pulumi-alicloud-image-share";

function run(cwd, command, args, env = {}) {
	// The CLI that `make cli` builds, where none is installed.
	const PATH = [process.env.PATH, join(ROOT, ".cache/bin")].join(delimiter);
	return output(cwd, command, args, { PATH, ...env });
}

function expectEqual(what, found, wanted) {
	if (found === wanted) return;
	throw new Refusal(`${what} says ${found} and not ${wanted}`, "look at how it was built");
}

/** What is installed, and how. */
const INSTALLS = {
	"the npm package"(folder, dist, version) {
		writeFileSync(join(folder, "package.json"), "{}");
		const flags = ["--no-audit", "--no-fund", "--loglevel=error"];
		run(folder, "npm", [
			"install",
			...flags,
			join(dist, `${PACKAGE}-${version}.tgz`),
			"@pulumi/pulumi@3.248.0",
		]);
		const program = `
			require("${PACKAGE}");
			console.log(require("${PACKAGE}/package.json").version);`;
		expectEqual("the npm package", run(folder, process.execPath, ["-e", program]).trim(), version);
		const bin = join(folder, "node_modules", PACKAGE, "dist/cli.js");
		expectEqual("its command", run(folder, process.execPath, [bin, "--version"]).trim(), version);
	},
	"the plugin"(folder, dist, version) {
		const [host] = chosen("host");
		const env = { PULUMI_HOME: join(folder, "home"), PULUMI_SKIP_UPDATE_CHECK: "true" };
		const args = ["plugin", "install", "resource", "alicloud-image-share", `v${version}`, "--file"];
		run(folder, "pulumi", [...args, join(dist, archiveName(version, host))], env);
		const installed = `plugins/resource-alicloud-image-share-v${version}/pulumi-resource-alicloud-image-share`;
		const schema = run(
			folder,
			"pulumi",
			["package", "get-schema", join(env.PULUMI_HOME, installed)],
			env,
		);
		expectEqual("the schema of the plugin", JSON.parse(schema).version, version);
	},
	"the SDK for Python"(folder, dist, version) {
		run(folder, process.env.PYTHON ?? "python3", ["-m", "venv", "venv"]);
		const python = join(folder, "venv/bin/python");
		const wheel = `pulumi_alicloud_image_share-${version}-py3-none-any.whl`;
		run(folder, python, [
			"-m",
			"pip",
			"install",
			"--quiet",
			"--disable-pip-version-check",
			join(dist, wheel),
		]);
		const program = `import importlib.metadata, pulumi_alicloud_image_share as imageshare
assert imageshare.ImageSharePermission
print(importlib.metadata.version("pulumi_alicloud_image_share"))`;
		expectEqual("the wheel", run(folder, python, ["-c", program]).trim(), version);
	},
	"the SDK for Go"(folder, dist, version) {
		const module = /^module (.*)$/m;
		mkdirSync(join(folder, "sdk"));
		run(folder, "tar", ["-xzf", join(dist, `${PACKAGE}-sdk-go-v${version}.tar.gz`), "-C", "sdk"]);
		const path = module.exec(run(folder, "cat", ["sdk/go.mod"]))?.[1];
		mkdirSync(join(folder, "program"));
		cpSync(join(folder, "sdk/go.sum"), join(folder, "program/go.sum"));
		const requirement = run(folder, "cat", ["sdk/go.mod"]).replace(module, "module program");
		writeFileSync(
			join(folder, "program/go.mod"),
			`${requirement}\nrequire ${path} v${version}\n\nreplace ${path} => ../sdk\n`,
		);
		writeFileSync(
			join(folder, "program/main.go"),
			`package main\n\nimport (\n\t"fmt"\n\n\timageshare "${path}"\n)\n\nfunc main() {\n\tfmt.Println(imageshare.ImageShareSetArgs{} == imageshare.ImageShareSetArgs{})\n}\n`,
		);
		const flags = { GOFLAGS: "-mod=mod" };
		expectEqual(
			"a Go program with it",
			run(join(folder, "program"), "go", ["run", "."], flags).trim(),
			"true",
		);
	},
	"the SDK for Node"(folder, dist, version) {
		const name = `${PACKAGE}-sdk`;
		writeFileSync(join(folder, "package.json"), "{}");
		const flags = ["--no-audit", "--no-fund", "--loglevel=error"];
		run(folder, "npm", [
			"install",
			...flags,
			join(dist, `${name}-${version}.tgz`),
			"@pulumi/pulumi@3.248.0",
		]);
		const program = `
			if (typeof require("${name}").ImageSharePermission !== "function") throw new Error("no class");
			console.log(require("${name}/package.json").version);`;
		expectEqual("the SDK for Node", run(folder, process.execPath, ["-e", program]).trim(), version);
	},
};

/** Installs everything of a version from a folder; what is missing or wrong is refused. */
export async function testInstalls(dist, version) {
	const shown = relative(ROOT, dist);
	if (!existsSync(dist))
		throw new Refusal(`${shown} is missing`, "run `make release VERSION=…` first");
	for (const [what, install] of Object.entries(INSTALLS)) {
		const folder = mkdtempSync(join(tmpdir(), "image-share-installs-"));
		try {
			install(folder, dist, version);
			console.log(`${what}: installed from ${shown}, version ${version}`);
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	}
}
