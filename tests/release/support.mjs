import { execFileSync, spawnSync } from "node:child_process";
import {
	cpSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export const ROOT = join(import.meta.dirname, "../..");

export const CHANGELOG = `# Changelog

## [Unreleased]

### Added

- Something that users see.

## [0.1.0] - 2026-01-01

- The first.
`;

/** A checkout with one commit: a workspace of one version, and the tools of a release. */
export function checkout(files = {}) {
	const root = mkdtempSync(join(tmpdir(), "image-share-checkout-"));
	const all = {
		"Cargo.toml": '[workspace]\nmembers = []\n\n[workspace.package]\nversion = "0.1.0"\n',
		"Cargo.lock": `[[package]]
name = "acs3"
version = "0.1.0"

[[package]]
name = "hmac"
version = "0.1.0"
source = "registry+https://github.com/rust-lang/crates.io-index"

[[package]]
name = "image-share-fuzz"
version = "0.0.0"
`,
		"npm/package.json":
			'{\n\t"name": "ours",\n\t"version": "0.1.0",\n\t"dependencies": {\n\t\t"version": "0.1.0"\n\t}\n}\n',
		"CHANGELOG.md": CHANGELOG,
		".gitignore": "/dist/\n/.cache/\n",
		...files,
	};
	for (const [path, text] of Object.entries(all)) {
		mkdirSync(dirname(join(root, path)), { recursive: true });
		writeFileSync(join(root, path), text);
	}
	cpSync(join(ROOT, "tools/release"), join(root, "tools/release"), { recursive: true });
	git(root, "init", "--quiet");
	git(root, "config", "user.name", "Somebody");
	git(root, "config", "user.email", "somebody@example.com");
	git(root, "add", ".");
	git(root, "commit", "--quiet", "--message", "First");
	return root;
}

export const git = (root, ...args) => execFileSync("git", args, { cwd: root, encoding: "utf8" });
export const remove = (root) => rmSync(root, { recursive: true });
export const read = (root, path) => readFileSync(join(root, path), "utf8");

/** Runs a task of a release, and returns its exit code and its words. */
export function run(root, ...args) {
	const script = join(root, "tools/release/index.mjs");
	const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
		encoding: "utf8",
	});
	return { status, stdout, stderr };
}

/** Every file outside of git's own folder, with its text. */
export function snapshot(root) {
	const files = readdirSync(root, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && !`${entry.parentPath}/`.includes("/.git/"))
		.map((entry) => join(entry.parentPath, entry.name));
	return Object.fromEntries(files.toSorted().map((path) => [path, readFileSync(path, "utf8")]));
}
