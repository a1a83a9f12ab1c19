// What a release changes in the tree, decided in whole before anything is written.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cut, notes, unreleased } from "./changelog.mjs";
import { Refusal } from "./refusal.mjs";
import { changed, hasTag } from "./repository.mjs";
import { current, moved, parse, stated } from "./versions.mjs";

const CHANGELOG = "CHANGELOG.md";

/** Every file that the release of a version changes, as `[path, text]`. */
export function plan(root, given, day) {
	const version = parse(given);
	const dirty = changed(root);
	if (dirty.length > 0) {
		const shown = dirty.slice(0, 5).join(", ");
		const more = dirty.length > 5 ? ` and ${dirty.length - 5} more` : "";
		throw new Refusal(`the tree has uncommitted changes: ${shown}${more}`, "commit or stash them");
	}
	if (hasTag(root, `v${version}`)) {
		throw new Refusal(
			`the tag v${version} exists`,
			"choose the next version: a released one never changes",
		);
	}
	const changelog = cut(readFileSync(join(root, CHANGELOG), "utf8"), version, day);
	return [...moved(root, version), [CHANGELOG, changelog]];
}

/** Writes the files of a plan. */
export function write(root, files) {
	for (const [path, text] of files) writeFileSync(join(root, path), text);
}

/** The version and the entries of a checkout that nobody releases yet: for builds that are compared or tried. */
export function draft(root) {
	const changelog = readFileSync(join(root, CHANGELOG), "utf8");
	return { version: current(root), entries: unreleased(changelog) };
}

/** The version of a checkout that is ready to be published, and its entries in the changelog. */
export function ready(root, tag) {
	const version = current(root);
	const astray = stated(root).find(([, said]) => said !== version);
	if (astray) {
		throw new Refusal(
			`${astray[0]} says ${astray[1] ?? "no version"} and Cargo.toml ${version}`,
			"`make release` moves them together",
		);
	}
	if (tag !== undefined && tag !== `v${version}`) {
		throw new Refusal(`the tag is ${tag} and the version ${version}`, `tag the commit v${version}`);
	}
	return { version, entries: notes(readFileSync(join(root, CHANGELOG), "utf8"), version) };
}
