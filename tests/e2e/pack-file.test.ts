import { execFile, execFileSync } from "node:child_process";
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Folder } from "./support/folder";

const PACK = join(import.meta.dirname, "../../examples/policy-pack");

/** A state to analyse: there is nothing in it. */
const STATE = JSON.stringify({
	version: 3,
	deployment: {
		manifest: { time: "2026-07-01T00:00:00Z", magic: "", version: "v3.259.0" },
		resources: [
			{
				urn: "urn:pulumi:dev::images::pulumi:pulumi:Stack::images-dev",
				custom: false,
				type: "pulumi:pulumi:Stack",
			},
		],
	},
});

/** Lets the engine start the pack's file before anything is installed, and returns the lines that it prints. */
async function analyze(folder: Folder, env: Record<string, string>): Promise<string[]> {
	const pack = packIn(folder);
	cpSync(PACK, pack, { recursive: true, filter: (path) => !/node_modules|\/bin$/.test(path) });
	const state = join(folder.path, "state.json");
	writeFileSync(state, STATE);
	const file = join(pack, "image-share-policies");
	const output = await new Promise<string>((resolve) => {
		execFile(
			"pulumi",
			["policy", "analyze", "--policy-pack", file, "--file", state, "--color", "never"],
			{
				env: {
					...process.env,
					PULUMI_HOME: folder.path,
					PULUMI_SKIP_UPDATE_CHECK: "true",
					...env,
				},
			},
			(error, stdout, stderr) => resolve(`${error?.code} ${stdout}${stderr}`),
		);
	});
	const lines = output.split("\n").filter((line) => line !== "");
	expect(lines).toEqual([
		expect.stringMatching(/^1 /),
		expect.stringMatching(/^error: loading policy packs: .* exit status 1$/),
	]);
	return lines;
}

const packIn = (folder: Folder) => join(folder.path, "a pack");

test("the pack's file, started before `npm install`, ends with one sentence and no stack", async () => {
	using folder = new Folder();
	const [line] = await analyze(folder, {});
	expect(line).toContain(
		`The policy pack is not installed yet: run \`npm install\` in ${packIn(folder)}.`,
	);
});

test("where `npm install` was interrupted, the pack's file says the same", async () => {
	using folder = new Folder();
	// The manifest of a package comes before its files.
	const half = join(packIn(folder), "node_modules/pulumi-alicloud-image-share");
	mkdirSync(half, { recursive: true });
	cpSync(join(import.meta.dirname, "../../npm/package.json"), join(half, "package.json"));
	const [line] = await analyze(folder, {});
	expect(line).toContain("The policy pack is not installed yet: run `npm install` in ");
});

test("without Node, the pack's file says what is missing", async () => {
	using folder = new Folder();
	const bin = join(folder.path, "bin");
	mkdirSync(bin);
	for (const name of ["pulumi", "sh", "dirname"]) {
		const path = execFileSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).trim();
		symlinkSync(path, join(bin, name));
	}
	const [line] = await analyze(folder, { PATH: bin });
	expect(line).toContain("The policy pack needs Node.js, and there is no `node` on PATH.");
});

test("a CDPATH does not let the pack's file print where the engine reads its port", async () => {
	using folder = new Folder();
	const [line] = await analyze(folder, { CDPATH: folder.path });
	expect(line).toContain(`run \`npm install\` in ${packIn(folder)}.`);
});
