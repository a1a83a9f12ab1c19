// The version: Cargo.toml's workspace is its source, and every other file of ours that names it follows.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Refusal } from "./refusal.mjs";
import { tracked } from "./repository.mjs";

const NUMBER = "(?:0|[1-9]\\d*)";
const VERSION = `${NUMBER}\\.${NUMBER}\\.${NUMBER}(?:-[0-9A-Za-z]+(?:\\.[0-9A-Za-z]+)*)?`;
const SOURCE = new RegExp(`(\\[workspace\\.package\\]\\nversion = ")(${VERSION})(?=")`);
/** The field `version` of a JSON file, where it stands by itself: not that of a dependency. */
const field = (indent) => new RegExp(`(^[ \\t]{${indent}}"version": ")(${VERSION})(?=")`, "gm");

/** Which files name the version, and how: what a place is found by, and where in it. */
const PLACES = [
	[/^Cargo\.toml$/, SOURCE],
	// A package of ours has no source. The fuzz targets have no version.
	[
		/(^|\/)Cargo\.lock$/,
		new RegExp(`(name = "[^"]+"\\nversion = ")(?!0\\.0\\.0")(${VERSION})(?="\\n(?!source))`),
	],
	[/^npm\/(preview\/)?package\.json$/, field(1)],
	[
		/^npm\/(preview\/)?package-lock\.json$/,
		new RegExp(
			`(^\\{\\n\\t"name": "[^"]+",\\n\\t"version": "|^\\t\\t"": \\{\\n\\t\\t\\t"name": "[^"]+",\\n\\t\\t\\t"version": ")(${VERSION})(?=")`,
			"gm",
		),
	],
	[
		/^examples\/(typescript|policy-pack)\/package\.json$/,
		new RegExp(`("pulumi-alicloud-image-share": "\\^)(${VERSION})(?=")`),
	],
	[
		/^(examples\/go\/go\.mod|docs\/languages\/go\.md)$/,
		new RegExp(`(/sdk/go v)(${VERSION})(?=\\n)`),
	],
	[
		/^examples\/java\/pom\.xml$/,
		new RegExp(
			`(<artifactId>alicloud-image-share</artifactId>\\s*<version>)(${VERSION})(?=</version>)`,
		),
	],
	[
		/^(SECURITY|docs\/installation-configuration|docs\/plugin)\.md$/,
		new RegExp(`(alicloud-image-share[ -]v)(${VERSION})(?=-linux| )`),
	],
	[/^plugin\/schema\/released\.json$/, field(2)],
	[/^sdk\/nodejs\/package\.json$/, field("4,8")],
	[/^sdk\/python\/pyproject\.toml$/, new RegExp(`(^\\s*version = ")(${VERSION})(?=")`, "m")],
	[/^sdk\/.*\/pulumi-plugin\.json$/, field(2)],
	[
		/^sdk\/go\/internal\/pulumiUtilities\.go$/,
		new RegExp(`(semver\\.MustParse\\(")(${VERSION})(?="\\))`, "g"),
	],
];

/** A version as people write it: `1.2.3` or `1.2.3-rc.1`. */
export function parse(text) {
	if (new RegExp(`^${VERSION}$`).test(text ?? "")) return text;
	const given = text ? `\`${text}\` is no version` : "no version is given";
	throw new Refusal(given, "run `make release VERSION=1.2.3`, without a v");
}

/** The version that Cargo.toml has. */
export function current(root) {
	const found = SOURCE.exec(readFileSync(join(root, "Cargo.toml"), "utf8"));
	if (found) return found[2];
	throw new Refusal("Cargo.toml has no workspace version", "put it under [workspace.package]");
}

/** Every file that names the version, with its text and the pattern of the places. */
function* places(root) {
	for (const path of tracked(root)) {
		for (const [name, pattern] of PLACES) {
			if (!name.test(path)) continue;
			const text = readFileSync(join(root, path), "utf8");
			yield {
				path,
				text,
				pattern: new RegExp(pattern.source, `${pattern.flags.replace("g", "")}g`),
			};
		}
	}
}

/** What each file says: `[path, version]`, and `undefined` where a file lost its place. */
export function stated(root) {
	return [...places(root)].flatMap(({ path, text, pattern }) => {
		const found = [...text.matchAll(pattern)].map((match) => [path, match[2]]);
		return found.length > 0 ? found : [[path, undefined]];
	});
}

/** The texts that every file of the version has after it moves: `[path, text]`. */
export function moved(root, version) {
	return [...places(root)].map(({ path, text, pattern }) => {
		pattern.lastIndex = 0;
		if (!pattern.test(text)) {
			throw new Refusal(
				`${path} names no version where one is expected`,
				"put it back, or change tools/release/versions.mjs",
			);
		}
		return [path, text.replace(pattern, (_, before) => `${before}${version}`)];
	});
}
