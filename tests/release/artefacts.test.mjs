import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { tarball } from "../../tools/release/archive.mjs";
import { checksums, differences } from "../../tools/release/compare.mjs";
import { seal } from "../../tools/release/layout.mjs";
import { archiveName, binaryName, chosen, TARGETS } from "../../tools/release/targets.mjs";
import { remove } from "./support.mjs";

let folder;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "image-share-artefacts-"));
});
afterEach(() => remove(folder));

const put = (path, text) => {
	mkdirSync(join(folder, path, ".."), { recursive: true });
	writeFileSync(join(folder, path), text);
};
const FILES = [
	{ name: "b/plugin", bytes: Buffer.from("x".repeat(1000)), executable: true },
	{ name: "LICENSE", bytes: Buffer.from("text") },
	{ name: "empty", bytes: Buffer.alloc(0) },
];

test("tar unpacks an archive to the same bytes, modes and time", () => {
	put("a.tar.gz", tarball(FILES, 1_700_000_000));
	execFileSync("tar", ["-xzf", "a.tar.gz"], { cwd: folder });
	for (const { name, bytes, executable } of FILES) {
		assert.deepEqual(readFileSync(join(folder, name)), bytes, name);
		const { mode, mtimeMs } = statSync(join(folder, name));
		assert.equal(mode & 0o777, executable ? 0o755 : 0o644, name);
		assert.equal(mtimeMs, 1_700_000_000_000, name);
	}
});

test("an archive depends on no order of files", () => {
	assert.deepEqual(tarball(FILES, 7), tarball(FILES.toReversed(), 7));
	assert.notDeepEqual(tarball(FILES, 7), tarball(FILES, 8));
});

test("a name that ustar has no room for is refused", () => {
	const name = "a".repeat(101);
	assert.throws(() => tarball([{ name, bytes: Buffer.alloc(0) }], 0), {
		name: "RangeError",
		message: `${name} is too long for ustar`,
	});
});

test("two folders are equal where every file is, and each difference is named", () => {
	for (const name of ["one", "other"]) {
		put(`${name}/same`, "same");
		put(`${name}/sub/deep`, "same");
	}
	assert.deepEqual(differences(join(folder, "one"), join(folder, "other")), []);
	put("one/sub/deep", "changed");
	put("one/only", "");
	put("other/more", "");
	assert.deepEqual(differences(join(folder, "one"), join(folder, "other")), [
		"more is in the second build alone",
		"only is in the first build alone",
		"sub/deep differs",
	]);
});

test("sha256sum takes the hashes, and the notes carry them", () => {
	put("dist/a.tgz", "a");
	put("dist/b.tgz", "b");
	const sums = checksums(join(folder, "dist"));
	seal(join(folder, "dist"), { entries: "- Something." });
	seal(join(folder, "dist"), { entries: "- Something." });
	const printed = execFileSync("sha256sum", ["--check", "SHA256SUMS"], {
		cwd: join(folder, "dist"),
		encoding: "utf8",
	});
	assert.equal(printed, "a.tgz: OK\nb.tgz: OK\n");
	const notes = readFileSync(join(folder, "dist/RELEASE-NOTES.md"), "utf8");
	assert.equal(
		notes,
		`- Something.\n\n### Hashes\n\nsha256, as in SHA256SUMS:\n\n\`\`\`\n${sums}\`\`\`\n`,
	);
});

test("the archives of the plugin are named as Pulumi looks for them", () => {
	assert.deepEqual(
		TARGETS.map((target) => [archiveName("1.2.3", target), binaryName(target)]),
		[
			["linux-amd64", ""],
			["linux-arm64", ""],
			["darwin-amd64", ""],
			["darwin-arm64", ""],
			["windows-amd64", ".exe"],
			["windows-arm64", ".exe"],
		].map(([platform, end]) => [
			`pulumi-resource-alicloud-image-share-v1.2.3-${platform}.tar.gz`,
			`pulumi-resource-alicloud-image-share${end}`,
		]),
	);
});

test("platforms are chosen by Pulumi's names, and this machine where none is given", () => {
	assert.deepEqual(
		chosen("linux-arm64, windows-amd64").map(({ rust }) => rust),
		["aarch64-unknown-linux-musl", "x86_64-pc-windows-gnu"],
	);
	assert.deepEqual(chosen(""), chosen("host"));
	assert.equal(chosen(undefined).length, 1);
	assert.throws(() => chosen("linux-riscv"), {
		name: "Refusal",
		message: "`linux-riscv` is no platform of the plugin",
	});
});
