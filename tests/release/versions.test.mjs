import assert from "node:assert/strict";
import { test } from "node:test";
import { plan } from "../../tools/release/plan.mjs";
import { tracked } from "../../tools/release/repository.mjs";
import { current, stated } from "../../tools/release/versions.mjs";
import { checkout, ROOT, read, remove } from "./support.mjs";

test("every file of this repository that names the version says what Cargo.toml says", () => {
	const version = current(ROOT);
	const all = stated(ROOT);
	assert.deepEqual(
		all.filter(([, said]) => said !== version),
		[],
	);
	// The source, its lock file, the package and the page.
	for (const path of ["Cargo.toml", "Cargo.lock", "npm/package.json", "npm/preview/package.json"]) {
		assert.ok(
			all.some(([named]) => named === path),
			path,
		);
	}
});

test("every tracked file that names the version beside our name is one that a release moves", () => {
	const version = current(ROOT).replaceAll(".", "\\.");
	const named = new RegExp(`(alicloud-image-share|imageshare)["'@^ :-]{0,6}v?${version}`);
	const moved = new Set(stated(ROOT).map(([path]) => path));
	const forgotten = tracked(ROOT)
		.filter((path) => !/^(CHANGELOG\.md|tests\/)|\.(lock|sum|png)$/.test(path) && !moved.has(path))
		.filter((path) => named.test(read(ROOT, path)));
	assert.deepEqual(forgotten, []);
});

test("the manifests name the repository that Cargo.toml names", () => {
	const repository = /^repository = "(.*)"$/m.exec(read(ROOT, "Cargo.toml"))[1];
	const manifest = JSON.parse(read(ROOT, "npm/package.json"));
	assert.equal(manifest.repository.url, `git+${repository}.git`);
	assert.equal(manifest.homepage, `${repository}#readme`);
	assert.equal(manifest.bugs.url, `${repository}/issues`);
});

test("a release moves the version in every file, and that of no dependency", () => {
	const root = checkout({
		"sdk/go/internal/pulumiUtilities.go":
			'a := semver.MustParse("0.1.0")\nb := semver.MustParse("0.1.0")\n',
		"sdk/python/pyproject.toml": '[project]\n  version = "0.1.0"\n  requires = ["a>=0.1.0"]\n',
		"examples/java/pom.xml":
			"<artifactId>alicloud-image-share</artifactId>\n      <version>0.1.0</version>\n<artifactId>x</artifactId>\n<version>0.1.0</version>\n",
		"examples/go/go.mod": "require (\n\tx v0.1.0\n\tpulumi/sdk/go v0.1.0\n)\n",
	});
	try {
		const files = Object.fromEntries(plan(root, "1.0.0-rc.1", "2026-02-03"));
		const changed = (path) => {
			const before = read(root, path).split("\n");
			return files[path].split("\n").filter((line, index) => line !== before[index]);
		};
		assert.deepEqual(Object.keys(files).toSorted(), [
			"CHANGELOG.md",
			"Cargo.lock",
			"Cargo.toml",
			"examples/go/go.mod",
			"examples/java/pom.xml",
			"npm/package.json",
			"sdk/go/internal/pulumiUtilities.go",
			"sdk/python/pyproject.toml",
		]);
		assert.deepEqual(changed("Cargo.toml"), ['version = "1.0.0-rc.1"']);
		assert.deepEqual(changed("Cargo.lock"), ['version = "1.0.0-rc.1"']);
		assert.deepEqual(changed("npm/package.json"), ['\t"version": "1.0.0-rc.1",']);
		assert.deepEqual(changed("sdk/go/internal/pulumiUtilities.go"), [
			'a := semver.MustParse("1.0.0-rc.1")',
			'b := semver.MustParse("1.0.0-rc.1")',
		]);
		assert.deepEqual(changed("sdk/python/pyproject.toml"), ['  version = "1.0.0-rc.1"']);
		assert.deepEqual(changed("examples/java/pom.xml"), ["      <version>1.0.0-rc.1</version>"]);
		assert.deepEqual(changed("examples/go/go.mod"), ["\tpulumi/sdk/go v1.0.0-rc.1"]);
	} finally {
		remove(root);
	}
});
