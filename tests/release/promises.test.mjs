// What the documents for contributors and users of a release name is there.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT, read } from "./support.mjs";

test("each promise of SECURITY.md names tests that exist", () => {
	const rows = [
		...read(ROOT, "SECURITY.md").matchAll(/^\| (.*) \| (`(?:src|tests|npm)\/.*) \|$/gm),
	];
	assert.ok(rows.length >= 10, `${rows.length} promises`);
	for (const [, promise, tests] of rows) {
		for (const [, path] of tests.matchAll(/`([^`]+)`/g)) {
			assert.ok(existsSync(join(ROOT, path)), `${promise}: ${path} is missing`);
		}
	}
});

test("each file that SECURITY.md, SUPPORT.md and the templates link to exists", () => {
	for (const file of [
		"SECURITY.md",
		"SUPPORT.md",
		"docs/_index.md",
		"docs/installation-configuration.md",
	]) {
		for (const [, link] of read(ROOT, file).matchAll(/\]\((?!https?:|#)([^)#]+)/g)) {
			assert.ok(existsSync(join(ROOT, file, "..", link)), `${file}: ${link} is missing`);
		}
	}
});

test("one name of the repository is used everywhere", () => {
	const repository = /^repository = "https:\/\/github\.com\/(.*)"$/m.exec(
		read(ROOT, "Cargo.toml"),
	)[1];
	for (const file of [
		"SECURITY.md",
		".github/ISSUE_TEMPLATE/config.yml",
		"docs/installation-configuration.md",
	]) {
		const named = [
			...read(ROOT, file).matchAll(/github\.com\/([\w-]+\/[\w-]+)|--repo ([\w-]+\/[\w-]+)/g),
		]
			.map(([, link, option]) => link ?? option)
			.filter((name) => !name.startsWith("pulumi/"));
		assert.ok(named.length > 0, file);
		assert.deepEqual([...new Set(named)], [repository], file);
	}
});
