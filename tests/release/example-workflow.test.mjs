// The steps of the example workflow, run as they stand there, with stand-ins for what needs a network.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import {
	chmodSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { ROOT, read, remove } from "./support.mjs";

const WORKFLOW = read(ROOT, "examples/pull-request-comment/.github/workflows/image-shares.yml");

let folder;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "image-share-workflow-"));
	mkdirSync(join(folder, "bin"));
	mkdirSync(join(folder, "temp"));
});
afterEach(() => remove(folder));

/** The script of a step. */
function script(name) {
	const step = WORKFLOW.split("      - name: ").find((text) => text.startsWith(`${name}\n`));
	const [, block] = /\n {8}run: \|[^\n]*\n((?: {10}.*\n)+)/.exec(step);
	return block.replace(/^ {10}/gm, "");
}

/** Puts a command in the way of the real one. */
function standIn(name, text) {
	writeFileSync(join(folder, "bin", name), `#!/bin/sh\n${text}\n`);
	chmodSync(join(folder, "bin", name), 0o755);
}

function run(name, cwd, env) {
	const PATH = [join(folder, "bin"), process.env.PATH].join(delimiter);
	const given = { ...process.env, PATH, RUNNER_TEMP: join(folder, "temp"), ...env };
	return spawnSync("bash", ["-eo", "pipefail", "-c", script(name)], { cwd, env: given });
}

test("the judge is installed as the base branch locks it, whatever the pull request locks", () => {
	const lock = (version) =>
		JSON.stringify({ packages: { "node_modules/pulumi-alicloud-image-share": { version } } });
	const [base, branch] = [join(folder, "base"), join(folder, "branch")];
	const git = (cwd, ...args) =>
		execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...args], { cwd });
	mkdirSync(base);
	git(base, "init", "--quiet", "--initial-branch=main");
	writeFileSync(join(base, "package-lock.json"), lock("1.2.3"));
	git(base, "add", ".");
	git(base, "commit", "--quiet", "--message=base");
	git(folder, "clone", "--quiet", base, branch);
	writeFileSync(join(branch, "package-lock.json"), lock("6.6.6"));
	standIn("npm", 'echo "$@" > "$RUNNER_TEMP/npm"');
	const done = run("Install the judge as the base branch has it", branch, {
		GITHUB_BASE_REF: "main",
		JUDGE: "pulumi-alicloud-image-share",
	});
	assert.equal(done.status, 0, String(done.stderr));
	const asked = readFileSync(join(folder, "temp/npm"), "utf8").trim().split(" ");
	assert.equal(asked.at(-1), "pulumi-alicloud-image-share@1.2.3");
	assert.ok(asked.includes("--ignore-scripts"));
});

test("a preview that fails is kept for the comment, and the token is not", () => {
	standIn("curl", "echo '{}'");
	standIn("jq", "echo token");
	standIn("pulumi", 'cat "$ALIBABA_CLOUD_OIDC_TOKEN_FILE"; exit 255');
	const token = join(folder, "temp/oidc-token");
	const done = run("Preview", folder, {
		STACK: "prod",
		ACTIONS_ID_TOKEN_REQUEST_URL: "http://127.0.0.1/?a=b",
		ACTIONS_ID_TOKEN_REQUEST_TOKEN: "x",
		ALIBABA_CLOUD_OIDC_TOKEN_FILE: token,
	});
	assert.equal(done.status, 0, String(done.stderr));
	assert.equal(readFileSync(join(folder, "temp/plan.jsonl"), "utf8"), "token\n");
	assert.ok(!existsSync(token));
	// What comments runs also where the judge refused, and sees no code of the pull request.
	const [, commenting] = WORKFLOW.split("\n  comment:\n");
	assert.match(commenting, /^ {4}if: always\(\) && needs\.report\.result != 'skipped'$/m);
	assert.doesNotMatch(commenting, /checkout|npm|secrets\./);
});
