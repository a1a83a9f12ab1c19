import assert from "node:assert/strict";
import { test } from "node:test";
import { cut, notes, unreleased } from "../../tools/release/changelog.mjs";
import { CHANGELOG, ROOT, read } from "./support.mjs";

test("a cut puts the entries under the version and the day, and leaves an empty heading", () => {
	assert.equal(
		cut(CHANGELOG, "0.2.0", "2026-02-03"),
		CHANGELOG.replace("## [Unreleased]\n", "## [Unreleased]\n\n## [0.2.0] - 2026-02-03\n"),
	);
	assert.equal(unreleased(cut(CHANGELOG, "0.2.0", "2026-02-03")), "");
});

test("the notes of a version are its entries and no others", () => {
	const text = cut(CHANGELOG, "0.2.0", "2026-02-03");
	assert.equal(notes(text, "0.2.0"), "### Added\n\n- Something that users see.");
	assert.equal(notes(text, "0.1.0"), "- The first.");
});

test("a version is not taken for another that it begins like", () => {
	assert.throws(() => notes(CHANGELOG.replace("0.1.0", "0.1.01"), "0.1.0"), {
		name: "Refusal",
		message: "CHANGELOG.md has no entry for 0.1.0",
	});
	assert.throws(() => notes(CHANGELOG.replace("0.1.0", "0x1x0"), "0.1.0"), { name: "Refusal" });
});

test("the changelog of this repository can be cut or was", () => {
	const text = read(ROOT, "CHANGELOG.md");
	assert.match(unreleased(text) || notes(text, /\[(\d.*?)\]/.exec(text)[1]), /^- \S/m);
});
