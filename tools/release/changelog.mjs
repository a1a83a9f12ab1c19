// CHANGELOG.md: what a release takes from it and puts into it.
import { Refusal } from "./refusal.mjs";

const UNRELEASED = /^## \[Unreleased\].*$/m;

/** The text below a heading, up to the next of its rank. */
function below(text, heading) {
	const start = text.search(heading);
	if (start < 0) return undefined;
	const body = text.slice(text.indexOf("\n", start) + 1);
	const end = body.search(/^## /m);
	return (end < 0 ? body : body.slice(0, end)).trim();
}

const heading = (version) => new RegExp(`^## \\[${version.replaceAll(".", "\\.")}\\]`, "m");

/** The entries of a version that was cut. */
export function notes(changelog, version) {
	const found = below(changelog, heading(version));
	if (found) return found;
	throw new Refusal(
		`CHANGELOG.md has no entry for ${version}`,
		`run \`make release VERSION=${version}\`, which cuts it, and commit the result`,
	);
}

/** The entries that no version has yet. */
export const unreleased = (changelog) => below(changelog, UNRELEASED) ?? "";

/** The changelog with its unreleased entries under the version and the day. */
export function cut(changelog, version, day) {
	if (heading(version).test(changelog)) {
		throw new Refusal(
			`CHANGELOG.md already has a section for ${version}`,
			"choose the next version, or move the entries back under [Unreleased]",
		);
	}
	if (!/^- \S/m.test(unreleased(changelog))) {
		throw new Refusal(
			"CHANGELOG.md has no entry under [Unreleased]",
			"describe what changed for users there, as a list, and commit it",
		);
	}
	return changelog.replace(UNRELEASED, `## [Unreleased]\n\n## [${version}] - ${day}`);
}
