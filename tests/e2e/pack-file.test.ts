import { execFile } from "node:child_process";
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Folder } from "./support/folder";

const PACK = join(import.meta.dirname, "../../examples/policy-pack");

test("the pack's file, started before `npm install`, ends with one sentence and no stack", async () => {
	using folder = new Folder();
	const pack = join(folder.path, "pack");
	cpSync(PACK, pack, { recursive: true, filter: (path) => !/node_modules|\/bin$/.test(path) });
	const state = join(folder.path, "state.json");
	const stack = {
		urn: "urn:pulumi:dev::images::pulumi:pulumi:Stack::images-dev",
		custom: false,
		type: "pulumi:pulumi:Stack",
	};
	const manifest = { time: "2026-07-01T00:00:00Z", magic: "", version: "v3.259.0" };
	writeFileSync(
		state,
		JSON.stringify({ version: 3, deployment: { manifest, resources: [stack] } }),
	);
	const file = join(pack, "image-share-policies");
	const output = await new Promise<string>((resolve) => {
		execFile(
			"pulumi",
			["policy", "analyze", "--policy-pack", file, "--file", state, "--color", "never"],
			{ env: { ...process.env, PULUMI_HOME: folder.path, PULUMI_SKIP_UPDATE_CHECK: "true" } },
			(error, stdout, stderr) => resolve(`${error?.code} ${stdout}${stderr}`),
		);
	});
	expect(output.split("\n").filter((line) => line !== "")).toEqual([
		expect.stringMatching(/^1 /),
		expect.stringMatching(/^error: loading policy packs: .* exit status 1$/),
	]);
	expect(output).toContain(`The policy pack is not installed yet: run \`npm install\` in ${pack}.`);
});
