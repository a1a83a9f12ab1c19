// `make notices` writes THIRD-PARTY-NOTICES.md of each artefact; `--check` reports where one is stale.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { artefacts, compiledIn, offersApache } from "./packages.mjs";
import { Refusal, reporting } from "./refusal.mjs";
import { ROOT } from "./repository.mjs";

export const NAME = "THIRD-PARTY-NOTICES.md";
const RUST = `Rust's standard library is compiled in too: Copyright (c) The Rust Project Contributors, MIT OR Apache-2.0,
https://github.com/rust-lang/rust.`;

const APACHE =
	"Those that offer Apache-2.0 are used under it: its text is the file LICENSE beside this one.";

const fenced = (text) => `\`\`\`\`\`text\n${text}\n\`\`\`\`\``;

/** The notices as Markdown: a table of the packages, then each text once, with the packages that it is of. */
export function render({ name, holds }, packages) {
	const texts = new Map();
	for (const found of packages) {
		for (const text of found.texts) {
			texts.set(text, [...(texts.get(text) ?? []), `${found.name} ${found.version}`]);
		}
	}
	const rows = packages.map(
		({ ecosystem, name, version, licence, source }) =>
			`| ${name} | ${version} | ${ecosystem} | ${licence} | ${source} |`,
	);
	const without = packages.filter(
		({ texts: own, licence }) => own.length === 0 && !offersApache(licence),
	);
	const silent = without.map(({ name, version, licence }) => `${name} ${version} (${licence})`);
	const sections = [...texts].map(([text, of]) => `## ${of.join(", ")}\n\n${fenced(text)}`);
	return [
		"# Third-party notices",
		`${name} is licensed under Apache-2.0. These packages are compiled into ${holds}:`,
		[
			"| package | version | from | license | source |",
			"| --- | --- | --- | --- | --- |",
			...rows,
		].join("\n"),
		APACHE,
		RUST,
		...(silent.length > 0 ? [`These ship no text of their license: ${silent.join(", ")}.`] : []),
		...sections,
		"",
	]
		.join("\n\n")
		.trimEnd()
		.concat("\n");
}

/** What the notices must be: `[path, text]`. */
export function expected(root) {
	return artefacts(root).map((artefact) => {
		const packages = compiledIn(root, artefact);
		const bare = packages.filter(({ licence }) => !licence);
		if (bare.length > 0) {
			throw new Refusal(
				`${bare.map(({ name }) => name).join(", ")} names no license`,
				"read the package, and leave it out if it has none",
			);
		}
		return [join(artefact.folder, NAME), render(artefact, packages)];
	});
}

/** The paths of notices that are not what they must be. */
export function stale(root) {
	return expected(root)
		.filter(
			([path, text]) =>
				!existsSync(join(root, path)) || readFileSync(join(root, path), "utf8") !== text,
		)
		.map(([path]) => path);
}

if (process.argv[1] === import.meta.filename) {
	await reporting(() => {
		if (!process.argv.includes("--check")) {
			for (const [path, text] of expected(ROOT)) writeFileSync(join(ROOT, path), text);
			return;
		}
		const found = stale(ROOT);
		if (found.length > 0)
			throw new Refusal(`${found.join(" and ")} is stale`, "run `make notices`");
	});
}
