import { execFileSync } from "node:child_process";
import {
	cpSync,
	mkdirSync,
	mkdtempSync,
	realpathSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

const PACKAGE = dirname(__dirname);
let folder: string;
/** A folder from which nothing is found. */
let elsewhere: string;

beforeEach(() => {
	const empty = () => realpathSync(mkdtempSync(join(tmpdir(), "image-share-resolution-")));
	folder = empty();
	elsewhere = empty();
});
afterEach(() => {
	for (const path of [folder, elsewhere]) rmSync(path, { recursive: true });
});

/** Puts the package into a folder, as a dependency by `file:` is: by a link. */
function install(into: string): void {
	mkdirSync(join(into, "node_modules/@pulumi"), { recursive: true });
	symlinkSync(PACKAGE, join(into, "node_modules/pulumi-alicloud-image-share"));
	symlinkSync(
		join(PACKAGE, "node_modules/@pulumi/pulumi"),
		join(into, "node_modules/@pulumi/pulumi"),
	);
}

/** A program that declares a share, on what looks like an engine. */
const DECLARE = `
	pulumi.runtime.setMocks({ call: () => ({}), newResource: ({ name, inputs }) => ({ id: name, state: inputs }) });
	const has = (monitor, key) => key !== "mocks" && key in monitor;
	settings.setMockOptions(new Proxy(settings.getMonitor(), { has }));
	try {
		new share.ImageSharePermission("web", { imageId: "m-bp18ygjuqnwhechc0001", accountId: "1886508529898586" });
		console.log("declared");
	} catch (error) {
		console.log(pulumi.RunError.isInstance(error), error.message);
	}`;
const COMMONJS = `
	const pulumi = require("@pulumi/pulumi");
	const settings = require("@pulumi/pulumi/runtime/settings");
	const share = require("pulumi-alicloud-image-share");
	${DECLARE}`;
const MODULE = `
	import * as pulumi from "@pulumi/pulumi";
	import settings from "@pulumi/pulumi/runtime/settings.js";
	import * as share from "pulumi-alicloud-image-share";
	${DECLARE}`;

const run = (cwd: string, ...args: string[]) =>
	execFileSync(process.execPath, args, { cwd, encoding: "utf8" }).trim();

const notFound = (from: string) =>
	`true The package \`pulumi-alicloud-image-share\` is not found from ${from}, where Pulumi loads its provider. Add it to the dependencies of this program: npm install pulumi-alicloud-image-share.`;

const PROGRAMS: [name: string, text: string][] = [
	["program.cjs", COMMONJS],
	["program.mjs", MODULE],
];

test.for(PROGRAMS)(
	"an inline program finds the package beside its script, from any folder: %s",
	([name, text]) => {
		install(folder);
		writeFileSync(join(folder, name), text);
		expect(run(elsewhere, join(folder, name))).toBe("declared");
		expect(run(folder, name)).toBe("declared");
	},
);

test("a script that is called by its folder counts as in it", () => {
	install(folder);
	writeFileSync(join(folder, "index.js"), COMMONJS);
	expect(run(elsewhere, folder)).toBe("declared");
});

/** Runs a program as the CLI does: in its folder, by a script of Pulumi's. */
const runByCli = () =>
	run(
		folder,
		"--eval",
		`process.argv[1] = ${JSON.stringify(join(folder, "node_modules/@pulumi/pulumi/cmd/run/index.js"))};
		require(${JSON.stringify(join(folder, "program.cjs"))});`,
	);

test("a program of the CLI finds the package also after it changed its working directory", () => {
	install(folder);
	const move = `process.chdir(${JSON.stringify(elsewhere)});`;
	writeFileSync(join(folder, "program.cjs"), COMMONJS.replace(DECLARE, `${move}${DECLARE}`));
	expect(runByCli()).toBe("declared");
});

test("a program of the CLI that has the package through another one is refused from its own folder", () => {
	const other = join(folder, "node_modules/other");
	mkdirSync(other, { recursive: true });
	install(other);
	const program = COMMONJS.replaceAll('require("', 'require("./node_modules/other/node_modules/');
	writeFileSync(join(folder, "program.cjs"), program);
	expect(runByCli()).toBe(notFound(folder));
});

/** Stands for this module in a bundle. */
function bundle(into: string): void {
	mkdirSync(join(into, "bin"));
	cpSync(join(PACKAGE, "dist/resolution.js"), join(into, "bin/index.js"));
	writeFileSync(join(into, "bin/provider.js"), 'exports.makeProvider = "the program\'s own";');
}

test("a bundle loads the package's provider, and not a file of the program's with that name", () => {
	install(folder);
	bundle(folder);
	const program = 'console.log(typeof require("./bin").loadProvider().makeProvider)';
	expect(run(folder, "--eval", program)).toBe("function");
});

test("a bundle without the package beside it says what to install", () => {
	mkdirSync(join(folder, "node_modules/@pulumi"), { recursive: true });
	symlinkSync(
		join(PACKAGE, "node_modules/@pulumi/pulumi"),
		join(folder, "node_modules/@pulumi/pulumi"),
	);
	bundle(folder);
	const program = `try { require("./bin").loadProvider(); } catch (error) {
		console.log(require("@pulumi/pulumi").RunError.isInstance(error), error.message);
	}`;
	expect(run(folder, "--eval", program)).toBe(notFound(folder));
});
