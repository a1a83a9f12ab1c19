// What zizmor does not hold without a network: a pin names its version, so that a reader can compare.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT, read } from "./support.mjs";

const FOLDERS = [".github/workflows", "examples/pull-request-comment/.github/workflows"];
const files = FOLDERS.flatMap((folder) =>
	readdirSync(join(ROOT, folder)).map((name) => join(folder, name)),
);

for (const file of files) {
	test(`${file} pins each action to a commit and names its version`, () => {
		for (const [, action] of read(ROOT, file).matchAll(/uses: (.*)$/gm)) {
			assert.match(action, /^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
		}
	});

	test(`${file} has no permissions but those of its jobs`, () => {
		assert.match(read(ROOT, file), /^permissions: \{\}$/m);
	});
}

test("a release that failed half-way can be run again: what is published is left", () => {
	const release = read(ROOT, ".github/workflows/release.yml");
	for (const [command, guard] of [
		[
			"npm publish --provenance",
			/npm view "\$name@\$VERSION" version .*\|\|\n\s+npm publish --provenance/,
		],
		["uv publish", /uv publish .*--check-url /],
		["gh release create", /gh release view "\$TAG" .*\|\|\n\s+gh release create/],
		["git/refs", /git\/ref\/tags\/sdk\/go\/\$TAG" .*\|\|\n\s+gh api .*git\/refs"/],
	]) {
		assert.equal(release.split(command).length, 2, command);
		assert.match(release, guard);
	}
});

test("one commit is pinned for each action and version", () => {
	const pins = new Map();
	for (const file of files) {
		for (const [, name, commit, version] of read(ROOT, file).matchAll(
			/uses: (\S+)@(\S+) # (\S+)/g,
		)) {
			const pin = `${commit} ${version}`;
			assert.equal(pins.get(name) ?? pin, pin, `${file}: ${name}`);
			pins.set(name, pin);
		}
	}
	assert.ok(pins.has("actions/checkout"));
});
