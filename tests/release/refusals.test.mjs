// A release that is refused says why, ends with 1 and changes nothing.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { CHANGELOG, checkout, git, remove, run, snapshot } from "./support.mjs";

const NO_ENTRY = CHANGELOG.replace("- Something that users see.\n", "");

const ROWS = [
	[
		"a file with changes",
		{ change: (root) => writeFileSync(join(root, "CHANGELOG.md"), "gone") },
		["release", "0.2.0"],
		"error: the tree has uncommitted changes: CHANGELOG.md\n  help: commit or stash them\n",
	],
	[
		"a new file",
		{ change: (root) => writeFileSync(join(root, "new.txt"), "") },
		["release", "0.2.0"],
		"error: the tree has uncommitted changes: new.txt\n  help: commit or stash them\n",
	],
	[
		"more changes than are worth listing",
		{
			change(root) {
				for (const name of "abcdefg") writeFileSync(join(root, name), "");
			},
		},
		["release", "0.2.0"],
		"error: the tree has uncommitted changes: a, b, c, d, e and 2 more\n  help: commit or stash them\n",
	],
	[
		"a tag that exists",
		{ change: (root) => git(root, "tag", "v0.2.0") },
		["release", "0.2.0"],
		"error: the tag v0.2.0 exists\n  help: choose the next version: a released one never changes\n",
	],
	[
		"a changelog without an entry",
		{ files: { "CHANGELOG.md": NO_ENTRY } },
		["release", "0.2.0"],
		"error: CHANGELOG.md has no entry under [Unreleased]\n  help: describe what changed for users there, as a list, and commit it\n",
	],
	[
		"a changelog without the heading",
		{ files: { "CHANGELOG.md": "# Changelog\n" } },
		["release", "0.2.0"],
		"error: CHANGELOG.md has no entry under [Unreleased]\n  help: describe what changed for users there, as a list, and commit it\n",
	],
	[
		"a version that the changelog has",
		{},
		["release", "0.1.0"],
		"error: CHANGELOG.md already has a section for 0.1.0\n  help: choose the next version, or move the entries back under [Unreleased]\n",
	],
	[
		"a version with a v",
		{},
		["release", "v0.2.0"],
		"error: `v0.2.0` is no version\n  help: run `make release VERSION=1.2.3`, without a v\n",
	],
	[
		"a version with a leading zero",
		{},
		["release", "0.02.0"],
		"error: `0.02.0` is no version\n  help: run `make release VERSION=1.2.3`, without a v\n",
	],
	[
		"no version",
		{},
		["release", ""],
		"error: no version is given\n  help: run `make release VERSION=1.2.3`, without a v\n",
	],
	[
		"a manifest that lost its version",
		{ files: { "npm/package.json": '{\n\t"name": "ours"\n}\n' } },
		["release", "0.2.0"],
		"error: npm/package.json names no version where one is expected\n  help: put it back, or change tools/release/versions.mjs\n",
	],
	[
		"a tag that is not the version",
		{},
		["ready", "v0.2.0"],
		"error: the tag is v0.2.0 and the version 0.1.0\n  help: tag the commit v0.1.0\n",
	],
	[
		"a manifest that another version is in",
		{ files: { "npm/package.json": '{\n\t"name": "ours",\n\t"version": "0.0.9"\n}\n' } },
		["ready", "v0.1.0"],
		"error: npm/package.json says 0.0.9 and Cargo.toml 0.1.0\n  help: `make release` moves them together\n",
	],
	[
		"a tagged commit whose changelog was not cut",
		{ files: { "CHANGELOG.md": CHANGELOG.replace("[0.1.0]", "[0.0.9]") } },
		["ready", "v0.1.0"],
		"error: CHANGELOG.md has no entry for 0.1.0\n  help: run `make release VERSION=0.1.0`, which cuts it, and commit the result\n",
	],
	[
		"a task that is none",
		{},
		["relase"],
		"error: `relase` is no task\n  help: choose of release, dist, draft, plugins, seal, seal-draft, version, ready, installs, check\n",
	],
	[
		"a folder of artefacts that is missing",
		{},
		["installs", "nowhere"],
		"error: nowhere is missing\n  help: run `make release VERSION=…` first\n",
	],
];

for (const [what, { files, change }, args, words] of ROWS) {
	test(`refused: ${what}`, () => {
		const root = checkout(files);
		try {
			change?.(root);
			const before = snapshot(root);
			assert.deepEqual(run(root, ...args), { status: 1, stdout: "", stderr: words });
			assert.deepEqual(snapshot(root), before);
		} finally {
			remove(root);
		}
	});
}

test("a build that fails leaves the tree as it was", () => {
	// This checkout has no Makefile.
	const root = checkout();
	try {
		const before = snapshot(root);
		const { status, stderr } = run(root, "release", "0.2.0");
		assert.equal(status, 1);
		assert.match(
			stderr,
			/^error: `make --no-print-directory build sdk .*` failed\n {2}help: read what it printed/m,
		);
		assert.deepEqual(snapshot(root), before);
		assert.equal(git(root, "status", "--porcelain"), "");
	} finally {
		remove(root);
	}
});

test("a commit that is ready says its version", () => {
	const root = checkout();
	try {
		assert.deepEqual(run(root, "ready", "v0.1.0"), { status: 0, stdout: "0.1.0\n", stderr: "" });
	} finally {
		remove(root);
	}
});
