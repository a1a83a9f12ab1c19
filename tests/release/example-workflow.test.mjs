// The steps of the example workflow, run as they stand there, with stand-ins for what needs a network.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
	chmodSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
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

/** As GitHub runs a step that names no shell: without `pipefail`. */
function run(name, cwd, env) {
	const PATH = [join(folder, "bin"), process.env.PATH].join(delimiter);
	const given = { ...process.env, PATH, RUNNER_TEMP: join(folder, "temp"), ...env };
	return spawnSync("bash", ["-e", "-c", script(name)], { cwd, env: given, encoding: "utf8" });
}

/** The text of each job by its name. */
const jobs = Object.fromEntries(
	WORKFLOW.split("\njobs:\n")[1]
		.split(/^ {2}(?=\w+:$)/m)
		.filter((text) => /^\w+:/.test(text))
		.map((text) => [text.slice(0, text.indexOf(":")), text]),
);

test("only the preview runs code of the pull request, and only it has secrets and an OIDC token", () => {
	assert.deepEqual(Object.keys(jobs), ["preview", "judge", "comment"]);
	assert.match(
		jobs.preview,
		/^ {4}if: github\.event\.pull_request\.head\.repo\.full_name == github\.repository$/m,
	);
	for (const job of [jobs.judge, jobs.comment]) {
		assert.doesNotMatch(job, /secrets\.|id-token|npm ci|pulumi preview/);
		assert.equal(
			job.match(/actions\/checkout@/g)?.length,
			job.match(/ref: \$\{\{ github\.base_ref \}\}/g)?.length,
		);
	}
	assert.deepEqual(
		Object.entries(jobs)
			.filter(([, job]) => /: write/.test(job))
			.map(([name]) => name),
		["preview", "comment"],
	);
	assert.doesNotMatch(WORKFLOW, /pull_request_target|workflow_run/);
});

test("no script holds what the author of a pull request writes", () => {
	const scripts = [...WORKFLOW.matchAll(/ run: (?:.*\n)(?: {10}.*\n)*/g)].map(([text]) => text);
	assert.equal(scripts.length, 7);
	for (const text of scripts) assert.doesNotMatch(text, /\$\{\{/);
});

const JUDGE = "pulumi-alicloud-image-share";

/** Installs the judge beside a lock file, and returns what npm was asked for. */
function installJudge(packages) {
	writeFileSync(join(folder, "package-lock.json"), JSON.stringify({ packages }));
	standIn("npm", 'echo "$@" > "$RUNNER_TEMP/npm"');
	const done = run("Install the judge as the base branch has it", folder, { JUDGE });
	const asked = join(folder, "temp/npm");
	return { done, asked: existsSync(asked) ? readFileSync(asked, "utf8").trim().split(" ") : [] };
}

test("the judge is installed as the base branch locks it", () => {
	const { done, asked } = installJudge({ [`node_modules/${JUDGE}`]: { version: "1.2.3" } });
	assert.equal(done.status, 0, done.stderr);
	assert.equal(asked.at(-1), `${JUDGE}@1.2.3`);
	assert.ok(asked.includes("--ignore-scripts"));
});

test("a base branch without the package gives no judge, and says so", () => {
	const { done, asked } = installJudge({
		"": {},
		[`node_modules/a/node_modules/${JUDGE}`]: { version: "1.2.3" },
	});
	assert.equal(done.status, 1);
	assert.equal(
		done.stdout,
		`::error::The base branch does not have ${JUDGE} in its package-lock.json yet. Merge that first.\n`,
	);
	assert.deepEqual(asked, []);
});

/** Runs the preview, with a `curl` and a `pulumi` of some text; returns what is kept of it. */
function preview(curl, pulumi) {
	standIn("curl", curl);
	standIn("jq", "cat");
	standIn("pulumi", pulumi);
	const token = join(folder, "temp/oidc-token");
	const done = run("Preview", folder, {
		STACK: "prod",
		ACTIONS_ID_TOKEN_REQUEST_URL: "http://127.0.0.1/?a=b",
		ACTIONS_ID_TOKEN_REQUEST_TOKEN: "x",
		ALIBABA_CLOUD_OIDC_TOKEN_FILE: token,
	});
	assert.equal(done.status, 0, done.stderr);
	assert.ok(!existsSync(token));
	return readFileSync(join(folder, "temp/plan.jsonl"), "utf8");
}

test("a preview that fails is kept for the comment, and the token is not", () => {
	assert.equal(preview("echo token", 'cat "$ALIBABA_CLOUD_OIDC_TOKEN_FILE"; exit 255'), "token\n");
});

test("where there is no token, the preview says why it fails", () => {
	assert.equal(preview("exit 22", "echo no credentials; exit 255"), "no credentials\n");
});

/** Comments on a pull request, and returns how `gh` was called and what it sent. */
function comment(existing, text) {
	if (text !== undefined) writeFileSync(join(folder, "comment.md"), text);
	standIn(
		"gh",
		`case "$*" in *--paginate*) echo "${existing}" ;; *) echo "$@" >> "$RUNNER_TEMP/gh" ;; esac`,
	);
	const done = run("Comment, in place", folder, {
		NUMBER: "7",
		COMMIT: "abc123",
		GITHUB_REPOSITORY: "acme/images",
		GITHUB_SERVER_URL: "https://github.test",
		GITHUB_RUN_ID: "42",
	});
	assert.equal(done.status, 0, done.stderr);
	const called = readFileSync(join(folder, "temp/gh"), "utf8").trim();
	return { called, sent: readFileSync(join(folder, "comment.md"), "utf8") };
}

test("the report is one comment, which a later push changes", () => {
	const sent = "report <!-- pulumi-alicloud-image-share -->\n";
	assert.deepEqual(comment("", sent), {
		called:
			"api --silent --method POST repos/acme/images/issues/7/comments --field body=@comment.md",
		sent,
	});
	rmSync(join(folder, "temp/gh"));
	assert.deepEqual(comment("5", sent), {
		called:
			"api --silent --method PATCH repos/acme/images/issues/comments/5 --field body=@comment.md",
		sent,
	});
});

for (const [what, text] of [
	["failed", undefined],
	["wrote nothing", ""],
]) {
	test(`a comment says that there is no report where a job before it ${what}`, () => {
		assert.equal(
			comment("5", text).sent,
			"There is no report on image shares for abc123: [the run](https://github.test/acme/images/actions/runs/42) failed before it.\n\n<!-- pulumi-alicloud-image-share -->\n",
		);
		assert.match(
			jobs.comment,
			/^ {4}if: \$\{\{ !cancelled\(\) && needs\.preview\.result != 'skipped' \}\}$/m,
		);
		assert.match(jobs.comment, /download-artifact@.*\n {8}continue-on-error: true$/m);
	});
}
